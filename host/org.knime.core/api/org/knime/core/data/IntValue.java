package org.knime.core.data;

import org.knime.core.data.convert.DataValueAccessMethod;

/** Content of type {@code int}. */
public interface IntValue extends DataValue {

    /** @return the content */
    @DataValueAccessMethod(name = "Integer")
    int getIntValue();
}
