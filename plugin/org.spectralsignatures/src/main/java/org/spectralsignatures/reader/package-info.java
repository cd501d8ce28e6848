/** Readers of labelled image sets: folders of classes, CIFAR-10 binary, IDX, NumPy. */
package org.spectralsignatures.reader;
