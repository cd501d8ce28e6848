package org.spectralsignatures.nodes.extractor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;

/** Settings of the node 'Layer Activation Extractor'. */
final class LayerActivationExtractorNodeParameters implements NodeParameters {

    /** How activations become a vector. */
    enum LayerPooling {
        /** As they are. */
        @Label(value = "Flatten", description = "All values of the layer (the paper).")
        FLATTEN,

        /** Averaged. */
        @Label(value = "Global average", description = "The mean of each channel: much smaller, a little less sharp.")
        GLOBAL_AVERAGE
    }

    @Widget(title = "Image column", description = "The column of PNG images. Automatic takes the first one.")
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = "The column of class labels. Automatic takes Label, or else the last column of strings.")
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Layer", description = "The layer to look at. Default is the one that the paper's authors use, where the network has it.")
    @ChoicesProvider(LayerChoices.class)
    String m_layer = "";

    @Widget(title = "Pooling", description = "How the activations of the layer become a vector.")
    LayerPooling m_pooling = LayerPooling.FLATTEN;

    @Widget(title = "Batch size", description = "Images at a time. A larger batch needs more memory and changes nothing else.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_batchSize = 250;

    @Override
    public void validate() throws InvalidSettingsException {
        if (m_batchSize < 1) {
            throw new InvalidSettingsException("The batch size must be at least 1, not %d.".formatted(m_batchSize));
        }
    }
}
