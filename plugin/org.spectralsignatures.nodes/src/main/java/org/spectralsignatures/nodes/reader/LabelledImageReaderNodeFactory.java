package org.spectralsignatures.nodes.reader;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Labelled Image Reader'. */
public final class LabelledImageReaderNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Labelled Image Reader") //
        .icon("reader.png") //
        .shortDescription("Reads a set of labelled images.") //
        .fullDescription("""
            <p>Reads labelled images from folders of classes (PNG, JPEG), from the binary version of CIFAR-10 (a folder or the
            <tt>.tar.gz</tt> as it was downloaded) or from IDX files (MNIST, Fashion-MNIST), and stores them losslessly as PNG.</p>
            <p>All images must have one size. Row keys are made of the class and the file name, or of the file and the number of the record.
            The same settings always give the same rows in the same order.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addOutputTable("Images", "One row an image: the image and its label.")) //
        .model(m -> m //
            .parametersClass(LabelledImageReaderNodeParameters.class) //
            .configure(LabelledImageReaderNodeModel::configure) //
            .execute(LabelledImageReaderNodeModel::execute)) //
        .addView(LabelledImageReaderNodeView::describe) //
        .nodeType(NodeType.Source) //
        .keywords("image", "CIFAR-10", "MNIST", "folder", "dataset");

    /** Called by KNIME. */
    public LabelledImageReaderNodeFactory() {
        super(NODE);
    }
}
