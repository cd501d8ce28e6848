package org.spectralsignatures.reader;

/** How a labelled image set is stored. */
public enum ImageSetFormat {

    /** Found out from what lies at the path. */
    GUESS,

    /** One folder a class, possibly below folders {@code train} and {@code test}. */
    CLASS_FOLDERS,

    /** Images whose classes stand in their names. */
    FILE_NAMES,

    /** Images whose classes stand in a file. */
    LABELS_FILE,

    /** The official binary form of CIFAR-10, as a folder or {@code .tar.gz}. */
    CIFAR10_BINARY,

    /** The official binary form of CIFAR-100, by its hundred classes. */
    CIFAR100_FINE,

    /** The official binary form of CIFAR-100, by its twenty superclasses. */
    CIFAR100_COARSE,

    /** The MNIST family's IDX files, plain or {@code .gz}; gray images become RGB. */
    IDX,

    /** NumPy's files ({@code .npy}, {@code .npz}) of images and labels. */
    NUMPY,

    /** Parquet files with images and labels in columns, as Hugging Face's datasets write them. */
    PARQUET
}
