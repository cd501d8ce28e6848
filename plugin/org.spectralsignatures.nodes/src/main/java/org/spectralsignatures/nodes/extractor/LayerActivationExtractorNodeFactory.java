package org.spectralsignatures.nodes.extractor;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'Layer Activation Extractor'. */
public final class LayerActivationExtractorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Layer Activation Extractor") //
        .icon("extractor.png") //
        .shortDescription("Computes what a layer of a network makes of each image.") //
        .fullDescription("""
            <p>Computes the <i>representation</i> of each image: the numbers that one layer of the network gives out for it. Images that
            the network takes for alike have representations that lie close together, and poisoned images, which it recognises by their
            trigger, lie apart from the clean ones of their class. Use it between the ResNet Learner and the Spectral Signature
            Scorer.</p>
            <p>Connect the network that was trained on the suspicious set, and that same set with the labels it was trained with.</p>
            <p>The default layer is the one that the paper's authors look at, the second unit of the last group, where the network has
            three or more units a group; in smaller ones and in ResNet-18 it is the output of the last unit, and in a VGG the last activation before the
            average. The network is only computed up to that layer. The layer <i>images</i> stands for the images themselves, their values
            divided by 255, and shows what the method finds without a network.</p>
            <p>The representations go batch by batch into a file, not into memory: 4 bytes a value. The default layer of a ResNet with 16
            filters has 4,096 values for an image of 32 x 32 pixels, which makes some 820 MB for 50,000 images; <i>Global average</i>
            makes a 64th of it. Images are computed so many at a time as the batch size says, large ones fewer, which need much memory.</p>
            <p>A network that was trained on gray images sees colours as shades of gray, and its layer <i>images</i> has one channel.</p>
            <p>A missing or damaged image, a missing label, an image of another size and an empty table are errors that say what to do.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Network", "The network that was trained on the suspicious set.", NetworkPortObject.TYPE) //
                .addInputTable("Images", """
                    The suspicious training set: a column of PNG images and a column of strings with the labels that the network was
                    trained with.
                    """) //
                .addOutputPort("Activations", """
                    One vector of numbers for each image, with its label and Row ID, for a Spectral Signature Scorer. Kept as a NumPy file.
                    """, ActivationsPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(LayerActivationExtractorNodeParameters.class) //
            .configure(LayerActivationExtractorNodeModel::configure) //
            .execute(LayerActivationExtractorNodeModel::execute)) //
        .addView(LayerActivationExtractorNodeView::describe) //
        .nodeType(NodeType.Predictor) //
        .keywords("deep learning", "representation", "feature", "embedding", "latent", "activation", "hidden layer") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)");

    /** Called by KNIME. */
    public LayerActivationExtractorNodeFactory() {
        super(NODE);
    }
}
