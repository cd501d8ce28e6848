package org.spectralsignatures.nodes.injector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.nodes.table.ImageTableSpec;

/** The classes of the chosen label column, as far as the connected table's spec knows them, in natural order. */
final class ClassChoices implements StringChoicesProvider {

    /** Stands for the setting 'Label column'. */
    static final class LabelColumnReference implements ParameterReference<String> {
    }

    private Supplier<String> m_labelColumn;

    @Override
    public void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
        m_labelColumn = initializer.computeFromValueSupplier(LabelColumnReference.class);
    }

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final var choices = new ArrayList<StringChoice>();
        choices.add(new StringChoice("", "(automatic)"));
        context.getInTableSpec(0).ifPresent(spec -> {
            try {
                final String label = m_labelColumn.get();
                final List<String> classes = ImageTableSpec.of(spec, "", label == null ? "" : label).classes();
                if (classes != null) {
                    classes.stream().sorted(ClassNames.NATURAL).forEach(c -> choices.add(StringChoice.fromId(c)));
                }
            } catch (InvalidSettingsException e) { // NOSONAR
                // no such columns, no choices
            }
        });
        return choices;
    }
}
