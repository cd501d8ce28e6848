package org.knime.core.data;

/** A cell without content. */
public interface MissingValue extends DataValue {

    /** @return why there is no content, null if unknown */
    String getError();
}
