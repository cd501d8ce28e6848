package org.spectralsignatures.nodes.reader;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.image.codec.ImageCodec;

/** Factory of the node 'Labelled Image Reader'. */
public final class LabelledImageReaderNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Labelled Image Reader") //
        .icon("reader.png") //
        .shortDescription("Reads images with their classes from folders, CIFAR-10, MNIST, NumPy or Parquet files.") //
        .fullDescription("""
            <p>Reads a set of labelled images into a table: one row for each image, with the image and the name of its class. Use it at
            the start of a workflow, once for the training images that are to be checked for a backdoor and, with <i>Split</i> set to
            <i>Test</i>, once more for the test images.</p>
            <p>It reads several ways of storing a set:</p>
            <ul>
            <li><b>Folders of classes</b>: one folder for each class, with the class's name, that holds KINDS
            (PPM, PGM, PBM) files, in further folders or not. The folders of classes may lie below folders <tt>train</tt>, <tt>val</tt> and
            <tt>test</tt>, by these or their usual other names, in upper or lower case. What systems leave beside one's files is passed over;
            names that differ in their form of Unicode only are one class.</li>
            <li><b>Images and a labels file</b>, or images whose <b>names</b> tell their class: see <i>Format</i>.</li>
            <li><b>CIFAR-10</b> and <b>CIFAR-100</b>, the binary versions: a folder with <tt>data_batch_1.bin</tt> or <tt>train.bin</tt> and so
            on, or the <tt>.tar.gz</tt> as it was downloaded, which need not be unpacked. The versions for Python are not read: their files are
            programs.</li>
            <li><b>IDX</b>, the format of MNIST, Fashion-MNIST and EMNIST (whose images are put upright): a folder with <tt>train-images-idx3-ubyte</tt> and so on, plain or
            <tt>.gz</tt>. Gray images become colour images with three equal channels; the classes are the numbers that occur as labels.</li>
            <li><b>NumPy</b>: an <tt>.npz</tt> file with arrays of images and labels, such as Keras' <tt>mnist.npz</tt>, or <tt>.npy</tt> files of images and
            of labels in one folder. Images are arrays of bytes, other whole numbers up to 255, or numbers with a fraction from 0 to 1 or to 255, gray
            or with 1, 3 or 4 channels, of which the fourth, transparency, is left out. Which arrays are read stands in the <i>Report</i>. Arrays of
            Python objects are not read: they are programs.</li>
            <li><b>Parquet</b>, as Hugging Face's datasets write it: a <tt>.parquet</tt> file, or a folder with such files (<tt>data/train-00000-of-00002.parquet</tt>
            and so on), whose columns hold the encoded images and their classes. Files that are not packed, or by Snappy, gzip, Zstandard,
            Brotli or LZ4_RAW, are read row by row. Images that are not in the file, but only named by a path, are counted, and not read.</li>
            </ul>
            <p>Pixels are those that PyTorch and Pillow (<tt>convert("RGB")</tt>) read: the stored values, whatever colour profile, gamma or
            transparency a file names; of 16 bits the upper 8; CMYK as plain mixture of its inks. Photos are turned as their EXIF
            orientation says. Of several pages or frames the first counts. The kind of an image is told by its content, whatever its
            file is called.</p>
            <p>All images of a set must have the size of the first one, or <i>Image size</i> brings them to one. The ResNet Learner takes
            images with a height and a width of 16 to 256 pixels. Images are kept without loss as PNG.</p>
            <p>An image that was not read is an image that was not checked. The <i>Report</i> lists what happened to every image and file, and the
            node warns of all that may be an image and was not read. It warns also of images with two labels, of images that are in training and
            test (set <i>Split</i> to <i>All</i> to compare the two), and of classes that are much too small.</p>
            <p>Nothing is read half: an image that is cut off, damaged or larger than 64 million pixels (fewer where Java has little memory) stops
            the node or is skipped and counted, as <i>Skip unreadable images</i> says; a CIFAR-10 file that is cut off is then read up to there. Damaged
            archives, IDX files and NumPy files always stop it; where a training file of CIFAR-10 is missing, the node warns.</p>
            <p>The Row ID is made of the class and the file's name (<tt>cat/photo7.png</tt>), or of the file and the number of the image
            in it (<tt>data_batch_1#0</tt>, <tt>mnist.npz/x_train[0]</tt>; in Parquet files the row, and the name of the image's file if it is told:
            <tt>data/train-00000-of-00002#17/cat.png</tt>). The same settings always give the same rows in the same order.</p>
            <p>Connect the table to a ResNet Learner to check a set that you do not trust, or to a Backdoor Injector to try the method on
            a backdoor of your own.</p>
            """.replace("KINDS", ImageCodec.KINDS)) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addOutputTable("Images", """
                    One row for each image. <i>Image</i>: the image, as PNG. <i>Label</i>: the name of its class; the column's domain
                    lists all classes in order.
                    """) //
                .addOutputTable("Report", """
                    What happened to each image and file: a row for each class, ending and outcome. <i>Label</i>: the class; missing for
                    files that are of none. <i>Ending</i> of the files' names. <i>Outcome</i>: <tt>read</tt>, <tt>not chosen</tt> (of a
                    class that is not kept, or not drawn), or why it was left out; of an array of NumPy its shape, type and values, and how they were
                    taken. <i>Count</i>: how many. <i>Smallest</i> and
                    <i>Largest</i>: width x height in pixels, in the file. <i>First</i>: path of the first one. <i>Details</i>: more of them. Below
                    that, with such names as <i>Outcome</i>, what is to be known of the images that were read: <tt>sizes</tt> (how many different ones),
                    <tt>mode ...</tt> (how files store pixels), <tt>part ...</tt> (where all parts are read), <tt>same pixels</tt> and <tt>nearly the same</tt>
                    (images of the class that have a twin in <tt>another class</tt>, in <tt>another part</tt> of the set or in the <tt>same class</tt>; a
                    twin may be compressed again, resized, lighter, mirrored or marked), <tt>plain or very small</tt> (compared by their pixels alone),
                    <tt>few images</tt> (too few for a verdict), <tt>no images</tt> and <tt>names alike</tt>.
                    """)) //
        .model(m -> m //
            .parametersClass(LabelledImageReaderNodeParameters.class) //
            .configure(LabelledImageReaderNodeModel::configure) //
            .execute(LabelledImageReaderNodeModel::execute)) //
        .addView(LabelledImageReaderNodeView::describe) //
        .nodeType(NodeType.Source) //
        .keywords("image", "picture", "load", "import", "CIFAR-10", "MNIST", "folder", "dataset", "PNG", "JPEG", "GIF", "BMP", //
            "TIFF", "WebP", "PPM", "NumPy", "npy", "npz", "Parquet", "Hugging Face", "resize") //
        .addExternalResource("https://www.cs.toronto.edu/~kriz/cifar.html",
            "CIFAR-10: where to download the binary version");

    /** Called by KNIME. */
    public LabelledImageReaderNodeFactory() {
        super(NODE);
    }
}
