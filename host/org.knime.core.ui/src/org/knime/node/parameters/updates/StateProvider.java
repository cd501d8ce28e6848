package org.knime.node.parameters.updates;

import org.knime.node.parameters.NodeParametersInput;

/** Computes something that a dialog shows. */
public interface StateProvider<S> {

    /** When to compute it. */
    interface StateProviderInitializer {

        /** Before the dialog opens. */
        void computeBeforeOpenDialog();
    }

    /** Says when to compute it. */
    void init(StateProviderInitializer initializer);

    /** @return what the dialog shows */
    S computeState(NodeParametersInput parametersInput);
}
