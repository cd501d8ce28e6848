package org.spectralsignatures.nodes.remover;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Top-k Remover'. */
public final class TopKRemoverNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Top-k Remover") //
        .icon("remover.png") //
        .shortDescription("Removes the images with the highest scores.") //
        .fullDescription("""
            <p>The paper removes, from each class, the images with the top 1.5 epsilon scores, where epsilon bounds the share of poison. Other
            rules: all above a percentile (the authors' code: 85), a fixed number, or,
            where no bound is known, <i>automatic</i>: a class whose upper scores get more frequent again is cut in the valley before that
            bump, the others are left alone. Equal scores are ordered by row key, so the result does not
            depend on the order of the rows.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputTable("Images", "The rows that were scored.") //
                .addInputTable("Scores", "Their scores, matched by row key.") //
                .addOutputTable("Kept", "The rows to train on.") //
                .addOutputTable("Removed", "The rows that were removed.") //
                .addOutputTable("Summary", "One row a class: how many rows were removed and where the cut lies.")) //
        .model(m -> m //
            .parametersClass(TopKRemoverNodeParameters.class) //
            .configure(TopKRemoverNodeModel::configure) //
            .execute(TopKRemoverNodeModel::execute)) //
        .addView(TopKRemoverNodeView::describe) //
        .nodeType(NodeType.Manipulator) //
        .keywords("backdoor", "poison", "filter", "outlier");

    /** Called by KNIME. */
    public TopKRemoverNodeFactory() {
        super(NODE);
    }
}
