package org.spectralsignatures.nodes.evaluator;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'Backdoor Evaluator'. */
public final class BackdoorEvaluatorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Backdoor Evaluator") //
        .icon("evaluator.png") //
        .shortDescription("Measures a backdoor before and after its removal.") //
        .fullDescription("""
            <p>Measures what a backdoor does to a network, and whether the removal has closed it. Use it at the end of a workflow in which
            a Backdoor Injector planted the poison. Two figures are measured for each network: on the clean test images the share that is
            classified correctly, and on the marked ones the share that is taken for the target class.</p>
            <p>How to read it: before the removal both are high, the network is good and has the backdoor. After a removal that worked the
            clean accuracy is about the same, and the attack success rate has fallen to that of a network that never saw poison. That one
            is seldom 0, since a few images are taken for the target by mistake.</p>
            <p>If the poisoned training images and the kept images are connected, and a Backdoor Injector has flagged the poison, the node
            also counts in them how much of it was removed. What cannot be counted is missing, and the node warns what to connect.</p>
            <p>The target class comes from the marked images. To compare several attacks in one table, connect the summary of one Backdoor
            Evaluator to the next and give each a name of its own.</p>
            <p>Images must have the size that the networks were trained on, and the clean test images must be of classes that the networks
            know. Tables without rows are an error. A network that was trained on gray images sees the colours of a trigger as shades of gray.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Network trained on poison", """
                    The network that was trained on the poisoned set, before any removal.
                    """, NetworkPortObject.TYPE) //
                .addInputTable("Clean test images", "Test images with their labels, in classes that the network was trained on.") //
                .addInputTable("Marked test images", "Test images of the sample class that a Trigger Applier has marked.") //
                .addInputPort("Retrained network", """
                    Optional: the network that was trained on the images that the Top-k Remover kept. Gives the row <i>after</i>.
                    """, NetworkPortObject.TYPE_OPTIONAL) //
                .addInputPort("Never-poisoned network", """
                    Optional: a network that was trained on the set before the injector, for comparison. Gives the row <i>reference</i>.
                    """, NetworkPortObject.TYPE_OPTIONAL) //
                .addInputPort("Kept images", """
                    Optional: the images that the Top-k Remover kept, with the column that flags poison, to count what is left.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addInputPort("Earlier summary", """
                    Optional: the summary of another Backdoor Evaluator, whose rows come first.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addInputPort("Poisoned training images", """
                    Optional: the images that the first network was trained on and that were scored, with the column that flags poison, to
                    count how much there was and, with the kept images, which are found in them by Row ID, how much was removed.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputTable("Metrics", """
                    One row for each network: <i>before</i> (trained on poison), <i>after</i> (retrained) and <i>reference</i> (never
                    poisoned).
                    <ul>
                    <li><i>Clean accuracy</i>: share of the clean test images that is classified correctly, 0 to 1.</li>
                    <li><i>Attack success rate</i>: share of the marked test images that is classified as the target class, 0 to 1.</li>
                    <li><i>Poison in training set</i>: poisoned images before any removal. It is the sum of the next two.</li>
                    <li><i>Poison removed</i> and <i>Poison left</i>: poisoned images that were removed, and that the network was still
                    trained on.</li>
                    <li><i>Removal precision</i>: share of poison among the removed images, 0 to 1; missing if nothing was removed.</li>
                    </ul>
                    """) //
                .addOutputTable("Summary", """
                    One row for each attack, laid out as Table 2 of the paper, in percent. <i>Nat 1</i> and <i>Pois 1</i>: clean accuracy
                    and attack success rate before the removal. <i>Poison</i> and <i>Poison left</i>: numbers of poisoned images before
                    and after it. <i>Nat 2</i> and <i>Pois 2</i>: accuracy and attack success rate after it. <i>Std Pois</i>: attack
                    success rate of the network that never saw poison.
                    """)) //
        .model(m -> m //
            .parametersClass(BackdoorEvaluatorNodeParameters.class) //
            .configure(BackdoorEvaluatorNodeModel::configure) //
            .execute(BackdoorEvaluatorNodeModel::execute)) //
        .addView(BackdoorEvaluatorNodeView::describe) //
        .nodeType(NodeType.Other) //
        .keywords("backdoor", "poison", "attack success rate", "accuracy", "measure", "compare") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)");

    /** Called by KNIME. */
    public BackdoorEvaluatorNodeFactory() {
        super(NODE);
    }
}
