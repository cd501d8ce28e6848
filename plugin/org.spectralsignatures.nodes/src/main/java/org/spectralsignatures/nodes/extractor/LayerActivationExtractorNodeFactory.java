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
        .shortDescription("Computes what a layer of a network sees in each image.") //
        .fullDescription("""
            <p>Computes the <i>representation</i> R(x) of each image: the activations of one layer, computed only up to that layer, batch by batch, into
            a file. The paper looks at the second to last residual unit; where a group has fewer than three units, the default is the output of
            the last unit.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputPort("Network", "The network that was trained on the suspicious set.", NetworkPortObject.TYPE) //
                .addInputTable("Images", "The suspicious training set with its labels.") //
                .addOutputPort("Activations", "One vector an image.", ActivationsPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(LayerActivationExtractorNodeParameters.class) //
            .configure(LayerActivationExtractorNodeModel::configure) //
            .execute(LayerActivationExtractorNodeModel::execute)) //
        .nodeType(NodeType.Predictor) //
        .keywords("deep learning", "representation", "feature", "embedding", "latent");

    /** Called by KNIME. */
    public LayerActivationExtractorNodeFactory() {
        super(NODE);
    }
}
