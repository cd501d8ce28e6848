package org.knime.core.data;

/** Content of type {@code double}. */
public interface DoubleValue extends DataValue {

    /** @return the content */
    double getDoubleValue();
}
