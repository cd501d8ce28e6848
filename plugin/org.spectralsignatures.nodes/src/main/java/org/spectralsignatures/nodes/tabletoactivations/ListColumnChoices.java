package org.spectralsignatures.nodes.tabletoactivations;

import java.util.ArrayList;
import java.util.List;

import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The columns of lists of numbers and of vectors, after the choice to find it. */
final class ListColumnChoices implements StringChoicesProvider {

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final var choices = new ArrayList<StringChoice>();
        choices.add(new StringChoice("", "(automatic)"));
        if (context.getInPortSpecs()[0] instanceof DataTableSpec spec) {
            VectorColumns.vectors(spec).forEach(name -> choices.add(StringChoice.fromId(name)));
        }
        return choices;
    }
}
