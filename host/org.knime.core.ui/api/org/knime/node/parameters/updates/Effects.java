package org.knime.node.parameters.updates;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Several effects on one setting. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Effects {

    /** @return the effects */
    Effect[] value();
}
