package org.knime.node.parameters.widget.number;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** A number with bounds that a dialog checks; the base classes stand for no bound. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface NumberInputWidget {

    /** @return the lower bound */
    Class<? extends MinValidation> minValidation() default MinValidation.class;

    /** @return the upper bound */
    Class<? extends MaxValidation> maxValidation() default MaxValidation.class;
}
