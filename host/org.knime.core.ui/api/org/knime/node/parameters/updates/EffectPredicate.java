package org.knime.node.parameters.updates;

/** A condition on other settings. The host has no dialogs and never evaluates one. */
public interface EffectPredicate {

    /** @return the condition that both hold */
    default EffectPredicate and(final EffectPredicate other) {
        return new EffectPredicate() {
        };
    }

    /** @return the condition that one of them holds */
    default EffectPredicate or(final EffectPredicate other) {
        return new EffectPredicate() {
        };
    }

    /** @return the opposite */
    default EffectPredicate negate() {
        return new EffectPredicate() {
        };
    }
}
