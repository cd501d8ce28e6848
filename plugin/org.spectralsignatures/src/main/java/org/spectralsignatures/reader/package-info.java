/** Readers of labelled image sets: folders of classes, CIFAR-10 binary, IDX, Parquet. */
package org.spectralsignatures.reader;
