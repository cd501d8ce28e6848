package org.spectralsignatures.nodes.extractor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.DeviceChoice;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.representation.Pooling;

/** Settings of the node 'Layer Activation Extractor'. */
@Migration(LayerActivationExtractorNodeParameters.Saved.class)
final class LayerActivationExtractorNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<LayerActivationExtractorNodeParameters> {
        Saved() {
            super(LayerActivationExtractorNodeParameters.class);
        }
    }

    /** How activations become a vector. */
    enum LayerPooling {
        /** As they are. */
        @Label(value = "Flatten", description = """
            All values of the layer, channels times height times width of them (the paper). Separates best.
            """)
        FLATTEN(Pooling.FLATTEN),

        /** Averaged. */
        @Label(value = "Global average", description = """
            The mean of each channel over the pixels. A much smaller file, and quicker scores; a little less sharp.
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
        The layer to look at. The list shows the layers of the connected network from first to last, with channels, height and width.
        <i>(default)</i> takes the layer that the paper's authors use where the network has it, else the output of the last unit; of a VGG
        the last activation before the average. <i>images</i> stands for the images themselves.
        """)
    @ChoicesProvider(LayerChoices.class)
    String m_layer = "";

    @Widget(title = "Pooling", description = "How the activations of the layer become a vector.")
    LayerPooling m_pooling = LayerPooling.FLATTEN;

    @Widget(title = "Batch size", description = """
        Number of images that are computed at a time, 1 or more. A larger batch needs more memory and may be a little quicker; it changes
        nothing else. The default of 250 suits images of 32 x 32 pixels; lower it if the memory does not suffice.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_batchSize = 250;

    @Widget(title = DeviceChoice.TITLE, description = DeviceChoice.DESCRIPTION)
    @Migration(DeviceChoice.AsBefore.class)
    DeviceChoice m_device = DeviceChoice.AUTOMATIC;

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(() -> Batch.size(m_batchSize));
    }
}
