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
        .shortDescription("Classifies images with a trained network.") //
        .fullDescription("""
            <p>Classifies images: appends the class that the network finds most probable, and how probable it finds it. Use it to see what
            a network makes of single images, for example of marked ones; for the figures alone the Backdoor Evaluator is enough.</p>
            <p>The images must have the size that the network was trained on; one that was trained on gray images sees colours as shades of
            gray. They need no labels. An empty table stays empty; a missing
            or damaged image is an error that names its row. Where two classes are equally probable the first one is taken. A table that
            already has a column <i>Prediction</i> or <i>Probability</i> is refused: rename that column first.</p>
            <p>Connect the result to KNIME's <i>Scorer</i> to get a confusion matrix of <i>Label</i> and <i>Prediction</i>.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Network", "A network of a ResNet Learner.", NetworkPortObject.TYPE) //
                .addInputTable("Images", "Any table with a column of PNG images of the size that the network was trained on.") //
                .addOutputTable("Predicted images", """
                    The table with two more columns. <i>Prediction</i>: the most probable class. <i>Probability</i>: the network's
                    probability of that class (softmax), 0 to 1.
                    """)) //
        .model(m -> m //
            .parametersClass(ImageClassifierPredictorNodeParameters.class) //
            .configure(ImageClassifierPredictorNodeModel::configure) //
            .execute(ImageClassifierPredictorNodeModel::execute)) //
        .addView(ImageClassifierPredictorNodeView::describe) //
        .nodeType(NodeType.Predictor) //
        .keywords("deep learning", "neural network", "classify", "predict", "apply", "inference", "score");

    /** Called by KNIME. */
    public ImageClassifierPredictorNodeFactory() {
        super(NODE);
    }
}
