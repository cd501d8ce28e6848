package org.spectralsignatures.nodes.activationswriter;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.ActivationsPortObject;

/** Factory of the node 'Activations Writer'. */
public final class ActivationsWriterNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Activations Writer") //
        .icon("activationswriter.png") //
        .shortDescription("Writes activations with their labels and row keys into a file, for NumPy, as Parquet or as CSV.") //
        .fullDescription("""
            <p>Writes activations into a file, to look at them in Python or elsewhere, or to take them into another workflow with an Activations Reader,
            which finds the same values, labels and row keys in it.</p>
            <ul>
            <li><b>NumPy archive</b> (<tt>.npz</tt>): the arrays <tt>activations</tt> (<tt>float32</tt>, rows x values), <tt>labels</tt> and <tt>ids</tt>
            (texts), and <tt>poisoned</tt> (truths) where it is known. In Python: <tt>numpy.load("activations.npz")["activations"]</tt>. It is not
            compressed.</li>
            <li><b>NumPy files</b> (<tt>.npy</tt>): the vectors, and beside them <tt>NAME-labels.npy</tt> and <tt>NAME-ids.npy</tt>, where <tt>NAME.npy</tt>
            is the file that is set. Which rows are poisoned is not kept.</li>
            <li><b>Parquet</b> (<tt>.parquet</tt>): a table with the columns <i>activations</i> (lists of <tt>float32</tt>), <i>id</i>, <i>label</i>, and
            <i>poisoned</i> where it is known. In Python: <tt>pandas.read_parquet("activations.parquet")</tt>. It is not compressed. Labels and row keys that
            are empty are an error.</li>
            <li><b>CSV</b>: text in UTF-8 with commas and the columns <i>id</i>, <i>label</i>, <i>poisoned</i> where it is known, and the values as <i>1</i>,
            <i>2</i> and so on. It is the largest and slowest, and keeps all bits of the values nevertheless. Labels and row keys that are empty or
            begin or end with a blank are an error, since readers cut them.</li>
            </ul>
            <p>A file appears whole or not at all. Nothing is overwritten unless the settings allow it. The same activations give the same bytes. The
            node warns of rows with values that are infinite or not a number: they are written, but an Activations Reader refuses them.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Activations", "The activations to write: of a Layer Activation Extractor, an Activations Reader or of a table.", ActivationsPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(ActivationsWriterNodeParameters.class) //
            .configure(ActivationsWriterNodeModel::configure) //
            .execute(ActivationsWriterNodeModel::execute)) //
        .nodeType(NodeType.Sink) //
        .keywords("activation", "representation", "embedding", "feature", "vector", "NumPy", "npy", "npz", "Parquet", "CSV", "export", "save", "Python") //
        .addExternalResource("https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html", "The format of NumPy's files");

    /** Called by KNIME. */
    public ActivationsWriterNodeFactory() {
        super(NODE);
    }
}
