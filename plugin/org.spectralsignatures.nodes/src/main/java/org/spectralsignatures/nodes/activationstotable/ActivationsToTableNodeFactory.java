package org.spectralsignatures.nodes.activationstotable;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.ActivationsPortObject;

/** Factory of the node 'Activations to Table'. */
public final class ActivationsToTableNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Activations to Table") //
        .icon("activationstotable.png") //
        .shortDescription("Makes a table of activations: a vector of numbers for each row, in one column or in many.") //
        .fullDescription("""
            <p>Makes a table of activations, with a row for each vector: its Row ID, its label, whether it is poisoned where that is known, and
            its values. Use it to look at what a Layer Activation Extractor or an Activations Reader gave, to plot or cluster it with other nodes, or
            as the table of a Top-k Remover for data that are nowhere else in the workflow.</p>
            <p>The values are those of the activations, single precision, written as doubles. A vector of many values is better kept in one column of
            lists: a table with thousands of columns is slow.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Activations", "Activations of a Layer Activation Extractor, an Activations Reader or of a table.", ActivationsPortObject.TYPE) //
                .addOutputTable("Table", """
                    A row for each vector. <i>Label</i>: its class; the column's domain lists all. <i>Poisoned</i>: whether it is known to be
                    poisoned; only where that is known. <i>Activations</i>: the values as a list; or columns <i>1</i>, <i>2</i> and so on.
                    """)) //
        .model(m -> m //
            .parametersClass(ActivationsToTableNodeParameters.class) //
            .configure(ActivationsToTableNodeModel::configure) //
            .execute(ActivationsToTableNodeModel::execute)) //
        .nodeType(NodeType.Manipulator) //
        .keywords("activation", "representation", "embedding", "feature", "vector", "list", "collection", "convert", "export");

    /** Called by KNIME. */
    public ActivationsToTableNodeFactory() {
        super(NODE);
    }
}
