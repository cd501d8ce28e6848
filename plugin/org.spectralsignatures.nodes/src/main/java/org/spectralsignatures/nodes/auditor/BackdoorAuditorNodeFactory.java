package org.spectralsignatures.nodes.auditor;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'Backdoor Auditor'. */
public final class BackdoorAuditorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Backdoor Auditor") //
        .icon("auditor.png") //
        .shortDescription("Tells which classes of a training set are poisoned, lists the poison and takes it out.") //
        .fullDescription("""
            <p>Judges a set of training images by two networks, without knowing a trigger or how much poison there is. Use it at the end of
            this chain: ResNet Learner (first network: the whole set, <i>Augmentation</i> None) &gt; Layer Activation Extractor &gt; Spectral
            Signature Scorer &gt; Top-k Remover (generous: the top 20% of each class) &gt; ResNet Learner (second network: the kept images,
            <i>Augmentation</i> Crop and flip) &gt; Backdoor Auditor. The removal may be generous, since the auditor gives back everything
            that it does not take for poison.</p>
            <p>How it works: the first network saw all poison and has learned the backdoor, so that it is sure of the wrong label of a
            poisoned image. The second one saw little of it, and random crops keep it from learning small triggers; asked what it takes
            every image for, it names the true class. So poison flows from its label to the class that it was taken from. Clean images
            flow too, since some classes are easily confused; but poisoned images have their trigger in common, and that shows in how the
            first network represents them.</p>
            <p>For each class there is one of three verdicts. <i>poisoned</i>: how many images, which class they look like, and how
            probable such evidence is in a clean class. <i>nothing found</i>: with the smallest share of poison that would have been found
            there, if that is known. <i>cannot tell</i>: there is too little to go by, and why. A class in which nothing was found is not
            proved clean.</p>
            <p><b>What it cannot judge:</b> clean-label poison, whose images are of the class that they are labelled as. Nothing flows
            there, and the auditor does not find it. The same holds for a trigger that the first network has not learned, or that the
            second one has learned as well.</p>
            <p>Both networks must know the same classes, in the same order, and the size of the images. The kept images are found among
            the training images by Row ID; one that is none of them is an error that names it. The node warns where the networks were not
            trained as the chain asks, or on another number of images than are connected. The result does not depend on the batch size and is the
            same in every run.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Training images", "All images with their labels: those that the first network was trained on, before any removal.") //
                .addInputPort("First network", """
                    The network that was trained on all training images, without crops, until it knew them nearly all.
                    """, NetworkPortObject.TYPE) //
                .addInputPort("Second network", """
                    The network that was trained on the kept images, with crops.
                    """, NetworkPortObject.TYPE) //
                .addInputTable("Kept images", """
                    The images that the second network was trained on: the output <i>Kept</i> of the Top-k Remover. Only the Row IDs are read.
                    """) //
                .addOutputTable("Conclusion", """
                    One row. <i>Conclusion</i>: what was found out about the set, in one sentence. <i>Next step</i>: what to do now.
                    """) //
                .addOutputTable("Verdicts", """
                    One row for each class that has images, the most suspicious first.
                    <ul>
                    <li><i>Label</i> and <i>Images</i>: the class, and how many images it has.</li>
                    <li><i>Finding</i>: <i>poisoned</i>, <i>nothing found</i> or <i>cannot tell</i>. <i>Verdict</i>: the same with all that
                    belongs to it, in words.</li>
                    <li><i>Poisoned images found</i>: how many images of the class were taken out.</li>
                    <li><i>p-value</i>: probability of such evidence in a clean class, corrected for the number of pairs of classes; missing
                    if no image of the class looks like another.</li>
                    <li><i>Looks like</i>: the class that the poisoned images seem to come from; missing if none is known.</li>
                    <li><i>Smallest share found</i>: the smallest share of poison in the class, 0 to 1, that would have been found; missing
                    where it is not known.</li>
                    </ul>
                    """) //
                .addOutputTable("Suspicious images", """
                    The images that were taken out, with all their columns: those of the most suspicious class first, in a class those with
                    the strongest evidence. The Row ID says which file it is; a column with its path is here too if the training images have one.
                    <i>Evidence</i>: how strongly the two networks disagree about the image, in nats; a higher number is more suspicious.
                    <i>Rank in class</i>: its place by evidence among all images of the class. <i>Looks like</i>: the class that the second
                    network takes it for. <i>Verdict of class</i>: as in the verdicts.
                    """) //
                .addOutputTable("Clean images", """
                    The training images without the suspicious ones, to train on. The domains of the columns hold only what is left.
                    """) //
                .addOutputTable("Pairs", """
                    One row for each pair of classes between which images flow, the most suspicious first. <i>Label</i>: of the images.
                    <i>Looks like</i>: the class that the second network takes them for. <i>Images</i>: how many. <i>Statistic</i>: how much
                    they have in common beside looking so. <i>p-value</i>: probability of such a statistic in a clean pair, corrected for the
                    number of pairs. <i>Taken out</i>: how many of them are taken for poison.
                    """)) //
        .model(m -> m //
            .parametersClass(BackdoorAuditorNodeParameters.class) //
            .configure(BackdoorAuditorNodeModel::configure) //
            .execute(BackdoorAuditorNodeModel::execute)) //
        .addView(BackdoorAuditorNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "verdict", "audit", "detect", "clean", "mislabelled", "trojan", "defense") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)");

    /** Called by KNIME. */
    public BackdoorAuditorNodeFactory() {
        super(NODE);
    }
}
