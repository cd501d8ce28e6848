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
            <p>Judges a set of training images by a network that was trained on it, without knowing a trigger or how much poison there is,
            and without a second training. Use it at the end of this chain: ResNet Learner (the whole set, <i>Augmentation</i> None) &gt;
            Layer Activation Extractor &gt; Spectral Signature Scorer &gt; Backdoor Auditor.</p>
            <p>How it works: a backdoor needs a mark. The auditor looks for patterns that many images of a class have at the same place and
            other classes lack: a few pixels, a patch, a picture that was blended in, a signal. It subtracts what neighbouring pixels have in
            common, so that small marks stand out from what is seen, and searches first where the scores are high. Then it puts each such
            mark on training images of other classes and asks the network what it takes them for. A mark that is only a natural
            similarity changes little. The mark of a backdoor turns them into the class: that is what a backdoor is. So the auditor
            needs no bound on the share of poison, and it does not matter whether the labels of the marked images are wrong or right
            (clean-label).</p>
            <p>The images that carry a mark which turns others are the suspicious ones. The network is also asked what it takes them for
            without the mark: the class that they look like.</p>
            <p>For each class there is one of three verdicts. <i>poisoned</i>: how many images, which class they look like, and how
            probable such evidence is in a clean class. <i>nothing found</i>: with the smallest share of poison that would have been found
            there, if that is known. <i>cannot tell</i>: there is too little to go by, and why. A class in which nothing was found is not
            proved clean.</p>
            <p><b>What it cannot find:</b> triggers that are not the same at the same place of each image, such as marks that are moved
            about or made anew for each image, and a backdoor that the network has not learned, which does no harm in this network but may in
            another. So train without crops, which keep a network from learning small marks, until the training accuracy is near 1.</p>
            <p>The network must know the classes and the size of the images; one of gray images sees colours as shades of gray.
            The scores are found by Row ID; an image without a score is an error that names it. The node warns if the network
            was trained with crops, or on another number of images than are connected. For a seed the result is the same in
            every run.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Training images", "All images with their labels: those that the network was trained on, before any removal.") //
                .addInputPort("Network", """
                    The network that was trained on all training images, without crops, until it knew them nearly all.
                    """, NetworkPortObject.TYPE) //
                .addInputTable("Scores", """
                    The scores of the training images from a Spectral Signature Scorer, any method. They say where to look first for marks.
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
                    <li><i>p-value</i>: probability of such evidence in a clean class, corrected for all marks that were tried;
                    missing if its images share no mark.</li>
                    <li><i>Looks like</i>: the class that the poisoned images seem to come from; missing if they look like their own, as
                    clean-label poison does.</li>
                    <li><i>Smallest share found</i>: the smallest share of poison in the class, 0 to 1, that would have been found; missing
                    where it is not known.</li>
                    </ul>
                    """) //
                .addOutputTable("Suspicious images", """
                    The images that carry a mark which no natural similarity explains, with all their columns: those of the most suspicious
                    class first, in a class the most evident ones. The Row ID says which file it is; a column with its path is here too if the training images have one.
                    <i>Evidence</i>: how clearly the image carries its mark; 1 is the least that counts. <i>Rank in class</i>: its place by
                    evidence among all images of the class. <i>Mark</i>: number of the mark, as in the last table. <i>Looks like</i>: the class that
                    the network takes it for without the mark. <i>Taken out</i>: whether it is taken for poison; it is not if the network takes little
                    notice of the mark. <i>Verdict of class</i>: as in the verdicts.
                    """) //
                .addOutputTable("Clean images", """
                    The training images without those that were taken out, to train on. The domains of the columns hold only what is left.
                    """) //
                .addOutputTable("Marks", """
                    One row for each mark that was found, the most suspicious first; of each class also the natural similarity that turned most images and
                    the strongest one.
                    <ul>
                    <li><i>Mark</i>: its number, from 1. <i>Label</i>: the class. <i>Images</i>: how many images of the class carry it.</li>
                    <li><i>Strength</i>: how far these stand out along the mark, in standard deviations of the other classes' images.</li>
                    <li><i>Turned</i>: share, 0 to 1, of other classes' images that the network takes for the class once the mark is put on
                    them; missing if it was put on none.</li>
                    <li><i>p-value</i>: probability of so many with a mark that means nothing to the network, corrected for all marks that were
                    tried.</li>
                    <li><i>Looks like</i>: the class that the network takes most of its images for without the mark; missing if they keep
                    their label, or it is a natural similarity.</li>
                    <li><i>Taken out</i>: whether the mark is called poison.</li>
                    <li><i>Picture</i>: the mark. Pixels that it replaces are seen as they are, what it adds to others around a middle grey, widened to
                    be seen.</li>
                    </ul>
                    """)) //
        .model(m -> m //
            .parametersClass(BackdoorAuditorNodeParameters.class) //
            .configure(BackdoorAuditorNodeModel::configure) //
            .execute(BackdoorAuditorNodeModel::execute)) //
        .addView(BackdoorAuditorNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "verdict", "audit", "detect", "clean", "clean-label", "mark", "trigger", "trojan", "defense") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)");

    /** Called by KNIME. */
    public BackdoorAuditorNodeFactory() {
        super(NODE);
    }
}
