package org.spectralsignatures.nodes.reader;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Labelled Image Reader'. */
public final class LabelledImageReaderNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Labelled Image Reader") //
        .icon("reader.png") //
        .shortDescription("Reads images with their classes from folders, CIFAR-10 or MNIST files.") //
        .fullDescription("""
            <p>Reads a set of labelled images into a table: one row for each image, with the image and the name of its class. Use it at
            the start of a workflow, once for the training images that are to be checked for a backdoor and, with <i>Split</i> set to
            <i>Test</i>, once more for the test images.</p>
            <p>It reads three ways of storing a set:</p>
            <ul>
            <li><b>Folders of classes</b>: one folder for each class, with the class's name, that holds PNG or JPEG files. The folders of
            classes may lie below folders <tt>train</tt> (or <tt>training</tt>) and <tt>test</tt> (or <tt>val</tt>, <tt>validation</tt>).
            Other files, deeper folders, and names that begin with a dot are passed over.</li>
            <li><b>CIFAR-10</b>, the binary version: a folder with <tt>data_batch_1.bin</tt> and so on, or the <tt>.tar.gz</tt> as it was
            downloaded, which need not be unpacked.</li>
            <li><b>IDX</b>, the format of MNIST and Fashion-MNIST: a folder with <tt>train-images-idx3-ubyte</tt> and so on, plain or
            <tt>.gz</tt>. Gray images become colour images with three equal channels; the classes are the numbers that occur as labels.</li>
            </ul>
            <p>Pixels are those that PyTorch and Pillow (<tt>convert("RGB")</tt>) read: the stored values, whatever colour profile, gamma or
            transparency a file names; of 16 bits the upper 8; CMYK as plain mixture of its inks. Photos are turned as their EXIF
            orientation says.</p>
            <p>All images of a set must have the size of the first one. The ResNet Learner takes square images with a side of 16 to 64
            pixels that is a multiple of 4, so scale others before you read them. Images are kept without loss as PNG.</p>
            <p>Nothing is read half: an image that is cut off, damaged or larger than 64 million pixels (fewer where Java has little memory) stops
            the node or is skipped and counted, as <i>Skip unreadable images</i> says. Damaged archives, CIFAR-10 files and IDX files always
            stop it; where a training file of CIFAR-10 is missing, the node warns.</p>
            <p>The Row ID is made of the class and the file's name (<tt>cat/photo7.png</tt>), or of the file and the number of the image
            in it (<tt>data_batch_1#0</tt>). The same settings always give the same rows in the same order.</p>
            <p>Connect the table to a ResNet Learner to check a set that you do not trust, or to a Backdoor Injector to try the method on
            a backdoor of your own.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addOutputTable("Images", """
                    One row for each image. <i>Image</i>: the image, as PNG. <i>Label</i>: the name of its class; the column's domain
                    lists all classes in order.
                    """)) //
        .model(m -> m //
            .parametersClass(LabelledImageReaderNodeParameters.class) //
            .configure(LabelledImageReaderNodeModel::configure) //
            .execute(LabelledImageReaderNodeModel::execute)) //
        .addView(LabelledImageReaderNodeView::describe) //
        .nodeType(NodeType.Source) //
        .keywords("image", "picture", "load", "import", "CIFAR-10", "MNIST", "folder", "dataset", "PNG", "JPEG") //
        .addExternalResource("https://www.cs.toronto.edu/~kriz/cifar.html",
            "CIFAR-10: where to download the binary version");

    /** Called by KNIME. */
    public LabelledImageReaderNodeFactory() {
        super(NODE);
    }
}
