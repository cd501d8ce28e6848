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
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputPort("Activations", "The representations of the suspicious training set.", ActivationsPortObject.TYPE) //
                .addOutputTable("Scores", "One row an image: label, score and rank in its class (1 = most suspicious).") //
                .addOutputTable("Class statistics", "One row a class: norm of the mean, top three singular values, scores.")) //
        .model(m -> m //
            .parametersClass(SpectralSignatureScorerNodeParameters.class) //
            .configure(SpectralSignatureScorerNodeModel::configure) //
            .execute(SpectralSignatureScorerNodeModel::execute)) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "outlier", "SVD", "spectral signatures", "defense");

    /** Called by KNIME. */
    public SpectralSignatureScorerNodeFactory() {
        super(NODE);
    }
}
