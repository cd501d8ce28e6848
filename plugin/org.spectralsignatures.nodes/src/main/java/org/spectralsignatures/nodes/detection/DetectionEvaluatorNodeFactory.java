package org.spectralsignatures.nodes.detection;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.ActivationsPortObject;

/** Factory of the node 'Detection Evaluator'. */
public final class DetectionEvaluatorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Detection Evaluator") //
        .icon("detection.png") //
        .shortDescription("Measures how well scores tell poison from clean images.") //
        .fullDescription("""
            <p>Compares the scores of a Spectral Signature Scorer with the truth, which the Backdoor Injector flags. One row for each class that
            holds poison: the area under the ROC curve (AUC: the probability that a poisoned image scores above a clean one, ties counting
            half), the average precision, and what removing as many images as 1.5 times the poison would leave.</p>
            <p>The <i>curves</i> hold a row for each different score: what happens if all images down to it are removed. Recall over false positive
            rate is the ROC curve, poison left over share removed the removal curve.</p>
            <p>With the activations connected, the <i>class statistics</i> are those of the paper's Table 1: norm of the mean and top three singular
            values of the centred representations, without the poison and with it, and how far the poison shifts the mean.</p>
            <p>To compare scorers, or layers, connect the detection table of one such node to the next and give each a name.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputTable("Scores", "Scores of a Spectral Signature Scorer.") //
                .addInputTable("Poisoned images", "The images that were scored, with the flag of the Backdoor Injector; matched by row key.") //
                .addInputPort("Activations", "Optional: the representations that were scored, for the class statistics.", ActivationsPortObject.TYPE_OPTIONAL) //
                .addInputPort("Earlier detection", "Optional: the detection table of another Detection Evaluator, whose rows come first.", BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputTable("Curves", "ROC and removal curve: one row for each different score of a class with poison.") //
                .addOutputTable("Class statistics", "Two rows for each class with poison, laid out as the paper's Table 1; empty without activations.") //
                .addOutputTable("Detection", "One row for each class with poison.")) //
        .model(m -> m //
            .parametersClass(DetectionEvaluatorNodeParameters.class) //
            .configure(DetectionEvaluatorNodeModel::configure) //
            .execute(DetectionEvaluatorNodeModel::execute)) //
        .addView(DetectionEvaluatorNodeView::describe) //
        .nodeType(NodeType.Other) //
        .keywords("backdoor", "poison", "ROC", "AUC", "precision", "recall");

    /** Called by KNIME. */
    public DetectionEvaluatorNodeFactory() {
        super(NODE);
    }
}
