package org.spectralsignatures.nodes.injector;

import java.util.ArrayList;
import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.spectralsignatures.nodes.table.ImageTableSpec;

/** The classes of the connected table, as far as its spec knows them. */
final class ClassChoices implements StringChoicesProvider {

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final var choices = new ArrayList<StringChoice>();
        choices.add(new StringChoice("", "(automatic)"));
        context.getInTableSpec(0).ifPresent(spec -> {
            try {
                final List<String> classes = ImageTableSpec.of(spec, "", "").classes();
                if (classes != null) {
                    classes.forEach(c -> choices.add(StringChoice.fromId(c)));
                }
            } catch (InvalidSettingsException e) { // NOSONAR
                // no such columns, no choices
            }
        });
        return choices;
    }
}
