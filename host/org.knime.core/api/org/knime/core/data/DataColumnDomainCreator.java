package org.knime.core.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Makes a {@link DataColumnDomain}. */
public class DataColumnDomainCreator {

    private Set<DataCell> m_values;

    private DataCell m_lower;

    private DataCell m_upper;

    /** Nothing is known. */
    public DataColumnDomainCreator() {
        // all null
    }

    /** @param values the possible values in order */
    public DataColumnDomainCreator(final DataCell[] values) {
        setValues(new LinkedHashSet<>(Arrays.asList(values)));
    }

    /** @param values the possible values in order */
    public DataColumnDomainCreator(final Set<? extends DataCell> values) {
        setValues(values);
    }

    /** The bounds are known. */
    public DataColumnDomainCreator(final DataCell lowerBound, final DataCell upperBound) {
        m_lower = lowerBound;
        m_upper = upperBound;
    }

    /** @param values the possible values in order, null if unknown */
    public void setValues(final Set<? extends DataCell> values) {
        m_values = values == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    /** @param lower the smallest value */
    public void setLowerBound(final DataCell lower) {
        m_lower = lower;
    }

    /** @param upper the largest value */
    public void setUpperBound(final DataCell upper) {
        m_upper = upper;
    }

    /** @return the domain */
    public DataColumnDomain createDomain() {
        return new DataColumnDomain(m_lower, m_upper, m_values);
    }
}
