package org.knime.core.data;

/** Content of type {@code String}. */
public interface StringValue extends DataValue {

    /** @return the content */
    String getStringValue();
}
