package org.spectralsignatures.nodes.table;

import java.util.ArrayList;
import java.util.List;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The columns of strings at the node's first table, after the choice to guess. */
public class LabelColumnChoices implements StringChoicesProvider {

    private static final int PORTS = 3;

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final var choices = new ArrayList<StringChoice>();
        choices.add(new StringChoice("", "(automatic)"));
        for (int port = 0; port < PORTS; port++) {
            final var spec = context.getInPortSpec(port).filter(DataTableSpec.class::isInstance).map(DataTableSpec.class::cast);
            if (spec.isPresent()) {
                spec.get().stream().filter(c -> c.getType().isCompatible(StringValue.class))
                    .forEach(c -> choices.add(StringChoice.fromId(c.getName())));
                break;
            }
        }
        return choices;
    }
}
