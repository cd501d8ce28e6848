package org.knime.node.parameters.updates;

/** Makes a condition on other settings. */
@FunctionalInterface
public interface EffectPredicateProvider {

    /** @return the condition */
    EffectPredicate init(PredicateInitializer i);

    /** Gives access to other settings. */
    interface PredicateInitializer {

        /** @return a yes or no setting */
        BooleanReference getBoolean(Class<? extends ParameterReference<Boolean>> reference);

        /** @return a choice */
        <E extends Enum<E>> EnumReference<E> getEnum(Class<? extends ParameterReference<E>> reference);

        /** A yes or no setting. */
        interface BooleanReference {

            /** @return the condition that it is yes */
            EffectPredicate isTrue();

            /** @return the condition that it is no */
            EffectPredicate isFalse();
        }

        /** A choice. */
        interface EnumReference<E extends Enum<E>> {

            /** @return the condition that it is one of some values */
            @SuppressWarnings("unchecked")
            EffectPredicate isOneOf(E... values);
        }
    }
}
