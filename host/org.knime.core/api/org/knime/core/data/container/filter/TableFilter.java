package org.knime.core.data.container.filter;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.knime.core.data.DataTableSpec;

/** Which rows and columns of a table are read. The cells of other columns cannot be asked for. */
public final class TableFilter {

    private final Set<Integer> m_columns;

    private final Long m_from;

    private final Long m_to;

    private TableFilter(final Set<Integer> columns, final Long from, final Long to) {
        m_columns = columns;
        m_from = from;
        m_to = to;
    }

    /** @return all rows, of the given columns */
    public static TableFilter materializeCols(final int... indices) {
        return new TableFilter(Arrays.stream(indices).boxed().collect(Collectors.toUnmodifiableSet()), null, null);
    }

    /** @return the rows from one index to another, both included */
    public static TableFilter filterRangeOfRows(final long fromIndex, final long toIndex) {
        if (fromIndex < 0 || toIndex < fromIndex) {
            throw new IndexOutOfBoundsException("There are no rows from " + fromIndex + " to " + toIndex + ".");
        }
        return new TableFilter(null, fromIndex, toIndex);
    }

    /** @return the columns that are read, if not all are */
    public Optional<Set<Integer>> getMaterializeColumnIndices() {
        return Optional.ofNullable(m_columns).map(Collections::unmodifiableSet);
    }

    /** @return the first row that is read, if it is given */
    public Optional<Long> getFromRowIndex() {
        return Optional.ofNullable(m_from);
    }

    /** @return the last row that is read, if it is given */
    public Optional<Long> getToRowIndex() {
        return Optional.ofNullable(m_to);
    }

    /** @throws IndexOutOfBoundsException if a table of these columns and that size has no such row or column */
    public void validate(final DataTableSpec spec, final long size) {
        if (m_to != null && m_to >= size) {
            throw new IndexOutOfBoundsException("There is no row " + m_to + " in a table of " + size + " rows.");
        }
        if (m_columns != null && m_columns.stream().anyMatch(c -> c < 0 || c >= spec.getNumColumns())) {
            throw new IndexOutOfBoundsException("There are no columns " + m_columns + " in a table of " + spec.getNumColumns() + " columns.");
        }
    }
}
