package org.spectralsignatures.writer;

/** How images are laid out in files. */
public enum SetLayout {

    /** A folder for each class, a file for each image. */
    CLASS_FOLDERS,

    /** CIFAR-10's binary version: files of records of one label byte and 3,072 pixel bytes. */
    CIFAR10_BINARY,

    /** The format of MNIST: a file of gray images and one of labels. */
    IDX
}
