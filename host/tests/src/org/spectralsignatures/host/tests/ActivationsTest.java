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
import java.util.Iterator;
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
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.vector.bitvector.BitVectorValue;
import org.knime.core.data.vector.bytevector.ByteVectorValue;
import org.knime.core.data.vector.doublevector.DoubleVectorValue;
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
    @CsvSource({"NPZ, vectors.npz", "NPY, vectors.npy", "PARQUET, vectors.parquet", "CSV, vectors.csv"})
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

    /** A cell of KNIME's that the host has no class of. */
    private abstract static class VectorCell extends DataCell {

        private static final long serialVersionUID = 1L;

        final transient double[] m_values; // NOSONAR never serialized

        VectorCell(final double... values) {
            m_values = values;
        }

        @Override
        public String toString() {
            return Arrays.toString(m_values);
        }

        @Override
        protected boolean equalsDataCell(final DataCell dc) {
            return Arrays.equals(m_values, ((VectorCell)dc).m_values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(m_values);
        }
    }

    /** As in KNIME a collection as well. */
    private static final class Doubles extends VectorCell implements DoubleVectorValue, CollectionDataValue {

        private static final long serialVersionUID = 1L;

        Doubles(final double... values) {
            super(values);
        }

        @Override
        public int getLength() {
            return m_values.length;
        }

        @Override
        public double getValue(final int index) {
            return m_values[index];
        }

        @Override
        public int size() {
            return m_values.length;
        }

        @Override
        public DataType getElementType() {
            return DoubleCell.TYPE;
        }

        @Override
        public boolean containsBlobWrapperCells() {
            return false;
        }

        @Override
        public Iterator<DataCell> iterator() {
            return Arrays.stream(m_values).<DataCell>mapToObj(DoubleCell::new).iterator();
        }
    }

    private static final class Counts extends VectorCell implements ByteVectorValue {

        private static final long serialVersionUID = 1L;

        Counts(final double... values) {
            super(values);
        }

        @Override
        public long length() {
            return m_values.length;
        }

        @Override
        public int get(final long index) {
            return (int)m_values[(int)index];
        }

        @Override
        public long sumOfAllCounts() {
            return (long)Arrays.stream(m_values).sum();
        }

        @Override
        public int cardinality() {
            return (int)Arrays.stream(m_values).filter(v -> v > 0).count();
        }

        @Override
        public boolean isEmpty() {
            return cardinality() == 0;
        }

        @Override
        public long nextZeroIndex(final long startIdx) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextCountIndex(final long startIdx) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Bits extends VectorCell implements BitVectorValue {

        private static final long serialVersionUID = 1L;

        Bits(final double... values) {
            super(values);
        }

        @Override
        public long length() {
            return m_values.length;
        }

        @Override
        public boolean get(final long index) {
            return m_values[(int)index] > 0;
        }

        @Override
        public long cardinality() {
            return Arrays.stream(m_values).filter(v -> v > 0).count();
        }

        @Override
        public boolean isEmpty() {
            return cardinality() == 0;
        }

        @Override
        public long nextClearBit(final long startIdx) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextSetBit(final long startIdx) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String toHexString() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String toBinaryString() {
            throw new UnsupportedOperationException();
        }
    }

    private float[] row(final ActivationsPortObject activations, final int index) throws Exception {
        try (var matrix = activations.open()) {
            final float[] row = new float[matrix.columns()];
            matrix.readRow(index, row);
            return row;
        }
    }

    @Test
    void vectorsOfKnimeAreTaken() throws Exception {
        final DataColumnSpec doubles = column("d", DataType.getType(Doubles.class, DoubleCell.TYPE));
        final DataColumnSpec counts = column("c", DataType.getType(Counts.class));
        final DataColumnSpec bits = column("b", DataType.getType(Bits.class));
        final DataCell[][] rows = {{new Doubles(1, .5), new Counts(0, 255, 3), new Bits(1, 0, 0, 1)}, {new Doubles(-1, 2), new Counts(1, 2, 128), new Bits(0, 1, 0, 1)}};
        final BufferedDataTable all = table(List.of(doubles, counts, bits), rows);
        final Map<String, Object> settings = new HashMap<>(Map.of("labels", "ONE_CLASS"));
        assertArrayEquals(new float[]{-1, 2}, row(activations(settings, all), 1), "a vector of doubles comes before counts and bits");
        settings.put("listColumn", "c");
        assertArrayEquals(new float[]{0, 255, 3}, row(activations(settings, all), 0));
        assertArrayEquals(new float[]{1, 2, 128}, row(activations(settings, all), 1));
        settings.put("listColumn", "b");
        assertArrayEquals(new float[]{1, 0, 0, 1}, row(activations(settings, all), 0));
        final BufferedDataTable onlyBits = table(List.of(bits), new DataCell[]{new Bits(1, 0)}, new DataCell[]{new Bits(1, 0, 1)});
        assertTrue(refused(Map.of("labels", "ONE_CLASS"), onlyBits).contains("Row 'k1', column 'b': the vector has 3 values, but that of the first row has 2"));
        final BufferedDataTable missing = table(List.of(counts), new DataCell[]{new Counts(1)}, new DataCell[]{DataType.getMissingCell()});
        assertTrue(refused(Map.of("labels", "ONE_CLASS"), missing).contains("Row 'k1', column 'c': the vector is missing"));
        final BufferedDataTable empty = table(List.of(counts), new DataCell[]{new Counts()});
        assertTrue(refused(Map.of("labels", "ONE_CLASS"), empty).contains("Row 'k0', column 'c': the vector has 0 values, but must have 1 to"));
        final BufferedDataTable two = table(List.of(counts, bits), new DataCell[]{rows[0][1], rows[0][2]});
        assertTrue(refused(Map.of("labels", "ONE_CLASS"), two).contains("choose 'List column' among c, b."));
    }

    @Test
    void clustersStandInForLabels() throws Exception {
        final DataCell[] vectors = new DataCell[30];
        Arrays.setAll(vectors, i -> list(i % 3 == 0 ? 100 + i : i, i % 3 == 0 ? 50 : -50));
        final Map<String, Object> settings = new HashMap<>(Map.of("labels", "CLUSTERS", "clusters", 2, "seed", 7L));
        final NodeRun run = NodeRun.of(FROM_TABLE, settings, folder, lists(vectors));
        assertTrue(run.warning().startsWith("The classes are 2 clusters that k-means made, of 20, 10 rows; sum of squared distances to their means: "), run.warning());
        final var activations = (ActivationsPortObject)run.results()[0];
        try (var matrix = activations.open()) {
            final ActivationsPortObject.Rows rows = activations.rows(matrix, TaskMonitor.none());
            assertEquals(List.of("cluster 1", "cluster 2"), rows.classes());
            for (int i = 0; i < vectors.length; i++) {
                assertEquals(i % 3 == 0 ? 1 : 0, rows.labels()[i]);
            }
            assertEquals("k29", rows.keys().get(29));
        }
        final DataCell[] same = new DataCell[12];
        Arrays.fill(same, list(1, 2));
        assertTrue(refused(settings, lists(same)).contains("There are only 1 different rows, of which 2 clusters cannot be made. Set one class for all."));
        settings.put("clusters", 1);
        assertTrue(refused(settings, lists(vectors)).contains("'Clusters' is 1, but must be 2 to 1000."));
        final Path file = Files.writeString(folder.resolve("vectors.csv"), "a,b,label\n1,2,x\n1,3,x\n9,9,y\n");
        final NodeRun read = NodeRun.of(READER, Map.of("file", file.toString(), "labels", "CLUSTERS", "clusters", 2), folder);
        assertEquals("Columns that are no numbers were left out: label. The classes are 2 clusters that k-means made, of 2, 1 rows; sum of squared distances to their"
            + " means: 0.500000.", read.warning());
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
