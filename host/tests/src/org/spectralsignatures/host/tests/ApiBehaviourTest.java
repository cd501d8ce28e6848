package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.DataContainer;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeProgressMonitor;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.util.DuplicateKeyException;
import org.spectralsignatures.host.filestore.FileStores;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;
import org.w3c.dom.Element;

/** Where nodes can tell, the host's tables, settings and monitors behave as KNIME's. */
class ApiBehaviourTest {

    private static final DataTableSpec SPEC = new DataTableSpec(column("Label", StringCell.TYPE), column("Score", DoubleCell.TYPE), column("Count", IntCell.TYPE));

    private static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    private static DefaultRow row(final String key, final DataCell... cells) {
        return new DefaultRow(key, cells);
    }

    private static DataTableSpec close(final DataContainer container) {
        container.close();
        return container.getTableSpec();
    }

    @Test
    void keysOfRowsAreUnique() {
        final var container = new DataContainer(new DataTableSpec());
        container.addRowToTable(row("a"));
        final DuplicateKeyException e = assertThrows(DuplicateKeyException.class, () -> container.addRowToTable(row("a")));
        assertEquals("a", e.getKey());
        assertEquals("Encountered duplicate row ID \"a\"", e.getMessage());
    }

    @Test
    void cellsFitTheirColumns() {
        final var container = new DataContainer(SPEC);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> container.addRowToTable(row("a", new StringCell("x"), new StringCell("y"), new IntCell(1))))
            .getMessage().contains("\"y\""));
        assertThrows(IllegalArgumentException.class, () -> container.addRowToTable(row("a", new StringCell("x"))));
        container.addRowToTable(row("a", DataType.getMissingCell(), DataType.getMissingCell(), DataType.getMissingCell()));
        assertThrows(IllegalStateException.class, container::getTable);
        container.close();
        assertThrows(IllegalStateException.class, () -> container.addRowToTable(row("b", new StringCell("x"), new DoubleCell(1), new IntCell(1))));
        assertEquals(1, container.size());
    }

    @Test
    void domainsAreKnownWhenATableIsClosed() {
        final var container = new DataContainer(SPEC);
        container.addRowToTable(row("a", new StringCell("y"), new DoubleCell(2), new IntCell(7)));
        container.addRowToTable(row("b", new StringCell("x"), new DoubleCell(Double.NaN), new IntCell(-3)));
        container.addRowToTable(row("c", DataType.getMissingCell(), new DoubleCell(-.5), DataType.getMissingCell()));
        final DataTableSpec spec = close(container);
        assertEquals(List.of(new StringCell("y"), new StringCell("x")), List.copyOf(spec.getColumnSpec("Label").getDomain().getValues()));
        assertEquals(new DoubleCell(-.5), spec.getColumnSpec("Score").getDomain().getLowerBound());
        assertEquals(new DoubleCell(2), spec.getColumnSpec("Score").getDomain().getUpperBound());
        assertEquals(new IntCell(-3), spec.getColumnSpec("Count").getDomain().getLowerBound());
        assertFalse(spec.getColumnSpec("Count").getDomain().hasValues());
        assertFalse(spec.getColumnSpec("Label").getDomain().hasBounds());
    }

    @Test
    void domainsStartWithThoseOfTheColumnsAndEndAtSixtyValues() {
        final var creator = new DataColumnSpecCreator("Label", StringCell.TYPE);
        creator.setDomain(new DataColumnDomainCreator(new DataCell[]{new StringCell("z")}).createDomain());
        final var spec = new DataTableSpec(creator.createSpec());
        final var container = new DataContainer(spec);
        IntStream.range(0, 59).forEach(i -> container.addRowToTable(row("r" + i, new StringCell("v" + i))));
        assertEquals(60, close(container).getColumnSpec(0).getDomain().getValues().size());
        final var more = new DataContainer(spec);
        IntStream.range(0, 60).forEach(i -> more.addRowToTable(row("r" + i, new StringCell("v" + i))));
        assertNull(close(more).getColumnSpec(0).getDomain().getValues());
        final var fresh = new DataContainer(spec, false);
        fresh.addRowToTable(row("r", new StringCell("a")));
        assertEquals(1, close(fresh).getColumnSpec(0).getDomain().getValues().size());
    }

    @Test
    void columnsHaveDistinctNames() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new DataTableSpec(column("a", IntCell.TYPE), column("a", DoubleCell.TYPE))).getMessage()
            .contains("\"a\""));
    }

    @Test
    void specsAreEqualIfDomainsAreToo() {
        final var creator = new DataColumnSpecCreator(column("a", IntCell.TYPE));
        assertEquals(new DataTableSpec(column("a", IntCell.TYPE)), new DataTableSpec(creator.createSpec()));
        creator.setDomain(new DataColumnDomainCreator(new IntCell(0), new IntCell(1)).createDomain());
        assertNotEquals(new DataTableSpec(column("a", IntCell.TYPE)), new DataTableSpec(creator.createSpec()));
        assertTrue(new DataTableSpec(column("a", IntCell.TYPE)).equalStructure(new DataTableSpec(creator.createSpec())));
    }

    @Test
    void specsAreCompatibleIfNamesAreTheSameAndTypesFit() {
        assertTrue(SPEC.isCompatibleWith(SPEC));
        assertFalse(SPEC.isCompatibleWith(new DataTableSpec(column("Label", StringCell.TYPE))));
        assertFalse(new DataTableSpec(column("a", IntCell.TYPE)).isCompatibleWith(new DataTableSpec(column("a", StringCell.TYPE))));
        assertFalse(new DataTableSpec(column("a", IntCell.TYPE)).isCompatibleWith(new DataTableSpec(column("b", IntCell.TYPE))));
    }

    @Test
    void booleansAreNumbersToo() {
        assertTrue(BooleanCell.TYPE.isCompatible(DoubleValue.class));
        assertEquals(1, BooleanCell.TRUE.getDoubleValue());
        assertEquals("true", BooleanCell.TRUE.toString());
    }

    private static byte[] png(final int last) {
        return new byte[]{(byte)0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', (byte)last};
    }

    @Test
    void imagesAreEqualByTheirBytes() {
        final DataCell cell = new PNGImageContent(png(2)).toImageCell();
        assertEquals(cell, new PNGImageContent(png(2)).toImageCell());
        assertEquals(cell.hashCode(), new PNGImageContent(png(2)).toImageCell().hashCode());
        assertNotEquals(cell, new PNGImageContent(png(3)).toImageCell());
        assertThrows(IllegalArgumentException.class, () -> new PNGImageContent(new byte[]{1, 2, 3, 4, 5, 6, 7, 8}));
        assertThrows(NullPointerException.class, () -> new PNGImageContent((byte[])null));
    }

    @Test
    void nullIsNoContent() {
        assertThrows(NullPointerException.class, () -> new StringCell(null));
        assertThrows(NullPointerException.class, () -> new RowKey(null));
        assertThrows(NullPointerException.class, () -> column(null, IntCell.TYPE));
        assertThrows(NullPointerException.class, () -> column("a", null));
        assertTrue(column("  ", IntCell.TYPE).getName().startsWith("<empty_"));
        assertEquals("a b", column(" a b ", IntCell.TYPE).getName());
    }

    @Test
    void settingsAreTyped() throws Exception {
        final var settings = new NodeSettings("model");
        settings.addInt("int", 3);
        settings.addString("null", null);
        settings.addDoubleArray("doubles", .5, Double.POSITIVE_INFINITY);
        assertThrows(InvalidSettingsException.class, () -> settings.getLong("int"));
        assertThrows(InvalidSettingsException.class, () -> settings.getInt("absent"));
        assertThrows(InvalidSettingsException.class, () -> settings.getNodeSettings("int"));
        assertThrows(InvalidSettingsException.class, () -> settings.getString("doubles"));
        assertEquals(7, settings.getInt("absent", 7));
        assertEquals(7, settings.getLong("int", 7), "as in KNIME, another type counts as absent");
        assertNull(settings.getString("null", "default"), "null is a value");
        assertEquals(Double.POSITIVE_INFINITY, settings.getDoubleArray("doubles")[1]);
        assertEquals(2, settings.getIntArray("doubles", 1, 2).length);
    }

    @Test
    void contentSurvivesXml() throws Exception {
        final var content = new ModelContent("root");
        content.addString("text", "line\nnext\ttab <&\"> %%00010 \u00e4");
        content.addModelContent("sub").addBooleanArray("flags", true, false);
        final var out = new ByteArrayOutputStream();
        content.saveToXML(out);
        final var read = ModelContent.loadFromXML(new ByteArrayInputStream(out.toByteArray()));
        assertEquals("line\nnext\ttab <&\"> \n \u00e4", read.getString("text"), "KNIME's escape of control characters cannot be escaped itself");
        assertFalse(read.getModelContent("sub").getBooleanArray("flags")[1]);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("line%%00010next%%00009tab"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xnumber", "config"})
    void anEntryOfATypeThatKnimeHasNotIsRefused(final String type) {
        final String xml = "<config key=\"a\"><entry key=\"b\" type=\"" + type + "\" value=\"1\"/></config>";
        final var in = new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(IOException.class, () -> ModelContent.loadFromXML(in)).getMessage().contains("there are no entries of type '" + type + "'"));
    }

    private static final class Watch implements NodeProgressMonitor {

        private final List<String> m_messages = new ArrayList<>();

        private Double m_progress;

        private boolean m_cancelled;

        @Override
        public void checkCanceled() throws CanceledExecutionException {
            if (m_cancelled) {
                throw new CanceledExecutionException();
            }
        }

        @Override
        public void setProgress(final double progress) {
            m_progress = progress;
        }

        @Override
        public Double getProgress() {
            return m_progress;
        }

        @Override
        public void setMessage(final String message) {
            m_messages.add(message);
        }

        @Override
        public String getMessage() {
            return m_messages.get(m_messages.size() - 1);
        }
    }

    @Test
    void partsOfATaskAddUpWhateverTheirOrder() throws Exception {
        final var watch = new Watch();
        final var whole = new ExecutionMonitor(watch);
        final ExecutionMonitor first = whole.createSubProgress(.5);
        final ExecutionMonitor second = whole.createSilentSubProgress(.5);
        second.setProgress(.5, "hidden");
        assertEquals(.25, watch.m_progress, 1e-9);
        first.setProgress(1, "shown");
        assertEquals(.75, watch.m_progress, 1e-9);
        first.setProgress(.2);
        assertEquals(.75, watch.m_progress, 1e-9, "progress does not go back");
        second.createSubProgress(.5).setProgress(1);
        assertEquals(1, watch.m_progress, 1e-9);
        assertEquals(List.of("shown"), watch.m_messages);
        assertThrows(IllegalArgumentException.class, () -> whole.createSubProgress(1.5));
        watch.m_cancelled = true;
        assertThrows(CanceledExecutionException.class, first::checkCanceled);
        whole.createNonCancelableSubProgress().checkCanceled();
    }

    @Test
    void partsOfAnExecutionShareItsFiles(@TempDir final Path folder) throws Exception {
        final var watch = new Watch();
        final var exec = new ExecutionContext(watch, new FileStores(folder));
        assertFalse(exec.createFileStore("a").getFile().exists());
        assertThrows(IOException.class, () -> exec.createSubExecutionContext(.5).createFileStore("a"));
        assertThrows(IOException.class, () -> exec.createFileStore("../outside"));
        final ExecutionContext part = exec.createSilentSubExecutionContext(.5);
        part.setProgress(1, "hidden");
        assertEquals(.5, watch.m_progress, 1e-9);
        assertEquals(List.of(), watch.m_messages);
        assertEquals(0, part.createDataContainer(SPEC).size());
    }

    @Test
    void invalidSettingsLeaveTheNodeAsItWas() throws Exception {
        final var node = new Node(NodeRegistry.find("org.spectralsignatures.nodes.remover.TopKRemoverNodeFactory"));
        final NodeSettings before = node.save();
        final var dialog = new NodeSettings("to be applied");
        dialog.addNodeSettings("model");
        final NodeSettings invalid = dialog.getNodeSettings("model");
        for (String key : before) {
            final var entry = (ConfigAccess.Entry)ConfigAccess.child(before, key);
            ConfigAccess.put(invalid, key, entry.type(), entry.value());
        }
        invalid.addDouble("epsilon", 7);
        invalid.addInt("count", 5);
        assertThrows(InvalidSettingsException.class, () -> node.load(invalid));
        assertEquals(before, node.save());
    }

    /** A node as an extension would write it. */
    private static final class Odd extends NodeModel {

        private final DataTableSpec m_given;

        private final int m_rows;

        private boolean m_reset;

        Odd(final DataTableSpec given, final int rows) {
            super(new PortType[0], new PortType[]{BufferedDataTable.TYPE});
            m_given = given;
            m_rows = rows;
        }

        @Override
        protected PortObjectSpec[] configure(final PortObjectSpec[] inSpecs) {
            return new PortObjectSpec[]{new DataTableSpec(column("a", IntCell.TYPE))};
        }

        @Override
        protected PortObject[] execute(final PortObject[] inObjects, final ExecutionContext exec) {
            if (m_given == null) {
                return new PortObject[1];
            }
            final BufferedDataContainer container = exec.createDataContainer(m_given);
            for (int i = 0; i < m_rows; i++) {
                container.addRowToTable(row("r" + i, new IntCell(i)));
            }
            container.close();
            return new PortObject[]{container.getTable()};
        }

        @Override
        protected void saveSettingsTo(final NodeSettingsWO settings) {
            // it has none
        }

        @Override
        protected void validateSettings(final NodeSettingsRO settings) {
            // it has none
        }

        @Override
        protected void loadValidatedSettingsFrom(final NodeSettingsRO settings) {
            // it has none
        }

        @Override
        protected void reset() {
            m_reset = true;
        }
    }

    private static Node node(final NodeModel model) {
        return new Node(new NodeFactory<NodeModel>() {
            @Override
            public NodeModel createNodeModel() {
                return model;
            }

            @Override
            public String getNodeName() {
                return "Odd";
            }

            @Override
            public String getOutportName(final int index) {
                return "Out";
            }

            @Override
            public String getInportName(final int index) {
                return "In";
            }

            @Override
            public NodeType getType() {
                return NodeType.Other;
            }

            @Override
            public URL getIcon() {
                return null;
            }

            @Override
            public Element getXMLDescription() {
                return null;
            }
        });
    }

    private static String warning(final DataTableSpec given, final int rows, final Path folder) throws Exception {
        final Node node = node(new Odd(given, rows));
        node.configure(new PortObjectSpec[0]);
        node.execute(new PortObject[0], new ExecutionContext(new Watch(), new FileStores(folder)));
        return String.valueOf(node.warning());
    }

    @Test
    void emptyAndUnexpectedTablesAreWarnedOf(@TempDir final Path folder) throws Exception {
        assertEquals("null", warning(new DataTableSpec(column("a", IntCell.TYPE)), 1, folder));
        assertTrue(warning(new DataTableSpec(column("a", IntCell.TYPE)), 0, folder).contains("an empty table"));
        assertTrue(warning(new DataTableSpec(column("b", IntCell.TYPE)), 1, folder).contains("other columns than"));
    }

    @Test
    void aFailedOrCancelledNodeIsReset(@TempDir final Path folder) {
        final var nothing = new Odd(null, 0);
        assertThrows(IllegalStateException.class, () -> node(nothing).execute(new PortObject[0], new ExecutionContext(new Watch(), new FileStores(folder))));
        assertTrue(nothing.m_reset);
        final var watch = new Watch();
        watch.m_cancelled = true;
        final var deaf = new Odd(SPEC, 0);
        assertThrows(CanceledExecutionException.class, () -> node(deaf).execute(new PortObject[0], new ExecutionContext(watch, new FileStores(folder))));
        assertTrue(deaf.m_reset);
    }
}
