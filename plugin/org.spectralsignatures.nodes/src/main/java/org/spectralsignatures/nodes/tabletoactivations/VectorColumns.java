package org.spectralsignatures.nodes.tabletoactivations;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.nodes.tabletoactivations.TableToActivationsNodeParameters.Values;
import org.spectralsignatures.reader.ClassMerge;

/**
 * The columns of a table that hold the vectors of its rows.
 *
 * @param spec the table's columns
 * @param list index of the column of lists or vectors, -1 where values stand in columns of their own
 * @param numbers indices of these, in their order
 */
record VectorColumns(DataTableSpec spec, int list, int[] numbers) { // NOSONAR never compared

    private static final int MOST_VALUES = 1 << 28;

    /** @throws InvalidSettingsException if there are none such, or it is not clear which */
    static VectorColumns of(final DataTableSpec spec, final TableToActivationsNodeParameters parameters) throws InvalidSettingsException {
        return parameters.m_values == Values.LIST ? new VectorColumns(spec, list(spec, parameters.m_listColumn), new int[0])
            : new VectorColumns(spec, -1, numbers(spec, ClassMerge.names(parameters.m_numberColumns)));
    }

    /** @return names of the columns of vectors: of lists and doubles, then of counts and bits */
    static List<String> vectors(final DataTableSpec spec) {
        final var names = new ArrayList<>(columns(spec, VectorCells::areLists));
        names.addAll(columns(spec, VectorCells::areCounts));
        return names;
    }

    private static List<String> columns(final DataTableSpec spec, final Predicate<DataType> wanted) {
        return spec.stream().filter(column -> wanted.test(column.getType())).map(DataColumnSpec::getName).toList();
    }

    private static int list(final DataTableSpec spec, final String name) throws InvalidSettingsException {
        final List<String> vectors = vectors(spec);
        if (!name.isEmpty()) {
            if (!vectors.contains(name)) {
                throw new InvalidSettingsException("The table has no column '%s' of lists of numbers or of vectors. Such columns are: %s.".formatted(name,
                    vectors.isEmpty() ? "none" : String.join(", ", vectors)));
            }
            return spec.findColumnIndex(name);
        }
        // counts and bits are taken where there is nothing else, so that a fingerprint beside an embedding leaves no doubt
        final List<String> lists = columns(spec, VectorCells::areLists);
        final List<String> likely = lists.isEmpty() ? vectors : lists;
        if (likely.size() != 1) {
            throw new InvalidSettingsException(likely.isEmpty()
                ? "The table has no column of lists of numbers or of vectors. If the values stand in columns of numbers, set 'Values' to these. Its columns are: %s."
                    .formatted(String.join(", ", spec.getColumnNames()))
                : "It is not clear which column holds the vectors: choose 'List column' among %s.".formatted(String.join(", ", likely)));
        }
        return spec.findColumnIndex(likely.get(0));
    }

    private static int[] numbers(final DataTableSpec spec, final List<String> wanted) throws InvalidSettingsException {
        final List<String> numbers = columns(spec, VectorCells::isNumber);
        final List<Pattern> patterns = wanted.stream().map(VectorColumns::pattern).toList();
        for (int i = 0; i < patterns.size(); i++) {
            if (numbers.stream().noneMatch(patterns.get(i).asMatchPredicate())) {
                throw new InvalidSettingsException("The table has no column '%s' of numbers, which 'Number columns' names. Its columns of numbers are: %s."
                    .formatted(wanted.get(i), numbers.isEmpty() ? "none" : String.join(", ", numbers.subList(0, Math.min(20, numbers.size())))));
            }
        }
        final int[] found = numbers.stream().filter(name -> patterns.isEmpty() || patterns.stream().anyMatch(p -> p.matcher(name).matches()))
            .mapToInt(spec::findColumnIndex).toArray();
        if (found.length == 0) {
            throw new InvalidSettingsException("The table has no columns of numbers. Its columns are: %s.".formatted(String.join(", ", spec.getColumnNames())));
        }
        return found;
    }

    private static Pattern pattern(final String name) {
        return Pattern.compile(Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }

    /** @return indices of all of them */
    IntStream indices() {
        return list < 0 ? Arrays.stream(numbers) : IntStream.of(list);
    }

    /** @return number of values of a row, -1 if that is not known before the rows are read */
    int dimensions() {
        return list < 0 ? numbers.length : -1;
    }

    /** @return number of values of this row */
    int dimensions(final DataRow row) throws IOException {
        final long length = list < 0 ? numbers.length : VectorCells.length(vector(row));
        if (length < 1 || length > MOST_VALUES) {
            throw new IOException("Row '%s', column '%s': the vector has %d values, but must have 1 to %d.".formatted(row.getKey().getString(), describe(), length,
                MOST_VALUES));
        }
        return (int)length;
    }

    /** @return what the vectors are called */
    String describe() {
        return list >= 0 ? spec.getColumnSpec(list).getName()
            : numbers.length == 1 ? spec.getColumnSpec(numbers[0]).getName()
                : "%s to %s".formatted(spec.getColumnSpec(numbers[0]).getName(), spec.getColumnSpec(numbers[numbers.length - 1]).getName());
    }

    /** Copies the values of a row. */
    void read(final DataRow row, final float[] to) throws IOException {
        if (list < 0) {
            for (int i = 0; i < numbers.length; i++) {
                to[i] = number(row, numbers[i]);
            }
            return;
        }
        final DataCell vector = vector(row);
        if (VectorCells.length(vector) != to.length) {
            throw new IOException("Row '%s', column '%s': the vector has %d values, but that of the first row has %d. All must have as many."
                .formatted(row.getKey().getString(), describe(), VectorCells.length(vector), to.length));
        }
        final int missing = VectorCells.copy(vector, to);
        if (missing >= 0) {
            throw missing(row, list, "value " + (missing + 1));
        }
    }

    private DataCell vector(final DataRow row) throws IOException {
        final DataCell cell = row.getCell(list);
        if (cell.isMissing()) {
            throw missing(row, list, "the vector");
        }
        return cell;
    }

    private float number(final DataRow row, final int column) throws IOException {
        final DataCell cell = row.getCell(column);
        if (cell.isMissing()) {
            throw missing(row, column, "the value");
        }
        return (float)((DoubleValue)cell).getDoubleValue();
    }

    private IOException missing(final DataRow row, final int column, final String what) {
        return new IOException("Row '%s', column '%s': %s is missing. Replace it or remove the row first.".formatted(row.getKey().getString(),
            spec.getColumnSpec(column).getName(), what));
    }
}
