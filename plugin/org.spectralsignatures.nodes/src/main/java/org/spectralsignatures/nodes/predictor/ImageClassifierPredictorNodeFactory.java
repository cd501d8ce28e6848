package org.spectralsignatures.nodes.predictor;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'Image Classifier Predictor'. */
public final class ImageClassifierPredictorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Image Classifier Predictor") //
        .icon("predictor.png") //
        .shortDescription("Classifies images with a network.") //
        .fullDescription("""
            <p>Appends the class that the network finds most probable, and its probability (softmax).</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputPort("Network", "A trained network.", NetworkPortObject.TYPE) //
                .addInputTable("Images", "Images of the size that the network was trained on.") //
                .addOutputTable("Predicted images", "The table with prediction and probability.")) //
        .model(m -> m //
            .parametersClass(ImageClassifierPredictorNodeParameters.class) //
            .configure(ImageClassifierPredictorNodeModel::configure) //
            .execute(ImageClassifierPredictorNodeModel::execute)) //
        .addView(ImageClassifierPredictorNodeView::describe) //
        .nodeType(NodeType.Predictor) //
        .keywords("deep learning", "classify", "predict");

    /** Called by KNIME. */
    public ImageClassifierPredictorNodeFactory() {
        super(NODE);
    }
}
