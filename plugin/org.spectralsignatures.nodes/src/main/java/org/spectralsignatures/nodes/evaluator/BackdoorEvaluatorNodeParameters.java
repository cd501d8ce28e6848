package org.spectralsignatures.nodes.evaluator;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;

/** Settings of the node 'Backdoor Evaluator'. */
final class BackdoorEvaluatorNodeParameters implements NodeParameters {

    @Widget(title = "Image column", description = "The column of PNG images. Automatic takes the first one.")
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = "The column of class labels. Automatic takes Label, or else the last column of strings.")
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Poisoned column", description = "The column of the kept images that flags poison.")
    String m_poisonedColumn = "Poisoned";

    @Widget(title = "Target class", description = "The class that marked images are to be taken for. Empty takes it from the marked images.")
    String m_targetClass = "";

    @Widget(title = "Name", description = "Row ID of the summary, to tell several attacks apart.")
    @Migrate(loadDefaultIfAbsent = true)
    String m_name = "attack";

    @Widget(title = "Batch size", description = "Images at a time. A larger batch needs more memory and changes nothing else.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_batchSize = 250;

    @Override
    public void validate() throws InvalidSettingsException {
        if (m_name.isBlank()) {
            throw new InvalidSettingsException("The name of the summary's row is empty: set 'Name'.");
        }
        if (m_batchSize < 1) {
            throw new InvalidSettingsException("The batch size must be at least 1, not %d.".formatted(m_batchSize));
        }
    }
}
