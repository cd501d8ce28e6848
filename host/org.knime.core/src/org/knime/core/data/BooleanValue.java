package org.knime.core.data;

/** Content of type {@code boolean}. */
public interface BooleanValue extends DataValue {

    /** @return the content */
    boolean getBooleanValue();
}
