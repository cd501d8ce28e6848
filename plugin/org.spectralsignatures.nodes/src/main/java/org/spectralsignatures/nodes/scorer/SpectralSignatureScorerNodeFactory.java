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
        .shortDescription("Gives each image an outlier score from the spectrum of its class.") //
        .fullDescription("""
            <p>Algorithm 1 of Tran, Li and Madry, <i>Spectral Signatures in Backdoor Attacks</i> (NeurIPS 2018). For each class, with its
            representations R(x) and their mean m, v is the top right singular vector of the centred matrix; the score of an image is
            ((R(x) - m) . v)<sup>2</sup>. Poisoned images leave a strong direction in the spectrum of their class and get high scores.</p>
            <p>Every class is scored on its own, since the target is not known. The activations are streamed from their file. A class of fewer
            than two images, or without variance, gets scores of 0. Equal scores are ranked by row key.</p>
            <p>Other <i>methods</i>: the authors' published code (Tran et al., uncentred); the weaker statistics of the paper's Figure 1; activation
            clustering (Chen et al. 2018, <i>Detecting Backdoor Attacks on Deep Neural Networks by Activation Clustering</i>); SPECTRE (Hayase et
            al. 2021, <i>SPECTRE: Defending Against Backdoor Attacks Using Robust Statistics</i>), with the minimum covariance determinant as
            robust estimate: score y<sup>T</sup>Qy / tr(Q) of the whitened row y, Q = exp(4 (S - I) / (|S| - 1)), S the covariance of
            the whitened rows.</p>
            <p>The class statistics rank the classes by how <i>suspicious</i> they are, without any bound on the share of poison: in a
            clean class the roots of the upper third of the scores only get rarer the higher they are, and the <i>tail test</i> measures how far
            they are from that, over intervals of all sizes (Duembgen and Walther 2008). If they get more frequent again, the valley before that bump is the cut-off. Poison that does not stand apart is
            not found.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputPort("Activations", "The representations of the suspicious training set.", ActivationsPortObject.TYPE) //
                .addOutputTable("Scores", "One row an image: label, score and rank in its class (1 = most suspicious).") //
                .addOutputTable("Class statistics", "One row a class: norm of the mean, top three singular values, scores; tail test, cut-off and rank by suspicion.")) //
        .model(m -> m //
            .parametersClass(SpectralSignatureScorerNodeParameters.class) //
            .configure(SpectralSignatureScorerNodeModel::configure) //
            .execute(SpectralSignatureScorerNodeModel::execute)) //
        .addView(SpectralSignatureScorerNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "outlier", "SVD", "spectral signatures", "SPECTRE", "activation clustering", "defense");

    /** Called by KNIME. */
    public SpectralSignatureScorerNodeFactory() {
        super(NODE);
    }
}
