package org.spectralsignatures.nodes.transfer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.DeviceChoice;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.transfer.HeadOptions;
import org.spectralsignatures.transfer.TransferOptions;

/** Settings of the node 'Transfer Learner'. */
@Migration(TransferLearnerNodeParameters.Saved.class)
final class TransferLearnerNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<TransferLearnerNodeParameters> {
        Saved() {
            super(TransferLearnerNodeParameters.class);
        }
    }

    /** How activations become a vector. */
    enum LayerPooling {
        /** As they are. */
        @Label(value = "Flatten", description = """
            All values of the layer, channels times height times width of them: the classifier sees where in the image something is, a small mark
            among it.
            """)
        FLATTEN(Pooling.FLATTEN),

        /** Averaged. */
        @Label(value = "Global average", description = """
            The mean of each channel over the pixels, as in most networks before their last layer: few values, from which a small mark is hardly
            seen.
            """)
        GLOBAL_AVERAGE(Pooling.GLOBAL_AVERAGE);

        final Pooling m_pooling;

        LayerPooling(final Pooling pooling) {
            m_pooling = pooling;
        }
    }

    @Widget(title = "Image column", description = ImageColumnChoices.DESCRIPTION)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = LabelColumnChoices.DESCRIPTION)
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Layer", description = """
        The layer that the classifier is put on; what lies behind it is left away. The list shows the layers of the connected network from
        first to last, with channels, height and width. <i>(default)</i> takes the last layer before height and width shrink for the last time, which
        has seen less of the classes that the network was trained on, and more of the image, than those behind it.
        """)
    @ChoicesProvider(BodyLayerChoices.class)
    String m_layer = "";

    @Widget(title = "Pooling", description = "How the activations of the layer become a vector.")
    LayerPooling m_pooling = LayerPooling.FLATTEN;

    @Widget(title = "Hidden units", description = """
        Units of a layer between the network's and that of the classes, 0 to 4096. With 0, the default, the classifier is a softmax regression (multinomial
        logistic regression), which with <i>Flatten</i> is enough. With <i>Global average</i> 64 or more help if the training accuracy stays low.
        """)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_hiddenUnits = 0;

    @Widget(title = "Epochs", description = """
        The most steps of the optimiser, 1 or more; 300 by default. Each looks at all images, once or a few times. The training ends before if
        the loss no longer falls.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_epochs = 300;

    @Widget(title = "Weight decay", description = """
        Penalty on large weights of the classifier, 0 (none) to 1000 (ridge, or L2): the more, the less single images count. The default, 0.001, lets it
        learn nearly all training images, and with them a backdoor that is there and seen by the layer.
        """)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double m_weightDecay = 0.001;

    @Widget(title = "Batch size", description = """
        Number of images that the network computes at a time, 1 or more; 250 by default. It changes nothing but the memory that is needed;
        of large images fewer are computed at a time.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_batchSize = 250;

    @Widget(title = "Seed", description = """
        Start of what is random, any whole number; 1 by default: the first weights of the hidden units. Without hidden units nothing is.
        """)
    long m_seed = 1;

    @Widget(title = DeviceChoice.TITLE, description = DeviceChoice.DESCRIPTION)
    @Migration(DeviceChoice.AsBefore.class)
    DeviceChoice m_device = DeviceChoice.AUTOMATIC;

    TransferOptions options() {
        return new TransferOptions(m_layer, m_pooling.m_pooling, m_batchSize, new HeadOptions(m_hiddenUnits, m_epochs, m_weightDecay, m_seed), m_device.device());
    }

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(this::options);
    }
}
