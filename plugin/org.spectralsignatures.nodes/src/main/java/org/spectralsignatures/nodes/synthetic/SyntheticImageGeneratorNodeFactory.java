package org.spectralsignatures.nodes.synthetic;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Synthetic Image Generator'. */
public final class SyntheticImageGeneratorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Synthetic Image Generator") //
        .icon("synthetic.png") //
        .shortDescription("Generates labelled images of textures, to try a workflow without data.") //
        .fullDescription("""
            <p>Draws images whose class is a texture. Use it to try the other nodes, or to test a workflow, without downloading a data
            set; for your own question read your own images with the Labelled Image Reader.</p>
            <p>The classes are, in this order, <i>rows</i>, <i>columns</i>, <i>checks</i>, <i>rings</i>, <i>lattice</i> and <i>dots</i>,
            then the same at higher frequencies (<i>rows-2</i> and so on). Colours, position, scale, contrast, lighting and noise of each
            image are random: no single pixel and no colour tells the class, so a network has to be trained to tell them apart.</p>
            <p>The Row ID is the class and a number (<tt>rings/17</tt>). Both tables use the same Row IDs for different images. The same
            settings always give the same images; more images of a class do not change the first ones.</p>
            <p>Connect the training images to a Backdoor Injector and the test images to a Trigger Applier and a Backdoor Evaluator.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addOutputTable("Training images", """
                    One row for each image, class by class. <i>Image</i>: a square colour image, as PNG. <i>Label</i>: its class.
                    """) //
                .addOutputTable("Test images", """
                    Other images of the same classes, with the same columns, to measure how well a network does on images that it was not
                    trained on. Empty if none are asked for.
                    """)) //
        .model(m -> m //
            .parametersClass(SyntheticImageGeneratorNodeParameters.class) //
            .configure(SyntheticImageGeneratorNodeModel::configure) //
            .execute(SyntheticImageGeneratorNodeModel::execute)) //
        .addView(SyntheticImageGeneratorNodeView::describe) //
        .nodeType(NodeType.Source) //
        .keywords("image", "texture", "generate", "example data", "toy data", "simulate");

    /** Called by KNIME. */
    public SyntheticImageGeneratorNodeFactory() {
        super(NODE);
    }
}
