package org.spectralsignatures.nodes.activationsreader;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.ActivationsPortObject;

/** Factory of the node 'Activations Reader'. */
public final class ActivationsReaderNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Activations Reader") //
        .icon("activationsreader.png") //
        .shortDescription("Reads activations or embeddings that another program computed: NumPy files, Parquet or CSV.") //
        .fullDescription("""
            <p>Reads a vector of numbers for each row of a data set: what a layer of a network gave out that was trained elsewhere, or embeddings
            of texts, sounds or images. A Spectral Signature Scorer then looks for poison in them as in those of a Layer Activation Extractor.
            Neither the network nor the data are needed.</p>
            <ul>
            <li><b>NumPy</b> (<tt>.npy</tt>): an array of numbers of any type and order, one item for each row. Items with several axes are made
            flat, and the node says so.</li>
            <li><b>NumPy archives</b> (<tt>.npz</tt>): the same with arrays of labels and row keys in one file, found by their usual names.</li>
            <li><b>Parquet</b>: a column of lists of numbers (of any precision, half precision too; lists of a fixed size too), as pandas, PyArrow and Hugging
            Face's datasets write them, with columns of keys and labels found by their usual names, and names of classes where the file tells them. Where there
            is no such column, all columns of numbers that are neither keys nor labels make up the vectors. The node says which columns it left out. A folder of
            such files, as Spark and Hugging Face's datasets write them, is read as one set, in the order of the files' names; of a set in parts
            (<tt>train-00000-of-00002.parquet</tt>) the training part.</li>
            <li><b>CSV</b>: text in UTF-8 with commas, semicolons or tabs and the names of the columns in the first line. Columns of
            keys and labels are found by their usual names; all others that are numbers make up the vectors.</li>
            </ul>
            <p>The kind of the file is told by its content. Values become <tt>float32</tt>. A value that is missing, infinite or not a number is an
            error that names its row; so are keys that come twice. Without keys the rows are <tt>Row0</tt>, <tt>Row1</tt> and so on, as a CSV
            Reader names them, so that a Top-k Remover finds them in a table of the same data.</p>
            <p>Poison is looked for in each class by itself. Without labels all rows are one class: then poison is found if it stands apart from
            everything else, which is harder the more kinds of rows there are. Or clusters of rows that are alike stand in for the classes. Poison that is
            alike may then be a cluster of its own, in which it does not stand out: look at small clusters, and compare with fewer.</p>
            <p>Arrays of Python objects are not read: they are programs. An array or column <i>poisoned</i> of truth values tells known
            poison, for views and the Detection Evaluator.</p>
            <p>Connect the activations to a Spectral Signature Scorer.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addOutputPort("Activations", """
                    A vector of numbers for each row of the file, with its label and row key.
                    """, ActivationsPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(ActivationsReaderNodeParameters.class) //
            .configure(ActivationsReaderNodeModel::configure) //
            .execute(ActivationsReaderNodeModel::execute)) //
        .nodeType(NodeType.Source) //
        .keywords("activation", "representation", "embedding", "feature", "vector", "NumPy", "npy", "npz", "Parquet", "CSV", "cluster", "k-means", "import", "load") //
        .addExternalResource("https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html", "The format of NumPy's files");

    /** Called by KNIME. */
    public ActivationsReaderNodeFactory() {
        super(NODE);
    }
}
