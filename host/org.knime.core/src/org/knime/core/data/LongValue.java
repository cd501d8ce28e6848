package org.knime.core.data;

/** Content of type {@code long}. */
public interface LongValue extends DataValue {

    /** @return the content */
    long getLongValue();
}
