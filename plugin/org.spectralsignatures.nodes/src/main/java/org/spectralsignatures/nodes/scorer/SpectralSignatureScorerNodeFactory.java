package org.spectralsignatures.nodes.scorer;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.ActivationsPortObject;

/** Factory of the node 'Spectral Signature Scorer'. */
public final class SpectralSignatureScorerNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Spectral Signature Scorer") //
        .icon("scorer.png") //
        .shortDescription("Gives each image an outlier score: how far it lies along the direction in which its class varies most.") //
        .fullDescription("""
            <p>Gives each image a score that says how much it stands out in its class; poisoned images get high ones. Use it behind a
            Layer Activation Extractor, and remove the images with the highest scores by a Top-k Remover.</p>
            <p><b>The idea.</b> The images of a class are points, one for each image, around the class's mean. Poison pulls some of the
            points to one side, and then the direction in which the class varies most points at the poison. The score is the squared
            distance from the mean along that direction: with the representation R(x) of an image, the mean m and the direction v (the top
            right singular vector of the centred representations) it is ((R(x) - m) . v)<sup>2</sup>. This is Algorithm 1 of the
            paper.</p>
            <p>Each class is scored on its own, since nobody knows which one is the target. Scores of different classes should not be
            compared, ranks can. A score has no unit: what counts is its place in its class.</p>
            <h3>Other methods</h3>
            <p>The authors' published code, two weaker statistics that the paper compares with, <i>activation clustering</i> and
            <i>SPECTRE</i> can be chosen instead, see the options. <i>SPECTRE</i> finds poison that hides in directions of small variance,
            but takes longer and needs a bound on its share. <i>Ensemble</i> asks several of them at once, since each misses other poison.
            <i>SCAn</i> compares the classes with each other.</p>
            <h3>Which class is suspicious</h3>
            <p>The class statistics say which classes look poisoned, without any knowledge of the share of poison. In a clean class, high
            scores only get rarer the higher they are. The <i>tail test</i> asks whether the upper third of the scores (of their logarithms,
            where no score is negative) gets more frequent again, over intervals of all sizes. If it does, there is a heap of images that
            stand apart, and the valley before it is the <i>cut-off</i>. Poison that does not stand apart is not found; a small odd group
            of clean images, such as near-duplicates, can be taken for poison.</p>
            <p>Each class gets one of three verdicts. <i>Poisoned</i>, with the number of images that stand apart and the p-value.
            <i>Nothing found</i>, which does not prove that the class is clean. <i>Cannot tell</i>, with the reason: too few images, scores that do not
            differ, more than a third of the class standing apart, or a network whose training accuracy was too low, or that was trained
            with crops, so that it may not have learned a backdoor that is there.</p>
            <h3>Special cases</h3>
            <ul>
            <li>A class of fewer than two images, or whose representations are all the same, gets scores of 0.</li>
            <li>SPECTRE needs five images for each principal component and uses fewer components in small classes; below five images all
            scores are 0.</li>
            <li>Of a class of fewer than 30 images, or whose upper third of scores is all the same, nothing can be told.</li>
            <li>Where the largest singular values of a class lie so close together that their directions are not certain, the node warns
            and names the class.</li>
            </ul>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Activations", """
                    The representations of the suspicious training set, from a Layer Activation Extractor.
                    """, ActivationsPortObject.TYPE) //
                .addOutputTable("Scores", """
                    One row for each image, with its Row ID, in the order of the input. <i>Label</i>: its class. <i>Score</i>: how much it
                    stands out, the higher the more suspicious. <i>Rank in class</i>: 1 for the highest score of the class; equal scores
                    are ordered by Row ID. With the methods Ensemble and SCAn, whose verdicts do not follow from the scores alone, also
                    <i>Stands apart</i>: whether the image is taken for poison, and <i>Verdict</i>: that of its class; the rule
                    <i>Automatic</i> of the Top-k Remover goes by them. Connect it to a Top-k Remover or a Detection Evaluator.
                    """) //
                .addOutputTable("Class statistics", """
                    One row for each class, the most suspicious first.
                    <ul>
                    <li><i>Label</i> and <i>Rows</i>: the class and its number of images.</li>
                    <li><i>Norm of mean</i>: length of the mean representation.</li>
                    <li><i>Singular value 1</i> to <i>3</i>: how much the class varies along its three main directions. A first value far
                    above the second says that one direction dominates.</li>
                    <li><i>Explained variance</i>: share of the class's variance along the first direction, 0 to 1.</li>
                    <li><i>Mean score</i> and <i>Maximum score</i> of the class.</li>
                    <li><i>Iterations</i>: passes over the representations that the computation took.</li>
                    <li><i>Tail test</i>: how much more frequent high scores get again; the larger, the more suspicious. Missing where
                    there are too few images. With SCAn <i>J*</i> stands here: how much better two subgroups fit the class than one, as the
                    distance from the median over the classes in units of 1.4826 times the median absolute deviation.</li>
                    <li><i>p-value</i>: probability of such a value in a clean class, 0 to 1; with Ensemble times the number of tests.</li>
                    <li><i>Cut-off score</i>: the valley before the heap of high scores; missing if there is none, and with Ensemble, whose
                    methods have different scores. <i>Rows above cut-off</i>: images with higher scores; with Ensemble by the method in
                    <i>Evidence</i>.</li>
                    <li><i>Evidence</i>: the method that the p-value comes from.</li>
                    <li><i>Verdict</i>: what was found at the significance level: <i>poisoned</i>, <i>nothing found</i> or <i>cannot tell</i>, and
                    why. It is not the truth.</li>
                    <li><i>Suspicion rank</i>: 1 for the most suspicious class.</li>
                    </ul>
                    """)) //
        .model(m -> m //
            .parametersClass(SpectralSignatureScorerNodeParameters.class) //
            .configure(SpectralSignatureScorerNodeModel::configure) //
            .execute(SpectralSignatureScorerNodeModel::execute)) //
        .addView(SpectralSignatureScorerNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "outlier", "anomaly", "SVD", "PCA", "spectral signatures", "SPECTRE", "activation clustering", "SCAn",
            "ensemble", "defense") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)") //
        .addExternalResource("https://github.com/MadryLab/backdoor_data_poisoning",
            "The authors' published code") //
        .addExternalResource("https://arxiv.org/abs/1811.03728",
            "Chen and others: Detecting Backdoor Attacks on Deep Neural Networks by Activation Clustering (2018)") //
        .addExternalResource("https://arxiv.org/abs/2104.11315",
            "Hayase, Kong, Somani and Oh: SPECTRE: Defending Against Backdoor Attacks Using Robust Statistics (2021)") //
        .addExternalResource("https://arxiv.org/abs/1908.00686",
            "Tang, Wang, Tang and Zhang: Demon in the Variant: Statistical Analysis of DNNs for Robust Backdoor Contamination Detection (2021), SCAn") //
        .addExternalResource("https://doi.org/10.1214/07-AOS521",
            "Duembgen and Walther: Multiscale Inference about a Density (2008), the tail test");

    /** Called by KNIME. */
    public SpectralSignatureScorerNodeFactory() {
        super(NODE);
    }
}
