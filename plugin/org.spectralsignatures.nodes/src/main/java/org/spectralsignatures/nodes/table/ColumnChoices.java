package org.spectralsignatures.nodes.table;

import java.util.ArrayList;
import java.util.List;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The columns of one kind at the node's first table, after the choice to guess. */
abstract class ColumnChoices implements StringChoicesProvider {

    private static final int PORTS = 3;

    private final Class<? extends DataValue> m_value;

    ColumnChoices(final Class<? extends DataValue> value) {
        m_value = value;
    }

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final var choices = new ArrayList<StringChoice>();
        choices.add(new StringChoice("", "(automatic)"));
        for (int port = 0; port < Math.min(PORTS, context.getInPortSpecs().length); port++) {
            if (context.getInPortSpecs()[port] instanceof DataTableSpec spec) {
                spec.stream().filter(c -> c.getType().isCompatible(m_value)).forEach(c -> choices.add(StringChoice.fromId(c.getName())));
                break;
            }
        }
        return choices;
    }
}
