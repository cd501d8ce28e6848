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
            <p>Compares the scores of a Spectral Signature Scorer with the truth. Use it to choose a scoring method or a layer, where a
            Backdoor Injector has flagged the poison; it needs no second network, so it is much quicker than removing and retraining.</p>
            <p>Each class that holds poison is looked at on its own. If an image is removed because of its score, so are all images with
            higher scores: going through all scores from the highest down gives the <i>curves</i>. Recall over false positive rate is the
            ROC curve; poison left over share removed shows what a removal of any size would leave.</p>
            <p>The area under the ROC curve (<i>AUC</i>) sums it up: it is the probability that a poisoned image scores higher than a
            clean one. 1 is a perfect separation, 0.5 is guessing.</p>
            <p>To compare methods or layers, connect the detection table of one Detection Evaluator to the next and give each a name of
            its own. Images and scores are matched by Row ID; an image without a score, or without activations where those are connected,
            is an error. If no image is flagged the node warns and adds no row.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Scores", "The scores of a Spectral Signature Scorer.") //
                .addInputTable("Poisoned images", """
                    The images that were scored, with the column in which the Backdoor Injector flags the poison; matched by Row ID.
                    """) //
                .addInputPort("Activations", """
                    Optional: the representations that were scored, to compute the class statistics.
                    """, ActivationsPortObject.TYPE_OPTIONAL) //
                .addInputPort("Earlier detection", """
                    Optional: the detection table of another Detection Evaluator, whose rows come first.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputTable("Curves", """
                    One row for each different score of each class with poison, from the highest down, after a first row where nothing is
                    removed: what removing all images down to that score does.
                    <ul>
                    <li><i>Label</i>: the class. <i>Removed</i>: number of images that are removed.</li>
                    <li><i>Poison removed</i> and <i>Poison left</i>: number of poisoned images among them, and among the rest.</li>
                    <li><i>Score</i>: the lowest that is removed; missing in the first row.</li>
                    <li><i>Share removed</i>: of all images of the class, 0 to 1.</li>
                    <li><i>Precision</i>: share of poison among the removed images. <i>Recall</i>: share of the poison that is removed.
                    <i>False positive rate</i>: share of the clean images that is removed. All 0 to 1.</li>
                    </ul>
                    """) //
                .addOutputTable("Class statistics", """
                    Two rows for each class with poison, without the poison (<i>clean</i>) and <i>with poison</i>, laid out as Table 1 of
                    the paper; empty without activations. <i>Label</i> and <i>Rows</i>: the class and the number of images that count.
                    <i>Norm of mean</i>: length of the mean representation. <i>Shift of mean</i>: how far the poison moves the mean;
                    missing without it. <i>Singular value 1</i> to <i>3</i>: how much the class varies along its three main directions.
                    """) //
                .addOutputTable("Detection", """
                    One row for each class with poison.
                    <ul>
                    <li><i>Label</i>, <i>Rows</i> and <i>Poison</i>: the class, its number of images, and of poisoned ones.</li>
                    <li><i>Removed at 1.5</i>: one and a half times as many images as there is poison, what the paper's rule removes if it
                    knows the share of poison exactly.</li>
                    <li><i>AUC</i>: area under the ROC curve, 0 to 1; equal scores count half.</li>
                    <li><i>Average precision</i>: mean of the precision over the poisoned images, 0 to 1.</li>
                    <li><i>Poison left at 1.5</i>, <i>Precision at 1.5</i> and <i>Recall at 1.5</i>: what such a removal leaves, the share
                    of poison in it, and the share of the poison it finds. Where equal scores lie on both sides of the cut they count in
                    part.</li>
                    </ul>
                    """)) //
        .model(m -> m //
            .parametersClass(DetectionEvaluatorNodeParameters.class) //
            .configure(DetectionEvaluatorNodeModel::configure) //
            .execute(DetectionEvaluatorNodeModel::execute)) //
        .addView(DetectionEvaluatorNodeView::describe) //
        .nodeType(NodeType.Other) //
        .keywords("backdoor", "poison", "ROC", "AUC", "precision", "recall", "compare", "detection") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)");

    /** Called by KNIME. */
    public DetectionEvaluatorNodeFactory() {
        super(NODE);
    }
}
