package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** Tables by the declarations of their columns: what is written is read back, and what is wrong is named with row and column. */
class TableSchemaTest {

    private static final Column<String> NAME = Column.text("Name");

    private static final Column<Integer> AGE = Column.integer("Age");

    private static final Column<Double> WEIGHT = Column.number("Weight");

    private static final Column<Boolean> TAME = Column.flag("Tame");

    private static final TableSchema ANIMALS = TableSchema.of(NAME, AGE, WEIGHT, TAME);

    @TempDir
    Path folder;

    private ExecutionContext exec() {
        return ShownNode.context(folder);
    }

    /** A cat, a dog without an age, and an owl. */
    private BufferedDataTable animals() {
        final TableWriter writer = ANIMALS.writer(exec());
        writer.add("first", NAME.of("cat"), AGE.of(3), WEIGHT.of(4.5), TAME.of(true));
        writer.add("second", TAME.of(true), WEIGHT.of(Double.NaN), AGE.of(null), NAME.of("dog"));
        writer.add("third", NAME.of("owl"), AGE.of(1), WEIGHT.of(.5), TAME.of(false));
        return writer.table();
    }

    private BufferedDataTable table(final DataTableSpec spec, final Object[]... rows) {
        return ShownNode.table(folder, spec, List.of(rows));
    }

