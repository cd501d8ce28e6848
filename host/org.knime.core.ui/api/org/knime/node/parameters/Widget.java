package org.knime.node.parameters;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.knime.node.parameters.updates.Effect;

/** A setting that is shown in the dialog and described in the node's description. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Inherited
public @interface Widget {

    /** @return the label */
    String title();

    /** @return what the setting does, as HTML */
    String description();

    /** @return whether it is hidden until advanced settings are asked for */
    boolean advanced() default false;

    /** @return when it is shown or enabled */
    Effect[] effect() default {};
}
