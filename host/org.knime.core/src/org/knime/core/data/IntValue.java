package org.knime.core.data;

/** Content of type {@code int}. */
public interface IntValue extends DataValue {

    /** @return the content */
    int getIntValue();
}
