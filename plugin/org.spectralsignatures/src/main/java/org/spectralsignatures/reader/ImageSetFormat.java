package org.spectralsignatures.reader;

/** How a labelled image set is stored. */
public enum ImageSetFormat {

    /** Found out from what lies at the path. */
    GUESS,

    /** One folder a class with image files, possibly below folders {@code train} and {@code test}. */
    CLASS_FOLDERS,

    /** The official binary form of CIFAR-10, as a folder or {@code .tar.gz}. */
    CIFAR10_BINARY,

    /** The MNIST family's IDX files, plain or {@code .gz}; gray images become RGB. */
    IDX
}
