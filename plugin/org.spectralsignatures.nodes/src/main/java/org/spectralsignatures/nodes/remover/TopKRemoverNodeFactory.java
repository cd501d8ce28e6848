package org.spectralsignatures.nodes.remover;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Top-k Remover'. */
public final class TopKRemoverNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Top-k Remover") //
        .icon("remover.png") //
        .shortDescription("Removes the images with the highest outlier scores of each class.") //
        .fullDescription("""
            <p>Splits the training set into images to keep and images to remove, by their scores. Use it behind a Spectral Signature
            Scorer, and train a new network on the images that it keeps.</p>
            <p>The paper's rule removes, from each class, 1.5 times <i>epsilon</i> of the images, where epsilon is the largest share of
            poison that you reckon with. The factor leaves room for clean images among the highest scores. Clean classes lose the same
            share, since nobody knows which one is the target. If you know no bound, take the rule <i>Automatic</i>: it cuts only classes
            whose scores show a group that stands apart, and leaves the others as they are. Scores of the methods Ensemble and SCAn say
            themselves which images stand apart; the rule goes by that.</p>
            <p>Images and scores are matched by Row ID; the class is the one that was scored. Of equal scores those with the first Row IDs
            in alphabetical order are removed first, so the result does not depend on the order of the rows; the node warns how many images
            the cut goes through. Where all scores of a class are the same nothing tells poison from clean images: then the class loses
            none, and the node warns. It also warns of classes that lose all their images. The order of the rows, their columns and Row
            IDs stay as they are. An image without a score, or with one that is no finite number, is an error that names the row; scores
            without an image are ignored.</p>
            <p>Connect the kept images to a ResNet Learner, and to the Backdoor Evaluator, which counts the poison that is left where a
            Backdoor Injector has flagged it.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Images", "The table of images that was scored, with any columns.") //
                .addInputTable("Scores", """
                    The scores of a Spectral Signature Scorer: <i>Label</i> and <i>Score</i>, where there are such <i>Stands apart</i>
                    and <i>Verdict</i>, matched by Row ID.""") //
                .addOutputTable("Kept", """
                    The rows to train on. The domains of the columns hold only what is left, so that a class without images is not in them.
                    """) //
                .addOutputTable("Removed", """
                    The rows that were removed, to be looked at, with their <i>Score</i>, their <i>Rank in class</i> (1 for the highest
                    score) and <i>Rows of class</i>, the number of images that the class had.
                    """) //
                .addOutputTable("Summary", """
                    One row for each class. <i>Label</i>: the class. <i>Rows</i>, <i>Removed</i> and <i>Kept</i>: how many images it had,
                    lost and kept. <i>Lowest removed score</i> and <i>Highest kept score</i>: where the cut lies; missing if nothing, or
                    everything, was removed. A wide gap between the two says that the cut separates well. <i>Tied at the cut</i>: images
                    with the lowest removed score, where only some of them were removed; missing if all classes are ranked together.
                    <i>Verdict</i>: what was found of the class, in the words of the Spectral Signature Scorer: <i>poisoned</i>, <i>nothing
                    found</i> or <i>cannot tell</i>, and why. It does not depend on the rule, and is not the truth.
                    """)) //
        .model(m -> m //
            .parametersClass(TopKRemoverNodeParameters.class) //
            .configure(TopKRemoverNodeModel::configure) //
            .execute(TopKRemoverNodeModel::execute)) //
        .addView(TopKRemoverNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "filter", "outlier", "clean", "epsilon", "defense") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)");

    /** Called by KNIME. */
    public TopKRemoverNodeFactory() {
        super(NODE);
    }
}
