package org.knime.node.parameters.updates;

import java.util.function.Supplier;

import org.knime.node.parameters.NodeParametersInput;

/** Computes something that a dialog shows. */
public interface StateProvider<S> {

    /** When to compute it. */
    interface StateProviderInitializer {

        /** Before the dialog opens. */
        void computeBeforeOpenDialog();

        /** Whenever a setting has changed, too. @return its value */
        <T> Supplier<T> computeFromValueSupplier(Class<? extends ParameterReference<T>> ref);
    }

    /** Says when to compute it. */
    void init(StateProviderInitializer initializer);

    /** @return what the dialog shows */
    S computeState(NodeParametersInput parametersInput);
}
