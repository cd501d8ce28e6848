package org.knime.core.data;

import org.knime.core.data.convert.DataValueAccessMethod;

/** Content of type {@code long}. */
public interface LongValue extends DataValue {

    /** @return the content */
    @DataValueAccessMethod(name = "Long")
    long getLongValue();
}
