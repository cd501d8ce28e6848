package org.knime.node.parameters.updates;

import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Shows or enables a setting depending on others. */
@Repeatable(Effects.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface Effect {

    /** What happens while the condition holds. */
    enum EffectType {

        /** It can be changed. */
        ENABLE,

        /** It cannot be changed. */
        DISABLE,

        /** It is visible. */
        SHOW,

        /** It is invisible. */
        HIDE
    }

    /** @return the condition */
    Class<? extends EffectPredicateProvider> predicate();

    /** @return what happens while it holds */
    EffectType type();
}
