package org.spectralsignatures.nodes.auditor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.DeviceChoice;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;

/** Settings of the node 'Backdoor Auditor'. */
@Migration(BackdoorAuditorNodeParameters.Saved.class)
final class BackdoorAuditorNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<BackdoorAuditorNodeParameters> {
        Saved() {
            super(BackdoorAuditorNodeParameters.class);
        }
    }

    @Widget(title = "Image column", description = ImageColumnChoices.DESCRIPTION)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = LabelColumnChoices.DESCRIPTION)
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Significance level", description = """
        The probability that any class of a clean set is called poisoned, above 0 and below 1; 0.01 by default. It counts for the whole set,
        however many classes there are. A lower level raises fewer false alarms and needs more poison to find it.
        """)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double m_level = AuditOptions.DEFAULT_LEVEL;

    @Widget(title = "Batch size", description = """
        Number of images that are computed at a time, 1 or more. A larger batch needs more memory and may be a little quicker; it changes
        nothing else. The default of 250 suits images of 32 x 32 pixels; lower it if the memory does not suffice.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_batchSize = 250;

    @Widget(title = "Seed", description = """
        Start of everything random, any whole number; 1 by default. It decides which images of other classes the marks are put on.
        """)
    long m_seed = 1;

    @Widget(title = DeviceChoice.TITLE, description = DeviceChoice.DESCRIPTION)
    @Migration(DeviceChoice.AsBefore.class)
    DeviceChoice m_device = DeviceChoice.AUTOMATIC;

    /** The options of the library. */
    AuditOptions options() {
        return new AuditOptions(m_level, m_batchSize, m_seed);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(this::options);
    }
}
