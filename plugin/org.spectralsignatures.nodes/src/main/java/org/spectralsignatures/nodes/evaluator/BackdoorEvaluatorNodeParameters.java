package org.spectralsignatures.nodes.evaluator;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.DeviceChoice;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;

/** Settings of the node 'Backdoor Evaluator'. */
@Migration(BackdoorEvaluatorNodeParameters.Saved.class)
final class BackdoorEvaluatorNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<BackdoorEvaluatorNodeParameters> {
        Saved() {
            super(BackdoorEvaluatorNodeParameters.class);
        }
    }

    @Widget(title = "Image column", description = """
        The column of the test images that holds the images, as PNG; the same in both tables. <i>(automatic)</i>, the default, takes the
        column <i>Image</i>, or the first such column, with a warning if there are several.
        """)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = """
        The column of the test images that holds their classes, as strings; the same in both tables. <i>(automatic)</i>, the default,
        takes the column <i>Label</i>; if there is none, the only one that is named like it (<i>class</i>, <i>target</i>, <i>category</i>),
        or the only one of few values, with a warning.
        """)
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Poisoned column", description = """
        The boolean column of the kept and of the poisoned training images that flags poison. <i>Poisoned</i>, the default, is the one
        that the Backdoor Injector makes; where it is absent the numbers of poisoned images are missing.
        """)
    String m_poisonedColumn = "Poisoned";

    @Widget(title = "Target class", description = """
        The class that marked images are to be taken for. Empty, the default, takes it from the marked images, which know it from the
        Trigger Applier. Set it if other nodes stand between.
        """)
    String m_targetClass = "";

    @Widget(title = "Name", description = """
        Row ID of this attack in the summary; <i>attack</i> by default. It must not be empty, and differ from the names in an earlier
        summary.
        """)
    @Migrate(loadDefaultIfAbsent = true)
    String m_name = "attack";

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
        if (m_name.isBlank()) {
            throw new InvalidSettingsException("The name of the summary's row is empty: set 'Name'.");
        }
        NodeTask.configure(() -> Batch.size(m_batchSize));
    }
}
