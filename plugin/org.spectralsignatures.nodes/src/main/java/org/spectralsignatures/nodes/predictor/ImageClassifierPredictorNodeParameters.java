package org.spectralsignatures.nodes.predictor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.DeviceChoice;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;

/** Settings of the node 'Image Classifier Predictor'. */
@Migration(ImageClassifierPredictorNodeParameters.Saved.class)
final class ImageClassifierPredictorNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<ImageClassifierPredictorNodeParameters> {
        Saved() {
            super(ImageClassifierPredictorNodeParameters.class);
        }
    }

    @Widget(title = "Image column", description = ImageColumnChoices.DESCRIPTION)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

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
