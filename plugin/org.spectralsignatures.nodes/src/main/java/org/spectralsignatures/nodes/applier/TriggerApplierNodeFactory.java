package org.spectralsignatures.nodes.applier;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.TriggerPortObject;

/** Factory of the node 'Trigger Applier'. */
public final class TriggerApplierNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Trigger Applier") //
        .icon("applier.png") //
        .shortDescription("Marks all images of the sample class with the trigger.") //
        .fullDescription("""
            <p>Keeps the rows of the attack's sample class and marks each of their images. Applied to test images it makes the poisoned test set:
            the share of it that a network takes for the target class is the attack success rate. Labels stay as they are.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputTable("Images", "Images with their labels, usually the test set.") //
                .addInputPort("Trigger", "The trigger of a Backdoor Injector.", TriggerPortObject.TYPE) //
                .addOutputTable("Marked images", "The rows of the sample class, marked.")) //
        .model(m -> m //
            .parametersClass(TriggerApplierNodeParameters.class) //
            .configure(TriggerApplierNodeModel::configure) //
            .execute(TriggerApplierNodeModel::execute)) //
        .addView(TriggerApplierNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "trigger", "test set");

    /** Called by KNIME. */
    public TriggerApplierNodeFactory() {
        super(NODE);
    }
}
