package org.spectralsignatures.nodes.tabletoactivations;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.ActivationsPortObject;

/** Factory of the node 'Table to Activations'. */
public final class TableToActivationsNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Table to Activations") //
        .icon("tabletoactivations.png") //
        .shortDescription("Makes activations of a table: one vector of numbers a row, in one column or in many.") //
        .fullDescription("""
            <p>Makes activations of vectors that stand in a table, so that a Spectral Signature Scorer looks for poison in them: embeddings of texts,
            sounds or images that another extension of KNIME computed, or any columns of numbers.</p>
            <p>The vector of a row stands in one column: a list of numbers, or one of KNIME's vectors (of doubles; of bytes, which are counts from 0 to 255;
            of bits, which become 0 and 1). Or its values stand in columns of numbers. All rows must have vectors of one length. Values become
            <tt>float32</tt>. A missing vector, value or label is an error that names the row and the column, and so is a value that is infinite or not
            a number.</p>
            <p>The Row IDs are kept: connect the same table to a Top-k Remover to take out what the scores show.</p>
            <p>Poison is looked for in each class by itself. Where there are no labels take all rows for one class: then poison is found if
            it stands apart from everything else, which is harder the more kinds of rows there are. Or let clusters of rows that are alike stand in for the
            classes. Poison that is alike may then be a cluster of its own, in which it does not stand out: look at small clusters, and compare with fewer.</p>
            <p>A column <i>Poisoned</i> of truth values tells known poison, for views and the Detection Evaluator.</p>
            <p>Connect the activations to a Spectral Signature Scorer.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Table", """
                    A table with a column of lists of numbers or of vectors, or with columns of numbers; and a column of strings for the classes, unless
                    labels are not read.
                    """) //
                .addOutputPort("Activations", """
                    A vector of numbers for each row of the table, with its label and Row ID.
                    """, ActivationsPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(TableToActivationsNodeParameters.class) //
            .configure(TableToActivationsNodeModel::configure) //
            .execute(TableToActivationsNodeModel::execute)) //
        .nodeType(NodeType.Manipulator) //
        .keywords("activation", "representation", "embedding", "feature", "vector", "list", "collection", "bit vector", "byte vector", "cluster", "k-means",
            "convert", "text", "sound");

    /** Called by KNIME. */
    public TableToActivationsNodeFactory() {
        super(NODE);
    }
}
