package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.ActivationsPortObject;

/** Activations that no network of ours computed, on their way in and out. */
class ActivationsTest {

    private static final String READER = "activationsreader.ActivationsReaderNodeFactory";

    private static final String FROM_TABLE = "tabletoactivations.TableToActivationsNodeFactory";

    private static final String TO_TABLE = "activationstotable.ActivationsToTableNodeFactory";

    private static final String WRITER = "activationswriter.ActivationsWriterNodeFactory";

    private static final String SCORER = "scorer.SpectralSignatureScorerNodeFactory";

    @TempDir
    Path folder;

    private static DataCell list(final double... values) {
        return CollectionCellFactory.createListCell(Arrays.stream(values).mapToObj(DoubleCell::new).toList());
    }

    private BufferedDataTable table(final List<DataColumnSpec> columns, final DataCell[]... rows) throws Exception {
        final ExecutionContext context = ShownNode.context(folder);
        final var container = context.createDataContainer(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)));
        for (int i = 0; i < rows.length; i++) {
            container.addRowToTable(new DefaultRow("k" + i, rows[i]));
        }
        container.close();
        return container.getTable();
    }

    private static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    private BufferedDataTable lists(final DataCell... vectors) throws Exception {
        final DataCell[][] rows = new DataCell[vectors.length][];
        for (int i = 0; i < vectors.length; i++) {
            rows[i] = new DataCell[]{vectors[i], new StringCell(i % 2 == 0 ? "cat" : "dog")};
        }
        return table(List.of(column("Embedding", ListCell.getCollectionType(DoubleCell.TYPE)), column("Label", StringCell.TYPE)), rows);
    }

    private ActivationsPortObject activations(final Map<String, ?> settings, final BufferedDataTable table) throws Exception {
        return (ActivationsPortObject)NodeRun.of(FROM_TABLE, settings, folder, table).results()[0];
    }

    private String refused(final Map<String, ?> settings, final BufferedDataTable table) {
        return assertThrows(Exception.class, () -> activations(settings, table)).getMessage();
    }

    @Test
    void listsOfATableAreKeptWithTheirRowIdsAndLabels() throws Exception {
        final ActivationsPortObject activations = activations(Map.of(), lists(list(1, 2), list(3, 4), list(5, 6)));
        assertEquals(2, activations.getSpec().dimensions());
        assertEquals("Embedding", activations.getSpec().layer());
        try (var matrix = activations.open()) {
            final ActivationsPortObject.Rows rows = activations.rows(matrix, TaskMonitor.none());
            assertEquals(List.of("k0", "k1", "k2"), rows.keys());
            assertEquals(List.of("cat", "dog"), rows.classes());
            assertArrayEquals(new int[]{0, 1, 0}, rows.labels());
            final float[] row = new float[2];
            matrix.readRow(2, row);
            assertArrayEquals(new float[]{5, 6}, row);
        }
    }

    @Test
    void rowsWithoutAVectorAreRefusedByName() throws Exception {
        final DataCell missing = DataType.getMissingCell();
        assertTrue(refused(Map.of(), lists(list(1), missing)).contains("Row 'k1', column 'Embedding': the vector is missing"));
        assertTrue(refused(Map.of(), lists(list(1), CollectionCellFactory.createListCell(List.of(missing)))).contains("Row 'k1', column 'Embedding': value 1 is missing"));
        assertTrue(refused(Map.of(), lists(list(1), list(1, 2))).contains("Row 'k1', column 'Embedding': the vector has 2 values, but that of the first row has 1"));
        assertTrue(refused(Map.of(), lists(list(1), list(Double.NaN))).contains("Row 'k1': value 1 is NaN"));
        assertTrue(refused(Map.of(), lists()).contains("has no rows"));
    }

    @Test
    void columnsOfNumbersAreVectorsAndTruthsAreNone() throws Exception {
        final BufferedDataTable table = table(List.of(column("a", DoubleCell.TYPE), column("flag", BooleanCell.TYPE), column("b", IntCell.TYPE), column("Label", StringCell.TYPE)),
            new DataCell[]{new DoubleCell(1), BooleanCell.TRUE, new IntCell(2), new StringCell("x")},
            new DataCell[]{new DoubleCell(3), BooleanCell.TRUE, DataType.getMissingCell(), new StringCell("x")});
        assertTrue(refused(Map.of(), table).contains("no column of lists of numbers"));
        assertTrue(refused(Map.of("values", "NUMBERS"), table).contains("Row 'k1', column 'b': the value is missing"));
        final BufferedDataTable whole = table(List.of(column("a", DoubleCell.TYPE), column("b", IntCell.TYPE)), new DataCell[]{new DoubleCell(1), new IntCell(2)});
        assertTrue(refused(Map.of("values", "NUMBERS"), whole).contains("set 'Labels' to one class"));
        final ActivationsPortObject activations = activations(Map.of("values", "NUMBERS", "labels", "ONE_CLASS"), whole);
        assertEquals("a to b", activations.getSpec().layer());
        assertEquals("b", activations(Map.of("values", "NUMBERS", "labels", "ONE_CLASS", "numberColumns", "*b"), whole).getSpec().layer());
        assertTrue(refused(Map.of("values", "NUMBERS", "labels", "ONE_CLASS", "numberColumns", "a,v*"), whole).contains("no column 'v*' of numbers"));
        assertEquals(2, activations.getSpec().dimensions());
    }

    @Test
    void tablesAndActivationsAreTheSameThereAndBack() throws Exception {
        final BufferedDataTable first = lists(list(1, .1f), list(3, -4), list(5, 1e-30f));
        final ActivationsPortObject activations = activations(Map.of(), first);
        for (String values : List.of("LIST", "NUMBERS")) {
            final BufferedDataTable back = NodeRun.of(TO_TABLE, Map.of("values", values), folder, activations).table(0);
            final ActivationsPortObject again = activations(Map.of("values", values), back);
            try (var a = activations.open(); var b = again.open()) {
                for (int i = 0; i < 3; i++) {
                    final float[][] rows = new float[2][2];
                    a.readRow(i, rows[0]);
                    b.readRow(i, rows[1]);
                    assertArrayEquals(rows[0], rows[1]);
                }
                assertEquals(activations.rows(a, TaskMonitor.none()).keys(), again.rows(b, TaskMonitor.none()).keys());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NPZ, vectors.npz", "NPY, vectors.npy", "CSV, vectors.csv"})
    void whatIsWrittenIsReadAgain(final String format, final String name) throws Exception {
        final ActivationsPortObject activations = activations(Map.of(), lists(list(1, .1f), list(3, -4), list(5, 1e-30f)));
        final Map<String, ?> settings = Map.of("file", folder.resolve(name).toString(), "format", format);
        assertNull(NodeRun.of(WRITER, settings, folder, activations).warning());
        final var reading = new HashMap<String, Object>(Map.of("file", folder.resolve(name).toString(), "labels", "FILE"));
        if (format.equals("NPY")) {
            reading.put("labelsFile", folder.resolve("vectors-labels.npy").toString());
            reading.put("keysFile", folder.resolve("vectors-ids.npy").toString());
        }
        final var again = (ActivationsPortObject)NodeRun.of(READER, reading, folder).results()[0];
        assertEquals(-1, Files.mismatch(activations.file(), again.file()));
        try (var matrix = again.open()) {
            final ActivationsPortObject.Rows rows = again.rows(matrix, TaskMonitor.none());
            assertEquals(List.of("k0", "k1", "k2"), rows.keys());
            assertEquals(List.of("cat", "dog"), rows.classes());
            assertArrayEquals(new int[]{0, 1, 0}, rows.labels());
        }
        final Exception e = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(NodeRun.node(WRITER, settings), activations.getSpec()));
        assertTrue(e.getMessage().contains(name + "' exists already"), e.getMessage());
        final var replacing = new HashMap<String, Object>(settings);
        replacing.put("ifExists", "REPLACE");
        assertNull(NodeRun.of(WRITER, replacing, folder, activations).warning());
    }

    @Test
    void aWriterThatCannotWriteSaysSoBeforeItRuns() {
        for (var wrong : Map.of("", "No file to write is set", folder.resolve("none/a.npz").toString(), "does not exist. Make it first", folder.toString(), "is a folder",
            folder.resolve("a.csv").toString(), "ends in '.csv', but the format is NPZ").entrySet()) {
            final Exception e = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(NodeRun.node(WRITER, Map.of("file", wrong.getKey()))));
            assertTrue(e.getMessage().contains(wrong.getValue()), e.getMessage());
        }
    }

    /** Scorer, remover and detection take what no network of ours made; the auditor says what it needs. */
    @Test
    void scoredRowsAreRemovedWithoutAnImage() throws Exception {
        final List<String> lines = new ArrayList<>(List.of("id,label,Poisoned,a,b,c"));
        for (int i = 0; i < 60; i++) {
            final boolean isPoisoned = i % 20 == 7;
            lines.add("doc %d,%s,%s,%s,%s,%s".formatted(i, i % 2 == 0 ? "even" : "odd", isPoisoned, Math.sin(i), Math.cos(1.7 * i), isPoisoned ? 9 : Math.sin(3.3 * i)));
        }
        final Path file = Files.write(folder.resolve("vectors.csv"), lines);
        final PortObject activations = NodeRun.of(READER, Map.of("file", file.toString()), folder).results()[0];
        final BufferedDataTable table = NodeRun.of(TO_TABLE, Map.of(), folder, activations).table(0);
        final NodeRun scored = NodeRun.of(SCORER, Map.of(), folder, activations);
        final NodeRun removed = NodeRun.of("remover.TopKRemoverNodeFactory", new HashMap<>(Map.of("rule", "COUNT", "count", 3)), folder, table, scored.results()[0]);
        final List<String> keys = new ArrayList<>();
        removed.table(1).forEach(row -> keys.add(row.getKey().getString()));
        assertTrue(keys.containsAll(List.of("doc 7", "doc 27", "doc 47")), keys.toString());
        final NodeRun detected = NodeRun.of("detection.DetectionEvaluatorNodeFactory", Map.of(), folder, scored.results()[0], table, activations);
        assertEquals(1, detected.table(2).size());
        final Exception e = assertThrows(Exception.class, () -> NodeRun.of("auditor.BackdoorAuditorNodeFactory", Map.of(), folder, table, null, scored.results()[0]));
        assertTrue(e.getMessage().contains("The table has no column of PNG images"), e.getMessage());
    }
}
