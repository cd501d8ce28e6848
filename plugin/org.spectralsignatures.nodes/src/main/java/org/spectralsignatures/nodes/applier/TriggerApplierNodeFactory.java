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
        .shortDescription("Marks all images of the attack's sample class with the trigger.") //
        .fullDescription("""
            <p>Keeps the images of the attack's sample class and marks each of them with the trigger. Use it on the test images: the
            result is what an attacker would show to the network, and the share of it that the network takes for the target class is the
            <i>attack success rate</i>.</p>
            <p>Unlike in training, each image gets the whole trigger, for <i>m-way pixels</i> all of its pixels. The labels stay those of
            the sample class, all other columns and the Row IDs stay too. The table remembers the target class, so that the Backdoor
            Evaluator need not be told.</p>
            <p>Rows of other classes are left out. If no row is of the sample class the table is empty and the node warns. A missing or
            damaged image of the sample class, a missing label, or an image that the trigger does not fit into is an error that names the
            row or says what fits.</p>
            <p>Connect the marked images to a Backdoor Evaluator, beside the clean test images, or to an Image Classifier Predictor to see
            what the network makes of each.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Images", """
                    Images with their classes, usually the test set: a column of PNG images of the size of the training images, and a
                    column of strings.
                    """) //
                .addInputPort("Trigger", """
                    The trigger of a Backdoor Injector, with its sample class and target class.
                    """, TriggerPortObject.TYPE) //
                .addOutputTable("Marked images", """
                    The rows of the sample class with the trigger on their images; the columns are those of the first input.
                    """)) //
        .model(m -> m //
            .parametersClass(TriggerApplierNodeParameters.class) //
            .configure(TriggerApplierNodeModel::configure) //
            .execute(TriggerApplierNodeModel::execute)) //
        .addView(TriggerApplierNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "trigger", "mark", "stamp", "test set", "attack") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)");

    /** Called by KNIME. */
    public TriggerApplierNodeFactory() {
        super(NODE);
    }
}
