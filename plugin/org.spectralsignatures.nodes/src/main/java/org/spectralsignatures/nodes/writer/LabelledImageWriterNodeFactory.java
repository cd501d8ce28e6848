package org.spectralsignatures.nodes.writer;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Factory of the node 'Labelled Image Writer'. */
public final class LabelledImageWriterNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Labelled Image Writer") //
        .icon("writer.png") //
        .shortDescription("Writes labelled images into files, and what was removed from them into a list and a quarantine.") //
        .fullDescription("""
            <p>Writes a set of labelled images into a folder, so that other programs can be trained on what a Top-k Remover or a Backdoor Auditor
            left. Connect their kept or clean images to the first input, and the removed or suspicious ones to the second.</p>
            <ul>
            <li><b>Images from the table</b> are written as PNG files, byte for byte as they are in the table, or as the files of CIFAR-10 or
            MNIST.</li>
            <li><b>Copies of the original files</b> and <b>hard links</b> to them need the folder that a Labelled Image Reader read, since its Row
            IDs are the paths of the files. A link takes no space, but is the same file under another name: who changes one changes both.</li>
            <li><b>Only a list</b> writes no images but <tt>kept.csv</tt>: Row ID, label and original file.</li>
            </ul>
            <p>Folders of classes lie in the folder itself; where removed images are put into quarantine, in <tt>train</tt> beside
            <tt>quarantine</tt>, so that no program takes the quarantine for one more class. A Labelled Image Reader reads the folder, as the training images of its path.</p>
            <p>Lists lead back from each file to its row: <tt>files.csv</tt> has Row ID, file, number of the record in the file (of CIFAR-10 and
            MNIST), label, and <tt>kept</tt> or <tt>removed</tt>. With the second input, <tt>removed.csv</tt> has Row ID, label, score (or evidence),
            rank in class and original file; with the third, <tt>conclusion.txt</tt> says what was found out about the set. Files
            get their names from Row IDs, without what a file system may refuse; a name that is taken gets a number, and
            names that differ in upper and lower case only count as one. In lists a text that a spreadsheet would run as a formula has an apostrophe in front.</p>
            <p>The folder appears whole or not at all: it is written beside its place under another name and renamed at the end. Where the node fails or is
            cancelled nothing is left. Nothing is ever overwritten: the folder must not exist, or be empty, or be one that this node wrote and
            nothing was added to, if the settings allow to replace that. The same input gives the same files.</p>
            <p>A missing image or label, a file that is not found or lies outside of the original folder, an image that does not suit the layout, and
            a row that is both kept and removed are errors, which name the row.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Kept images", """
                    The images to write with their classes: <i>Kept</i> of a Top-k Remover, <i>Clean images</i> of a Backdoor Auditor, or any table
                    with a column of PNG images and one of strings. Copies, links and lists need no column of images.
                    """) //
                .addInputPort("Removed images", """
                    Optional: the images that were taken out: <i>Removed</i> of a Top-k Remover or <i>Suspicious images</i> of a Backdoor Auditor, of which
                    those count that are <i>Taken out</i>. The Row IDs tell which images they are. Labels are needed for the quarantine only, and so
                    are images, where these come from the table; score and rank are listed if there are such columns.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addInputPort("Conclusion", """
                    Optional: what was found out about the set, in words, for whoever gets the folder: <i>Conclusion</i> or <i>Verdicts</i> of a Backdoor
                    Auditor. The texts of its rows are written into <tt>conclusion.txt</tt>.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputTable("Files", """
                    One row for each image, with its Row ID. <i>File</i>: path below the folder; missing if the image is only listed. <i>Record</i>: its
                    number in the file, from 0; missing if the file is its own. <i>Part</i>: <tt>kept</tt> or <tt>removed</tt>.
                    """)) //
        .model(m -> m //
            .parametersClass(LabelledImageWriterNodeParameters.class) //
            .configure(LabelledImageWriterNodeModel::configure) //
            .execute(LabelledImageWriterNodeModel::execute)) //
        .nodeType(NodeType.Sink) //
        .keywords("image", "picture", "save", "export", "clean", "quarantine", "copy", "link", "folder", "dataset", "PNG", "CIFAR-10", "MNIST");

    /** Called by KNIME. */
    public LabelledImageWriterNodeFactory() {
        super(NODE);
    }
}
