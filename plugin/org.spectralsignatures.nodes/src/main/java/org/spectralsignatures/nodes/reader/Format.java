package org.spectralsignatures.nodes.reader;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.reader.ImageSetFormat;

/** How the images are stored. */
enum Format {
    /** Find out. */
    @Label(value = "Guess", description = """
        A <tt>.tar.gz</tt>, or a folder with CIFAR's files, is CIFAR-10 or the fine classes of CIFAR-100; a folder with MNIST's files is IDX; a
        <tt>.npy</tt> or <tt>.npz</tt>, or a folder with such files and no folders, is NumPy; a Parquet file, or a folder with such files and no
        images, is Parquet; any other folder holds folders of classes.
        """)
    GUESS(ImageSetFormat.GUESS),

    /** One folder a class. */
    @Label(value = "Folders of classes", description = "One folder for each class, with image files, in further folders or not.")
    CLASS_FOLDERS(ImageSetFormat.CLASS_FOLDERS),

    /** Names tell. */
    @Label(value = "Names of files", description = "Images in any folders, whose classes stand in their names, as <i>Name pattern</i> tells.")
    FILE_NAMES(ImageSetFormat.FILE_NAMES),

    /** A file tells. */
    @Label(value = "Labels file", description = """
        Images in any folders, whose classes stand in a table: a text file that lists file and class, such as those of Kaggle, GTSRB or
        Hugging Face (<tt>metadata.csv</tt>, <tt>metadata.jsonl</tt>), or several such tables.
        """)
    LABELS_FILE(ImageSetFormat.LABELS_FILE),

    /** CIFAR-10. */
    @Label(value = "CIFAR-10 binary", description = """
        The official binary version, as a folder or <tt>.tar.gz</tt>; 32 x 32 pixels, ten classes.
        """)
    CIFAR10_BINARY(ImageSetFormat.CIFAR10_BINARY),

    /** CIFAR-100. */
    @Label(value = "CIFAR-100 binary, fine classes", description = """
        The official binary version, as a folder or <tt>.tar.gz</tt>; 32 x 32 pixels, a hundred classes.
        """)
    CIFAR100_FINE(ImageSetFormat.CIFAR100_FINE),

    /** Its superclasses. */
    @Label(value = "CIFAR-100 binary, coarse classes", description = "The same, by its twenty superclasses.")
    CIFAR100_COARSE(ImageSetFormat.CIFAR100_COARSE),

    /** MNIST and its relatives. */
    @Label(value = "IDX (MNIST)", description = """
        A folder with the files of MNIST or one of its relatives, plain or <tt>.gz</tt>. Where a folder holds several sets, as EMNIST's does,
        the path is the file of images of one of them.
        """)
    IDX(ImageSetFormat.IDX),

    /** Arrays. */
    @Label(value = "NumPy (.npy, .npz)", description = """
        Arrays of images and labels: an <tt>.npz</tt> file, such as Keras' <tt>mnist.npz</tt>, an <tt>.npy</tt> file of images with its labels
        beside it, or a folder of such files.
        """)
    NUMPY(ImageSetFormat.NUMPY),

    /** Hugging Face's. */
    @Label(value = "Parquet (Hugging Face)", description = """
        A <tt>.parquet</tt> file, or a folder with such files, as Hugging Face keeps its sets: a column with the images (their bytes, or bytes
        and path), and one with the classes (names, or numbers whose names the file tells).
        """)
    PARQUET(ImageSetFormat.PARQUET);

    final ImageSetFormat m_format;

    Format(final ImageSetFormat format) {
        m_format = format;
    }
}
