package org.knime.core.data;

import java.util.Objects;

/** The identifier of a row, unique in its table. */
public final class RowKey {

    private final String m_id;

    /** @param id the identifier */
    public RowKey(final String id) {
        m_id = Objects.requireNonNull(id, "A row key must not be null.");
    }

    /** @return the identifier */
    public String getString() {
        return m_id;
    }

    /** @return the key that tables without keys of their own give to a row */
    public static RowKey createRowKey(final long rowIndex) {
        return new RowKey("Row" + rowIndex);
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof RowKey other && m_id.equals(other.m_id);
    }

    @Override
    public int hashCode() {
        return m_id.hashCode();
    }

    @Override
    public String toString() {
        return m_id;
    }
}
