package org.spectralsignatures.nodes.detection;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;

/** Settings of the node 'Detection Evaluator'. */
@Migration(DetectionEvaluatorNodeParameters.Saved.class)
final class DetectionEvaluatorNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<DetectionEvaluatorNodeParameters> {
        Saved() {
            super(DetectionEvaluatorNodeParameters.class);
        }
    }

    @Widget(title = "Poisoned column", description = """
        The boolean column of the images that flags poison. <i>Poisoned</i>, the default, is the one that the Backdoor Injector makes.
        """)
    String m_poisonedColumn = "Poisoned";

    @Widget(title = "Name", description = """
        Row ID of this result in the detection table; <i>scores</i> by default. Where more than one class holds poison the class is added
        to it. It must not be empty, and differ from the names in an earlier table.
        """)
    String m_name = "scores";

    @Override
    protected void check() throws InvalidSettingsException {
        if (m_name.isBlank()) {
            throw new InvalidSettingsException("The name of the results is empty: set 'Name'.");
        }
    }
}
