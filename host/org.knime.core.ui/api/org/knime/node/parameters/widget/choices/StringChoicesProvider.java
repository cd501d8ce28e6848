package org.knime.node.parameters.widget.choices;

import java.util.List;

import org.knime.node.parameters.NodeParametersInput;

/** Computes the choices of a text setting; one of its two last methods has to be implemented. */
public non-sealed interface StringChoicesProvider extends ChoicesStateProvider<StringChoice> {

    @Override
    default void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
    }

    /** @return the choices, shown as they are saved */
    default List<String> choices(final NodeParametersInput context) {
        throw new IllegalStateException("Neither choices nor computeState is implemented by " + getClass().getName() + ".");
    }

    @Override
    default List<StringChoice> computeState(final NodeParametersInput context) {
        return choices(context).stream().map(StringChoice::fromId).toList();
    }
}
