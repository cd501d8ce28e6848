package org.spectralsignatures.nodes.activationstotable;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;

/** Settings of the node 'Activations to Table'. */
@Migration(ActivationsToTableNodeParameters.Saved.class)
final class ActivationsToTableNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<ActivationsToTableNodeParameters> {
        Saved() {
            super(ActivationsToTableNodeParameters.class);
        }
    }

    /** How values are laid out. */
    enum Values {
        /** In one. */
        @Label(value = "In one column of lists", description = "A list of doubles for each row.")
        LIST,

        /** In many. */
        @Label(value = "In columns of numbers", description = "A column of doubles for each value, at most 10,000.")
        NUMBERS
    }

    @Widget(title = "Values", description = "How the values of a vector are laid out.")
    Values m_values = Values.LIST;

    @Override
    protected void check() throws InvalidSettingsException {
        // each choice suits all activations but the largest
    }
}
