package org.spectralsignatures.nodes.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The columns of one kind at the node's first table, after the choice to guess. */
abstract class ColumnChoices implements StringChoicesProvider {

    private static final int PORTS = 3;

    private final Predicate<DataType> m_kind;

    ColumnChoices(final Predicate<DataType> kind) {
        m_kind = kind;
    }

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final var choices = new ArrayList<StringChoice>();
        choices.add(new StringChoice("", "(automatic)"));
        for (int port = 0; port < Math.min(PORTS, context.getInPortSpecs().length); port++) {
            if (context.getInPortSpecs()[port] instanceof DataTableSpec spec) {
                spec.stream().filter(c -> m_kind.test(c.getType())).forEach(c -> choices.add(StringChoice.fromId(c.getName())));
                break;
            }
        }
        return choices;
    }
}
