package org.spectralsignatures.nodes.reader;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.reader.ClassMerge;

/** Settings of the node 'Labelled Image Reader'. */
final class LabelledImageReaderNodeParameters implements NodeParameters {

    /** How the images are stored. */
    enum Format {
        /** Find out. */
        @Label("Guess")
        GUESS,

        /** One folder a class. */
        @Label("Folders of classes")
        CLASS_FOLDERS,

        /** CIFAR-10. */
        @Label("CIFAR-10 binary")
        CIFAR10_BINARY,

        /** MNIST and its relatives. */
        @Label("IDX (MNIST)")
        IDX
    }

    /** Which part of the set. */
    enum Part {
        /** Training. */
        @Label("Training")
        TRAINING,

        /** Test. */
        @Label("Test")
        TEST,

        /** Both. */
        @Label("All")
        ALL
    }

    @Widget(title = "Path", description = "A folder, or a <tt>.tar.gz</tt> of CIFAR-10. A local path, a <tt>file:</tt> URL or <tt>knime://knime.workflow/...</tt> for a place inside the workflow.")
    String m_path = "";

    @Widget(title = "Format", description = "How the images are stored.")
    Format m_format = Format.GUESS;

    @Widget(title = "Split", description = "Which part of the set to read. Folders of classes may lie below folders <tt>train</tt> and <tt>test</tt>; where they do not, the whole folder counts as training images.")
    Part m_split = Part.TRAINING;

    @Widget(title = "Classes to keep", description = "Names with commas between them. Empty keeps all.")
    String m_classes = "";

    @Widget(title = "Images per class", description = "At most so many images of each class, drawn at random with the seed. 0 reads all.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_imagesPerClass = 0;

    @Widget(title = "Classes to merge", description = "Classes that become one, for example <tt>pets=cat,dog; vehicles=automobile,truck</tt>.")
    String m_mergedClasses = "";

    @Widget(title = "Seed", description = "Decides which images are drawn.")
    long m_seed = 1;

    @Widget(title = "Skip unreadable images", description = "Leaves out images that are damaged or of another size, with a warning, instead of failing.")
    boolean m_skipUnreadable;

    @Override
    public void validate() throws InvalidSettingsException {
        NodeTask.configure(() -> ClassMerge.parse(m_mergedClasses));
        if (m_imagesPerClass < 0) {
            throw new InvalidSettingsException("Images per class must be 0 (all) or more, not %d.".formatted(m_imagesPerClass));
        }
    }
}
