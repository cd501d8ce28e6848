/** Readers of labelled image sets: folders of classes, CIFAR-10 binary, IDX, NumPy, Parquet. */
package org.spectralsignatures.reader;
