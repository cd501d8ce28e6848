package org.spectralsignatures.nodes.resizer;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Image Resizer'. */
public final class ImageResizerNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Image Resizer") //
        .icon("resizer.png") //
        .shortDescription("Brings the images of a column to one size: cropped, padded or stretched.") //
        .fullDescription("""
            <p>Brings all images of a column to one size, whatever their own sizes are. Use it before a ResNet Learner, which takes images
            with a height and a width of 16 to 256 pixels, all of one size; and bring training and test images to the same
            size in the same <i>Way</i>.</p>
            <p>An image of other proportions than the new size is cropped, padded or stretched. Padding repeats the pixels of the edges:
            bars of one colour would be the same in many images, and so would themselves look like a mark to the Backdoor Auditor.</p>
            <p>Resizing is antialiased: where an image gets smaller, each new pixel is an average of all those that it stands for. The
            result has the bytes of Pillow's <tt>resize</tt> with <tt>BILINEAR</tt>. An image that has the new size already keeps its
            pixels.</p>
            <p>Mind where a trigger comes in. One that was put on before this node is resized with its image, so that its pixels are mixed
            with those around them; one that a Backdoor Injector puts on behind it has the size that the network sees.</p>
            <p>All other columns and the Row IDs stay, also the classes that the table knows. A missing image stays missing. An image that
            is damaged or of a kind that is not read is an error that names its row.</p>
            <p>Connect the table to a ResNet Learner, a Backdoor Injector, or an Image Classifier Predictor.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Images", """
                    A table with a column of PNG images of any sizes, for example one of a Labelled Image Reader.
                    """) //
                .addOutputTable("Resized images", """
                    The same table with its images in the new size, as PNG.
                    """)) //
        .model(m -> m //
            .parametersClass(ImageResizerNodeParameters.class) //
            .configure(ImageResizerNodeModel::configure) //
            .execute(ImageResizerNodeModel::execute)) //
        .addView(ImageResizerNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("image", "picture", "resize", "scale", "crop", "pad", "stretch", "size", "thumbnail") //
        .addExternalResource("https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize",
            "Pillow's resize, whose bytes these are");

    /** Called by KNIME. */
    public ImageResizerNodeFactory() {
        super(NODE);
    }
}