    private static void refused(final String message, final Executable what) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, what).getMessage());
    }

    @Test
    void whatIsWrittenInAnyOrderIsReadBack() {
        final BufferedDataTable table = animals();
        assertEquals(List.of("Name", "Age", "Weight", "Tame"), Arrays.asList(table.getDataTableSpec().getColumnNames()));
        assertTrue(ANIMALS.spec().equalStructure(table.getDataTableSpec()));
        final List<List<Object>> rows = ANIMALS.reader(table).list(row -> Arrays.asList(row.key(), row.find(NAME), row.find(AGE), row.find(WEIGHT), row.find(TAME)));
        assertEquals(List.of(List.of("first", "cat", 3, 4.5, true), Arrays.asList("second", "dog", null, Double.NaN, true), List.of("third", "owl", 1, .5, false)), rows);
    }

    @Test
    void rowsAreFoundByIndexAndFromTheFirstOn() {
        final TableReader reader = TableReader.of(animals(), NAME);
        assertEquals(List.of("cat", "dog"), reader.first(2, row -> row.get(NAME)));
        assertEquals(List.of("cat", "dog", "owl"), reader.first(9, row -> row.get(NAME)));
        assertEquals("owl", reader.at(2, 0).get(2).get(NAME));
        assertEquals(2, reader.at(2, 0).size());
        final var indices = new ArrayList<Integer>();
        reader.forEach((row, i) -> indices.add(i));
        assertEquals(List.of(0, 1, 2), indices);
    }

    @Test
    void readingStopsWhereItIsTold() {
        final var read = new ArrayList<String>();
        assertThrows(TaskCancelledException.class, () -> TableReader.of(animals(), NAME).forEach(new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // is not looked at
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                if (read.size() == 2) {
                    throw new TaskCancelledException();
                }
            }
        }, (row, i) -> read.add(row.get(NAME))));
        assertEquals(List.of("cat", "dog"), read);
    }

    @Test
    void aMeasureThatIsNoNumberIsMissing() {
        final Column<Double> measure = Column.measure("Weight");
        final TableWriter writer = TableSchema.of(measure).writer(exec());
        writer.add("a", measure.of(Double.NaN));
        writer.add("b", measure.of(2.));
        assertEquals(Arrays.asList(null, 2.), TableReader.of(writer.table(), measure).list(row -> row.find(measure)));
    }

    @Test
    void valuesOfAnotherTypeThatIsAsGoodAreRead() {
        final var spec = new DataTableSpec(new DataColumnSpecCreator("Weight", IntCell.TYPE).createSpec());
        assertTrue(WEIGHT.isIn(spec));
        assertEquals(List.of(7.), TableReader.of(table(spec, new Object[]{"r", new IntCell(7)}), WEIGHT).list(row -> row.get(WEIGHT)));
    }

    @Test
    void aColumnThatIsMissingIsNamedAndThoseThatThereAre() {
        final var spec = new DataTableSpec(new DataColumnSpecCreator("Name", StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Size", DoubleCell.TYPE).createSpec());
        assertFalse(AGE.isIn(spec));
        refused("The table has no column 'Age'. Its columns are: Name, Size. Run the node that made the table again.", () -> TableReader.of(table(spec), NAME, AGE));
    }

    @Test
    void aColumnOfAnotherTypeIsNamedAndBothTypes() {
        final var spec = new DataTableSpec(new DataColumnSpecCreator("Age", StringCell.TYPE).createSpec());
        assertFalse(AGE.isIn(spec));
        refused("The column 'Age' of the table holds %s, not %s. Run the node that made the table again.".formatted(StringCell.TYPE, IntCell.TYPE),
            () -> TableReader.of(table(spec), AGE));
    }

    @Test
    void aValueThatIsMissingIsNullOrNamedWithItsRowAndColumn() {
        final TableReader.Row dog = ANIMALS.reader(animals()).at(1).get(1);
        assertNull(dog.find(AGE));
        refused("Row 'second' has no value in the column 'Age'. Run the node that made the table again.", () -> dog.get(AGE));
    }

    @Test
    void aColumnThatWasNotAskedForIsNamedAndThoseThatWere() {
        final TableReader.Row cat = TableReader.of(animals(), TAME, NAME).at(0).get(0);
        refused("The column 'Age' is none of those that are read: Name, Tame.", () -> cat.find(AGE));
    }

    @Test
    void rowsThatDoNotFitAreNamedWithTheColumn() {
        final TableWriter writer = ANIMALS.writer(exec());
        refused("Row 'r' was given no value in the column 'Tame'.", () -> writer.add("r", NAME.of("cat"), AGE.of(3), WEIGHT.of(4.5)));
        refused("Row 'r' has two values in the column 'Name'.", () -> writer.add("r", NAME.of("cat"), NAME.of("dog")));
        refused("Row 'r' has a value that the table has no place for in the column 'Colour'.", () -> writer.add("r", Column.text("Colour").of("red")));
        assertEquals(0, writer.table().size(), "a row that was refused is not in the table");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        refused("Two columns have one name: Age, Name, Age.", () -> TableSchema.of(AGE, NAME, Column.text("Age")));
        refused("Two columns have one name: Name, Age, Weight, Tame, Age.", () -> ANIMALS.and(AGE));
    }

    /** As KNIME's nodes do where a name is taken. */
    @Test
    void columnsBehindThoseOfAnotherTableGetANumberWhereTheirNameIsTaken() {
        final BufferedDataTable animals = animals();
        final TableSchema more = TableSchema.of(Column.integer("Legs"), AGE);
        assertEquals(List.of("Name", "Age", "Weight", "Tame", "Legs", "Age (#1)"), Arrays.asList(more.spec(animals.getDataTableSpec()).getColumnNames()));
        final TableWriter writer = more.writer(animals.getDataTableSpec(), exec());
        final var rows = KnimeTables.rows(animals);
        writer.append(rows.get(0), AGE.of(30), Column.integer("Legs").of(4));
        refused("Row 'second' was given no value in the column 'Legs'.", () -> writer.append(rows.get(1), AGE.of(null)));
        final BufferedDataTable appended = writer.table();
        final DataRow row = KnimeTables.rows(appended).get(0);
        assertEquals("cat, 3, 4.5, true, 4, 30", IntStream.range(0, row.getNumCells()).mapToObj(i -> row.getCell(i).toString()).collect(Collectors.joining(", ")));
    }

    @Test
    void whatIsKnownOfAColumnIsTold() {
        final DataTableSpec spec = TableSchema.of(NAME.listing(List.of("dog", "cat")), WEIGHT.within(0., 10.).noting("unit", "kg")).spec();
        assertEquals(List.of(new StringCell("dog"), new StringCell("cat")), List.copyOf(spec.getColumnSpec("Name").getDomain().getValues()));
        assertEquals(new DoubleCell(0), spec.getColumnSpec("Weight").getDomain().getLowerBound());
        assertEquals(new DoubleCell(10), spec.getColumnSpec("Weight").getDomain().getUpperBound());
        assertEquals("kg", spec.getColumnSpec("Weight").getProperties().getProperty("unit"));
        assertEquals(DataType.getMissingCell(), AGE.of(null).cell());
        assertFalse(ANIMALS.spec().getColumnSpec("Name").getDomain().hasValues());
    }
}
