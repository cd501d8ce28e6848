package org.spectralsignatures.nodes.synthetic;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Synthetic Image Generator'. */
public final class SyntheticImageGeneratorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Synthetic Image Generator") //
        .icon("synthetic.png") //
        .shortDescription("Generates labelled images of textures.") //
        .fullDescription("""
            <p>Generates images whose class is a texture (rows, columns, checks, rings, lattice, dots, then the same at higher frequencies) with
            random colours, phase, scale, contrast, lighting and noise. No single pixel and no colour tells the class, so a network has to be
            trained to tell them apart. Made to try a workflow without downloading a data set.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addOutputTable("Training images", "Images to train on.") //
                .addOutputTable("Test images", "Other images of the same classes.")) //
        .model(m -> m //
            .parametersClass(SyntheticImageGeneratorNodeParameters.class) //
            .configure(SyntheticImageGeneratorNodeModel::configure) //
            .execute(SyntheticImageGeneratorNodeModel::execute)) //
        .addView(SyntheticImageGeneratorNodeView::describe) //
        .nodeType(NodeType.Source) //
        .keywords("image", "texture", "generate", "example data");

    /** Called by KNIME. */
    public SyntheticImageGeneratorNodeFactory() {
        super(NODE);
    }
}
