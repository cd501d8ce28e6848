package org.knime.core.data;

import org.knime.core.data.convert.DataValueAccessMethod;

/** Content of type {@code String}. */
public interface StringValue extends DataValue {

    /** @return the content */
    @DataValueAccessMethod(name = "String")
    String getStringValue();
}
