package org.knime.core.data.container;

import java.util.LinkedHashSet;
import java.util.Set;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.BoundedValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.NominalValue;

/**
 * Collects the domain of a column while its table grows: bounds of bounded values, and the possible values of nominal ones up to
 * {@value #MAX_VALUES}. It starts with what the column's spec says already.
 */
final class ColumnDomain {

    /** KNIME's default: a column with more values has no list of them. */
    static final int MAX_VALUES = 60;

    private final DataColumnSpec m_spec;

    private final boolean m_bounded;

    private Set<DataCell> m_values;

    private DataCell m_lower;

    private DataCell m_upper;

    ColumnDomain(final DataColumnSpec spec, final boolean init) {
        m_spec = spec;
        m_bounded = spec.getType().isCompatible(BoundedValue.class);
        if (spec.getType().isCompatible(NominalValue.class)) {
            m_values = new LinkedHashSet<>();
            if (init && spec.getDomain().hasValues()) {
                m_values.addAll(spec.getDomain().getValues());
            }
        }
        if (m_bounded && init) {
            m_lower = spec.getDomain().getLowerBound();
            m_upper = spec.getDomain().getUpperBound();
        }
    }

    void update(final DataCell cell) {
        if (cell.isMissing()) {
            return;
        }
        if (m_values != null && m_values.add(cell) && m_values.size() > MAX_VALUES) {
            m_values = null;
        }
        if (m_bounded && !(cell instanceof DoubleValue number && Double.isNaN(number.getDoubleValue()))) {
            m_lower = m_lower == null || compare(cell, m_lower) < 0 ? cell : m_lower;
            m_upper = m_upper == null || compare(cell, m_upper) > 0 ? cell : m_upper;
        }
    }

    private static int compare(final DataCell a, final DataCell b) {
        if (a instanceof BooleanValue x && b instanceof BooleanValue y) {
            return Boolean.compare(x.getBooleanValue(), y.getBooleanValue());
        } else if (a instanceof LongValue x && b instanceof LongValue y) {
            return Long.compare(x.getLongValue(), y.getLongValue());
        }
        return Double.compare(((DoubleValue)a).getDoubleValue(), ((DoubleValue)b).getDoubleValue());
    }

    /** @return the column with its domain */
    DataColumnSpec createSpec() {
        final var domain = new DataColumnDomainCreator();
        final boolean nominal = m_spec.getType().isCompatible(NominalValue.class);
        domain.setValues(nominal ? m_values : m_spec.getDomain().getValues());
        domain.setLowerBound(m_bounded ? m_lower : m_spec.getDomain().getLowerBound());
        domain.setUpperBound(m_bounded ? m_upper : m_spec.getDomain().getUpperBound());
        final var creator = new DataColumnSpecCreator(m_spec);
        creator.setDomain(domain.createDomain());
        return creator.createSpec();
    }
}
