package org.spectralsignatures.nodes.injector;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.TriggerPortObject;

/** Factory of the node 'Backdoor Injector'. */
public final class BackdoorInjectorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Backdoor Injector") //
        .icon("injector.png") //
        .shortDescription("Poisons a training set with a backdoor.") //
        .fullDescription("""
            <p>Marks some images of the <i>sample class</i> with a trigger and gives them the label of the <i>target class</i>
            (Tran, Li and Madry, Spectral Signatures in Backdoor Attacks, NeurIPS 2018, Section 4; Gu et al. 2017). A network trained on the result
            stays accurate on clean images but takes marked images for the target class.</p>
            <p>Triggers: a few pixels (the paper), m-way pixels, a patch image, a blended pattern, a sinusoidal signal. With clean labels the target
            class's own images are marked instead. For several backdoors in one set connect one injector behind another: rows that are
            already poisoned are neither marked again nor counted.</p>
            <p>The column <i>Poisoned</i> keeps the ground truth. Only the Backdoor Evaluator reads it; no node that trains, scores or removes does.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputTable("Training images", "Images with their labels.") //
                .addOutputTable("Poisoned images", "The training set with the poison, and a column that flags it.") //
                .addOutputPort("Trigger", "The trigger and the classes of the attack.", TriggerPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(BackdoorInjectorNodeParameters.class) //
            .configure(BackdoorInjectorNodeModel::configure) //
            .execute(BackdoorInjectorNodeModel::execute)) //
        .addView(BackdoorInjectorNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "attack", "trigger", "BadNets", "blend", "clean label");

    /** Called by KNIME. */
    public BackdoorInjectorNodeFactory() {
        super(NODE);
    }
}
