package org.knime.node.parameters.persistence;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a setting is saved, where its field's name does not say it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Persist {

    /** @return the key; empty for the field's name without {@code m_} */
    String configKey() default "";

    /** @return whether the key marks the setting as internal, which hides it from the list of settings for flow variables */
    boolean hidden() default false;
}
