package org.spectralsignatures.nodes.writer;

import java.io.IOException;
import java.nio.file.Path;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.Paths;
import org.spectralsignatures.writer.SetLayout;
import org.spectralsignatures.writer.WriterOptions;
import org.spectralsignatures.writer.WrittenContent;

/** Settings of the node 'Labelled Image Writer'. */
@Migration(LabelledImageWriterNodeParameters.Saved.class)
final class LabelledImageWriterNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<LabelledImageWriterNodeParameters> {
        Saved() {
            super(LabelledImageWriterNodeParameters.class);
        }
    }

    /** What is written of each image. */
    enum Content {
        /** The cells. */
        @Label(value = "Images from the table", description = "The images as they are in the table.")
        IMAGES,

        /** Files. */
        @Label(value = "Copies of the original files", description = "The files that were read, unchanged, whatever was done to the images in the table.")
        COPIES,

        /** Hard links. */
        @Label(value = "Hard links to the original files", description = """
            The files that were read, under one more name, without more space. Both folders have to be on one disk.
            """)
        LINKS,

        /** Nothing. */
        @Label(value = "Only a list", description = "No images: the lists alone.")
        LIST
    }

    /** How images are laid out. */
    enum Layout {
        /** Folders. */
        @Label(value = "Folders of classes", description = "A folder for each class, with a PNG file for each image.")
        CLASS_FOLDERS,

        /** Records. */
        @Label(value = "CIFAR-10 binary", description = """
            <tt>data_batch_1.bin</tt> to <tt>data_batch_5.bin</tt> and <tt>batches.meta.txt</tt>, for images of 32 x 32 pixels and at most 256 classes.
            Images that were read from such files go into those of the same name. The labels are those of CIFAR-10, or else places in the list of classes.
            """)
        CIFAR10_BINARY,

        /** MNIST. */
        @Label(value = "IDX (MNIST)", description = """
            <tt>train-images-idx3-ubyte</tt> and <tt>train-labels-idx1-ubyte</tt>, for gray images of one size and at most 256 classes. Images that were read from
            the test files go into such. Classes that are numbers are the labels; else these are places in <tt>labels.txt</tt>.
            """)
        IDX
    }

    /** What is done with a folder that exists. */
    enum Existing {
        /** Nothing. */
        @Label(value = "Fail", description = "The node ends with an error, unless the folder is empty.")
        FAIL,

        /** Replace ours. */
        @Label(value = "Replace what this node wrote", description = """
            A folder that this node wrote, and that holds nothing else, is replaced once the new one is whole. Any other folder is an error.
            """)
        REPLACE
    }

    /** What is written. */
    static final class ContentReference implements ParameterReference<Content> {
    }

    /** The images come from the table. */
    static final class IsFromTable implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ContentReference.class).isOneOf(Content.IMAGES);
        }
    }

    /** There are files of images. */
    static final class HasFiles implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ContentReference.class).isOneOf(Content.IMAGES, Content.COPIES, Content.LINKS);
        }
    }

    @Widget(title = "Folder to write", description = """
        The folder that is made. The one above it has to exist. Write a local path, a <tt>file:</tt> URL, or <tt>knime://knime.workflow/...</tt> for a
        place inside the workflow's folder. A relative path counts from the folder in which KNIME was started, as in the Labelled Image Reader. There is no
        default: without a folder the node cannot run.
        """)
    String m_folder = "";

    @Widget(title = "If the folder exists", description = "What is done with a folder that exists and is not empty. Nothing is overwritten by default.")
    Existing m_ifExists = Existing.FAIL;

    @Widget(title = "Write", description = "What is written of each image.")
    @ValueReference(ContentReference.class)
    Content m_write = Content.IMAGES;

    @Widget(title = "Original folder", description = """
        The folder that the Labelled Image Reader read, for copies and links. Elsewhere it may be empty, the default; if it is set, lists name
        the original files. A Row ID is the path of a file below that folder, or below its <tt>train</tt> or another part; where several parts have such a
        file, name the part's folder. Links that lead out of the folder are not followed.
        """)
    String m_originalFolder = "";

    @Widget(title = "Layout", description = "How images from the table are laid out in files. Removed images always lie in folders of classes.",
        effect = @Effect(predicate = IsFromTable.class, type = EffectType.SHOW))
    Layout m_layout = Layout.CLASS_FOLDERS;

    @Widget(title = "Quarantine", description = """
        Whether removed images are written, too, into <tt>quarantine</tt> with its own folders of classes, to look at them or bring them back; the kept
        classes then lie in <tt>train</tt>. Switched on by default; it matters only where removed images are connected. They are listed in any case.
        """, effect = @Effect(predicate = HasFiles.class, type = EffectType.SHOW))
    boolean m_quarantine = true;

    @Widget(title = "Image column", description = ImageColumnChoices.DESCRIPTION)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = LabelColumnChoices.DESCRIPTION)
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    /** @return what the library is told; the layout of the table's images matters for these only */
    WriterOptions options() throws IOException {
        if (m_folder.isBlank()) {
            throw new IOException("No folder to write is set. Choose one that does not exist yet.");
        }
        final WrittenContent content = WrittenContent.valueOf(m_write.name());
        final Path originals = m_originalFolder.isBlank() ? null : Paths.resolve(m_originalFolder);
        return new WriterOptions(Paths.resolve(m_folder), content, originals,
            m_write == Content.IMAGES ? SetLayout.valueOf(m_layout.name()) : SetLayout.CLASS_FOLDERS, m_quarantine, m_ifExists == Existing.REPLACE);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        // what the settings mean depends on folders and tables
    }
}
