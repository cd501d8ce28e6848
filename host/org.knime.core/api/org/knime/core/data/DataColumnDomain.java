package org.knime.core.data;

import java.util.Objects;
import java.util.Set;

/** What is known of a column's values: those possible, in order, and their bounds. */
public final class DataColumnDomain {

    private final Set<DataCell> m_values;

    private final DataCell m_lower;

    private final DataCell m_upper;

    DataColumnDomain(final DataCell lower, final DataCell upper, final Set<DataCell> values) {
        m_lower = lower;
        m_upper = upper;
        m_values = values;
    }

    /** @return the possible values in order, null if unknown */
    public Set<DataCell> getValues() {
        return m_values;
    }

    /** @return whether the possible values are known */
    public boolean hasValues() {
        return m_values != null;
    }

    /** @return the smallest value, null if unknown */
    public DataCell getLowerBound() {
        return m_lower;
    }

    /** @return the largest value, null if unknown */
    public DataCell getUpperBound() {
        return m_upper;
    }

    /** @return whether both bounds are known */
    public boolean hasBounds() {
        return m_lower != null && m_upper != null;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataColumnDomain other && Objects.equals(m_values, other.m_values) && Objects.equals(m_lower, other.m_lower)
            && Objects.equals(m_upper, other.m_upper);
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_values, m_lower, m_upper);
    }
}
