package org.spectralsignatures.nodes.reader;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.reader.ClassMerge;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.Split;

/** Settings of the node 'Labelled Image Reader'. */
@Migration(LabelledImageReaderNodeParameters.Saved.class)
final class LabelledImageReaderNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<LabelledImageReaderNodeParameters> {
        Saved() {
            super(LabelledImageReaderNodeParameters.class);
        }
    }

    /** How the images are stored. */
    enum Format {
        /** Find out. */
        @Label(value = "Guess", description = """
            A <tt>.tar.gz</tt>, or a folder with CIFAR-10's files, is CIFAR-10; a folder with MNIST's files is IDX; any other folder holds
            folders of classes.
            """)
        GUESS(ImageSetFormat.GUESS),

        /** One folder a class. */
        @Label(value = "Folders of classes", description = "One folder for each class, with PNG or JPEG files.")
        CLASS_FOLDERS(ImageSetFormat.CLASS_FOLDERS),

        /** CIFAR-10. */
        @Label(value = "CIFAR-10 binary", description = """
            The official binary version, as a folder or <tt>.tar.gz</tt>; 32 x 32 pixels, ten classes.
            """)
        CIFAR10_BINARY(ImageSetFormat.CIFAR10_BINARY),

        /** MNIST and its relatives. */
        @Label(value = "IDX (MNIST)", description = "A folder with the files of MNIST or one of its relatives, plain or <tt>.gz</tt>.")
        IDX(ImageSetFormat.IDX);

        final ImageSetFormat m_format;

        Format(final ImageSetFormat format) {
            m_format = format;
        }
    }

    /** Which part of the set. */
    enum Part {
        /** Training. */
        @Label(value = "Training", description = """
            The training images: those below the folder <tt>train</tt>, or the whole folder where it has neither <tt>train</tt> nor
            <tt>test</tt>; the files <tt>data_batch_1.bin</tt> and so on; the files whose names begin with <tt>train</tt>.
            """)
        TRAINING(Split.TRAINING),

        /** Test. */
        @Label(value = "Test", description = """
            The test images: those below the folder <tt>test</tt>; the file <tt>test_batch.bin</tt>; the files whose names begin with
            <tt>t10k</tt>.
            """)
        TEST(Split.TEST),

        /** Both. */
        @Label(value = "All", description = "Both parts, in one table.")
        ALL(Split.ALL);

        final Split m_split;

        Part(final Split split) {
            m_split = split;
        }
    }

    @Widget(title = "Path", description = """
        The folder that holds the set, or the <tt>.tar.gz</tt> file of CIFAR-10. Write a local path, a <tt>file:</tt> URL, or
        <tt>knime://knime.workflow/...</tt> for a place inside the workflow's folder. There is no default: without a path the node cannot
        run. Sets on other machines have to be downloaded first.
        """)
    String m_path = "";

    @Widget(title = "Format", description = "How the images are stored. The default finds out by itself.")
    Format m_format = Format.GUESS;

    @Widget(title = "Split", description = "Which part of the set to read.")
    Part m_split = Part.TRAINING;

    @Widget(title = "Classes to keep", description = """
        Names of the classes to read, with commas between them, for example <tt>cat,dog</tt>. A name that has a comma, a semicolon, an
        equals sign or a blank at an end stands between double quotes: <tt>"salt, pepper",dog</tt>. Empty, the default, reads all. Use the names
        of the set, before any are merged. A name that the set does not have is an error, which lists those it has.
        """)
    String m_classes = "";

    @Widget(title = "Images per class", description = """
        Largest number of images of each class, 0 or more. They are drawn at random with the seed. 0, the default, reads all; a class that
        has fewer is read whole. Classes that are merged count as one. Set it to try a workflow on a part of a large set.
        """)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_imagesPerClass = 0;

    @Widget(title = "Classes to merge", description = """
        Classes that become one: the new name, an equals sign and the classes, with semicolons between several, for example
        <tt>pets=cat,dog; vehicles=automobile,truck</tt>; names with special characters are quoted as above. Empty, the default, merges
        none. Each class can stand in one group only. Merging makes classes of several kinds of images, in which poison can be harder to find.
        """)
    String m_mergedClasses = "";

    @Widget(title = "Seed", description = """
        Start of the random draw, any whole number; 1 by default. The same seed draws the same images. It matters only where <i>Images per
        class</i> leaves images out.
        """)
    long m_seed = 1;

    @Widget(title = "Skip unreadable images", description = """
        Switched off, the default, an image that is damaged, cut off, too large, not readable or of another size than the first one stops
        the node with an error that names it. Switched on, such images are left out, and the node warns how many of each kind there were.
        """)
    boolean m_skipUnreadable;

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(() -> ClassMerge.parse(m_mergedClasses));
        NodeTask.configure(() -> ClassMerge.names(m_classes));
        if (m_imagesPerClass < 0) {
            throw new InvalidSettingsException("Images per class must be 0 (all) or more, not %d.".formatted(m_imagesPerClass));
        }
    }
}
