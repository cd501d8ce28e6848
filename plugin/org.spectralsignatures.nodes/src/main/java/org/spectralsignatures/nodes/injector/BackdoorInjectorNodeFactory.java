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
        .shortDescription("Plants a backdoor in a training set: marks some images with a trigger and labels them as another class.") //
        .fullDescription("""
            <p>Plants a backdoor in a training set, so that you can see what a backdoor does and whether your defence finds it. It marks
            some images of one class, the <i>sample class</i>, with a <i>trigger</i> (a few coloured pixels, for example) and labels them
            as another class, the <i>target class</i>. A network that is trained on the result stays accurate on clean images, but takes
            any image of the sample class that carries the trigger for the target class.</p>
            <p>The number of poisoned images is <i>epsilon</i> times the number of clean images of the target class, rounded: of 5,000
            images and with epsilon 0.1 it is 500. Which images are taken is drawn at random from the <i>seed</i>.</p>
            <p>With <i>clean labels</i> the target class's own images are marked instead, so that no label is wrong. For several backdoors
            in one set connect one Backdoor Injector behind another: images that are poisoned already are neither marked again nor
            counted.</p>
            <p>The column <i>Poisoned</i> holds the truth. The Backdoor Evaluator and the Detection Evaluator read it to measure a
            defence, and a further Backdoor Injector reads it; no node that trains, scores or removes does.</p>
            <p>The node fails, and says what to change, if both classes are the same, if the trigger does not fit into the images, if
            epsilon asks for less than one image, or for more than there are.</p>
            <p>Connect the poisoned images to a ResNet Learner, a Layer Activation Extractor and a Top-k Remover, and the trigger to a
            Trigger Applier.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Training images", """
                    Clean images with their classes: a column of PNG images, all of one size, and a column of strings. A boolean column
                    <i>Poisoned</i>, where there is one, flags the images that an earlier injector has poisoned.
                    """) //
                .addOutputTable("Poisoned images", """
                    The training set with the poison, all columns kept. <i>Label</i> (or the column that was chosen) holds the target
                    class for marked images. <i>Poisoned</i> (boolean) is true for them. In mode <i>Add</i> the marked copies come last,
                    with <tt>_poisoned</tt> at the end of their Row ID; in the other modes they stand in the place, and under the Row ID,
                    of the originals.
                    """) //
                .addOutputPort("Trigger", """
                    The trigger with the sample class and the target class, for a Trigger Applier.
                    """, TriggerPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(BackdoorInjectorNodeParameters.class) //
            .configure(BackdoorInjectorNodeModel::configure) //
            .execute(BackdoorInjectorNodeModel::execute)) //
        .addView(BackdoorInjectorNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "attack", "trigger", "trojan", "BadNets", "blend", "clean label", "m-way", "sinusoid") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)") //
        .addExternalResource("https://arxiv.org/abs/1708.06733",
            "Gu, Dolan-Gavitt and Garg: BadNets: Identifying Vulnerabilities in the Machine Learning Model Supply Chain (2017)") //
        .addExternalResource("https://arxiv.org/abs/1712.05526",
            "Chen, Liu, Li, Lu and Song: Targeted Backdoor Attacks on Deep Learning Systems Using Data Poisoning (2017)") //
        .addExternalResource("https://arxiv.org/abs/1902.11237",
            "Barni, Kallas and Tondi: A New Backdoor Attack in CNNs by Training Set Corruption without Label Poisoning (2019)") //
        .addExternalResource("https://arxiv.org/abs/2104.11315",
            "Hayase, Kong, Somani and Oh: SPECTRE: Defending Against Backdoor Attacks Using Robust Statistics (2021)");

    /** Called by KNIME. */
    public BackdoorInjectorNodeFactory() {
        super(NODE);
    }
}
