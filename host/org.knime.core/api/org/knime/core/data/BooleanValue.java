package org.knime.core.data;

import org.knime.core.data.convert.DataValueAccessMethod;

/** Content of type {@code boolean}. */
public interface BooleanValue extends DataValue {

    /** @return the content */
    @DataValueAccessMethod(name = "Boolean")
    boolean getBooleanValue();
}
