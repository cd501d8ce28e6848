package org.spectralsignatures.nodes.table;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;

/**
 * A column of a table that our nodes make: its name, its type, and how a value becomes a cell and is read back. Columns are told apart
 * by their names. A table is declared as a {@link TableSchema} of such columns.
 *
 * @param <T> type of its values; null stands for a missing one
 */
public final class Column<T> {

    /** What to do where a table is not as it was declared. */
    static final String MEND = "Run the node that made the table again.";

    /** How values become cells. */
    private record Kind<T>(DataType type, Class<? extends DataValue> value, Function<T, DataCell> write, Function<DataCell, T> read) {
    }

    /**
     * A value of a column, for a row.
     *
     * @param column where it belongs
     * @param cell what stands there
     */
    public record Entry(Column<?> column, DataCell cell) {
    }

    private static final Kind<String> TEXT = new Kind<>(StringCell.TYPE, StringValue.class, StringCell::new, c -> ((StringValue)c).getStringValue());

    private static final Kind<Integer> INTEGER = new Kind<>(IntCell.TYPE, IntValue.class, IntCell::new, c -> ((IntValue)c).getIntValue());

    private static final Kind<Double> NUMBER = new Kind<>(DoubleCell.TYPE, DoubleValue.class, DoubleCell::new, c -> ((DoubleValue)c).getDoubleValue());

    private static final Kind<Double> MEASURE = new Kind<>(NUMBER.type, NUMBER.value,
        v -> Double.isNaN(v) ? DataType.getMissingCell() : new DoubleCell(v), NUMBER.read);

    private static final Kind<Boolean> FLAG =
        new Kind<>(BooleanCell.TYPE, BooleanValue.class, v -> v ? BooleanCell.TRUE : BooleanCell.FALSE, c -> ((BooleanValue)c).getBooleanValue());

    private static final Kind<DataCell> PICTURE = new Kind<>(PNGImageContent.TYPE, PNGImageValue.class, c -> c, c -> c);

    private static final Kind<float[]> VECTOR =
        new Kind<>(ListCell.getCollectionType(DoubleCell.TYPE), CollectionDataValue.class, Column::list, c -> values((CollectionDataValue)c));

    private final String m_name;

    private final Kind<T> m_kind;

    /** Tells KNIME what is known of the values. */
    private final Consumer<DataColumnSpecCreator> m_known;

    private Column(final String name, final Kind<T> kind, final Consumer<DataColumnSpecCreator> known) {
        m_name = name;
        m_kind = kind;
        m_known = known;
    }

    private static <T> Column<T> of(final String name, final Kind<T> kind) {
        return new Column<>(name, kind, creator -> { });
    }

    /** @return a column of strings */
    public static Column<String> text(final String name) {
        return of(name, TEXT);
    }

    /** @return a column of whole numbers */
    public static Column<Integer> integer(final String name) {
        return of(name, INTEGER);
    }

    /** @return a column of numbers, which stand in the table as they are, NaN too */
    public static Column<Double> number(final String name) {
        return of(name, NUMBER);
    }

    /** @return a column of numbers of which some are unknown: NaN is missing in the table */
    public static Column<Double> measure(final String name) {
        return of(name, MEASURE);
    }

    /** @return a column of truth values */
    public static Column<Boolean> flag(final String name) {
        return of(name, FLAG);
    }

    /** @return a column of lists of numbers, {@code [d]} */
    public static Column<float[]> vector(final String name) {
        return of(name, VECTOR);
    }

    private static DataCell list(final float[] values) {
        return CollectionCellFactory.createListCell(IntStream.range(0, values.length).mapToObj(i -> new DoubleCell(values[i])).toList());
    }

    private static float[] values(final CollectionDataValue list) {
        final var values = new float[list.size()];
        int i = 0;
        for (DataCell value : list) {
            values[i++] = (float)((DoubleValue)value).getDoubleValue();
        }
        return values;
    }

    /** @return a column of images, which are cells already, see {@link ImageTables#cell} */
    public static Column<DataCell> picture(final String name) {
        return of(name, PICTURE);
    }

    /** @return this column, whose domain lists these values in their order */
    public Column<T> listing(final Collection<T> values) {
        final DataCell[] cells = values.stream().map(m_kind.write).toArray(DataCell[]::new);
        return new Column<>(m_name, m_kind, m_known.andThen(creator -> creator.setDomain(new DataColumnDomainCreator(cells).createDomain())));
    }

    /** @return this column, whose domain has these bounds */
    public Column<T> within(final T lower, final T upper) {
        return new Column<>(m_name, m_kind, m_known.andThen(
            creator -> creator.setDomain(new DataColumnDomainCreator(m_kind.write.apply(lower), m_kind.write.apply(upper)).createDomain())));
    }

    /** @return this column with a fact that travels with it as the one property of the column */
    public Column<T> noting(final String property, final String fact) {
        return new Column<>(m_name, m_kind, m_known.andThen(creator -> creator.setProperties(new DataColumnProperties(Map.of(property, fact)))));
    }

    /** @return the name */
    public String name() {
        return m_name;
    }

    /** @return what KNIME is told of it */
    DataColumnSpec spec() {
        return spec(m_name);
    }

    /** As {@link #spec()}, under a name that is free: with a number where the table has such a column already, as KNIME's nodes do. */
    DataColumnSpec specBeside(final DataTableSpec others) {
        String free = m_name;
        for (int i = 1; others.containsName(free); i++) {
            free = "%s (#%d)".formatted(m_name, i);
        }
        return spec(free);
    }

    private DataColumnSpec spec(final String name) {
        final var creator = new DataColumnSpecCreator(name, m_kind.type);
        m_known.accept(creator);
        return creator.createSpec();
    }

    /**
     * @param value null for a missing one
     * @return the value for a row of a {@link TableWriter}
     */
    public Entry of(final T value) {
        return new Entry(this, value == null ? DataType.getMissingCell() : m_kind.write.apply(value));
    }

    /** @return whether a table has a column of this name whose values can be read as those of this one */
    public boolean isIn(final DataTableSpec table) {
        final DataColumnSpec column = table.getColumnSpec(m_name);
        return column != null && column.getType().isCompatible(m_kind.value);
    }

    /**
     * @param table columns of a table
     * @return index of this column among them
     * @throws IllegalArgumentException if there is none of this name, or its values are of another type
     */
    int indexIn(final DataTableSpec table) {
        if (!table.containsName(m_name)) {
            throw new IllegalArgumentException("The table has no column '%s'. Its columns are: %s. %s".formatted(m_name, String.join(", ", table.getColumnNames()), MEND));
        }
        if (!isIn(table)) {
            throw new IllegalArgumentException("The column '%s' of the table holds %s, not %s. %s".formatted(m_name, table.getColumnSpec(m_name).getType(), m_kind.type, MEND));
        }
        return table.findColumnIndex(m_name);
    }

    /** @return the value of a cell of such a column, null if it is missing */
    public T read(final DataCell cell) {
        return cell.isMissing() ? null : m_kind.read.apply(cell);
    }
}
