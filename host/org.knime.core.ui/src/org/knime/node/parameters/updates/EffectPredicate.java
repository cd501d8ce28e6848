package org.knime.node.parameters.updates;

/** A condition on other settings. The host has no dialogs and never evaluates one. */
public interface EffectPredicate {
}
