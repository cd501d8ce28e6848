package org.knime.core.data;

import org.knime.core.data.convert.DataValueAccessMethod;

/** Content of type {@code double}. */
public interface DoubleValue extends DataValue {

    /** @return the content */
    @DataValueAccessMethod(name = "Double")
    double getDoubleValue();
}
