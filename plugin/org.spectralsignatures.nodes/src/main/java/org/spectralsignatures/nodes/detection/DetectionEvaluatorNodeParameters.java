package org.spectralsignatures.nodes.detection;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;

/** Settings of the node 'Detection Evaluator'. */
final class DetectionEvaluatorNodeParameters implements NodeParameters {

    @Widget(title = "Poisoned column", description = "The column of the images that flags poison.")
    String m_poisonedColumn = "Poisoned";

    @Widget(title = "Name", description = "Row ID of the results, to tell several detections apart; where more than one class holds poison, the class follows it.")
    String m_name = "scores";

    @Override
    public void validate() throws InvalidSettingsException {
        if (m_name.isBlank()) {
            throw new InvalidSettingsException("The name of the results is empty: set 'Name'.");
        }
    }
}
