/** Writers of labelled image sets: folders of classes, CIFAR-10 binary, IDX, with lists that lead back to rows and files. */
package org.spectralsignatures.writer;
