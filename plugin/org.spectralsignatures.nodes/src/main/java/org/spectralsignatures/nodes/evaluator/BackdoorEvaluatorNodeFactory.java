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
            <p>Measures networks on the clean test set (<i>Clean accuracy</i>, Nat in the paper) and on the marked one (<i>Attack success
            rate</i>, Pois: the share classified as the target). Rows: <i>before</i> is the network trained on poison, <i>after</i> the one
            retrained on what was kept, <i>reference</i> the one that never saw poison.</p>
            <p>With the kept images connected, and where they carry the flag of the Backdoor Injector: <i>Poison in training set</i> is the number of
            poisoned images before any removal, the sum of <i>Poison removed</i> and <i>Poison left</i> at that stage; <i>Removal
            precision</i> is the share of poison among the removed images. What is unknown is missing.</p>
            <p>The <i>Summary</i> has the columns of the paper's Table 2: <i>Nat 1</i> and <i>Pois 1</i> before, <i>Poison left</i>, <i>Nat 2</i> and
            <i>Pois 2</i> after the removal, <i>Std Pois</i> of the network that never saw poison; accuracies in percent.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputPort("Network trained on poison", "The network before the removal.", NetworkPortObject.TYPE) //
                .addInputTable("Clean test images", "Test images with their labels.") //
                .addInputTable("Marked test images", "Test images marked by the Trigger Applier.") //
                .addInputPort("Retrained network", "Optional: the network trained on the kept images.", NetworkPortObject.TYPE_OPTIONAL) //
                .addInputPort("Never-poisoned network", "Optional: a network trained on the clean set.", NetworkPortObject.TYPE_OPTIONAL) //
                .addInputPort("Kept images", "Optional: the images that the removal kept.", BufferedDataTable.TYPE_OPTIONAL) //
                .addInputPort("Earlier summary", "Optional: the summary of another Backdoor Evaluator, whose rows come first.", BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputTable("Metrics", "One row a network.") //
                .addOutputTable("Summary", "One row an attack, laid out as the paper's Table 2, in percent.")) //
        .model(m -> m //
            .parametersClass(BackdoorEvaluatorNodeParameters.class) //
            .configure(BackdoorEvaluatorNodeModel::configure) //
            .execute(BackdoorEvaluatorNodeModel::execute)) //
        .addView(BackdoorEvaluatorNodeView::describe) //
        .nodeType(NodeType.Other) //
        .keywords("backdoor", "poison", "attack success rate", "accuracy");

    /** Called by KNIME. */
    public BackdoorEvaluatorNodeFactory() {
        super(NODE);
    }
}
