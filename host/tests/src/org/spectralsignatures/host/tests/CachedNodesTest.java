package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.MissingCell;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.spectralsignatures.host.cache.CachedExecution;
import org.spectralsignatures.host.cache.ResultCache;
import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.workflow.Connection;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/** What the cache keeps of a node, and of which nodes it keeps nothing; on a source and one node behind it, both made up. */
class CachedNodesTest {

    /** Settings of the node behind the source. */
    static final class Parameters implements NodeParameters {

        String m_text = "word";
    }

    private static final class Source extends DefaultNodeFactory {

        Source(final DefaultNode node) {
            super(node);
        }
    }

    private static final class Behind extends DefaultNodeFactory {

        Behind(final DefaultNode node) {
            super(node);
        }
    }

    @TempDir
    Path folder;

    private final AtomicInteger m_executions = new AtomicInteger();

    private final List<String> m_taken = new ArrayList<>();

    private final List<String> m_notes = new ArrayList<>();

    private final List<String> m_warnings = new ArrayList<>();

    private BufferedDataTable m_given;

    private NodeType m_type = NodeType.Manipulator;

    private int m_outputs = 1;

    private boolean m_connected = true;

    private String m_text = "word";

    private ExecuteConsumer m_execute = (in, out) -> out.setOutData(0, in.getInTable(0));

    private int m_runs;

    @BeforeEach
    void table() {
        final var container = context().createDataContainer(new DataTableSpec(new DataColumnSpecCreator("Text", StringCell.TYPE).createSpec()));
        container.addRowToTable(new DefaultRow("a", new StringCell("one")));
        container.close();
        m_given = container.getTable();
    }

    private ExecutionContext context() {
        return ShownNode.context(folder.resolve("made"));
    }

    private Node source() {
        return new Node(new Source(DefaultNode.create().name("Source").icon("none.png").shortDescription("Gives.").fullDescription("<p>Gives.</p>") //
            .sinceVersion(5, 8, 0).ports(p -> p.addOutputTable("Out", "A table.")).model(m -> m.withoutParameters() //
                .configure((in, out) -> out.setOutSpec(0, null)).execute((in, out) -> out.setOutData(0, m_given))).nodeType(NodeType.Source)));
    }

    private Node behind() throws Exception {
        final var node = new Node(new Behind(DefaultNode.create().name("Behind").icon("none.png").shortDescription("Takes.").fullDescription("<p>Takes.</p>") //
            .sinceVersion(5, 8, 0).ports(p -> {
                p.addInputPort("In", "A table.", BufferedDataTable.TYPE_OPTIONAL);
                for (int i = 0; i < m_outputs; i++) {
                    p.addOutputTable("Out", "A table.");
                }
            }).model(m -> m.parametersClass(Parameters.class).configure((in, out) -> {
                // nothing is known before
            }).execute((in, out) -> {
                m_executions.incrementAndGet();
                m_execute.accept(in, out);
            })).nodeType(m_type)));
        final var settings = new NodeSettings("model");
        settings.addString("text", m_text);
        node.load(settings);
        return node;
    }

    /** The node behind the source after a run with the cache, and its outputs. */
    private record Ran(Node node, PortObject[] results) { // NOSONAR never compared
    }

    private Ran run() throws Exception {
        final Node node = behind();
        final var nodes = Map.of(1, new WorkflowNode(1, "1", "Source", folder.resolve("1.xml"), source()), 2, new WorkflowNode(2, "2", "Behind", folder.resolve("2.xml"), node));
        final var workflow = new Workflow(folder, nodes, m_connected ? List.of(new Connection(1, 1, 2, 1)) : List.of(), Map.of(), List.of());
        final var listener = new EngineListener() {
            @Override
            public void state(final WorkflowNode n, final NodeState state, final String message) {
                if (state == NodeState.EXECUTED && n.id() == 2) {
                    m_warnings.add(message);
                }
            }

            @Override
            public void progress(final WorkflowNode n, final double fraction, final String message) {
                // no matter
            }

            @Override
            public void taken(final WorkflowNode n) {
                m_taken.add(n.name());
            }

            @Override
            public void note(final String text) {
                m_notes.add(text);
            }
        };
        final Path scratch = Files.createDirectories(folder.resolve("run" + m_runs++));
        final var cached = new CachedExecution(new ResultCache(folder.resolve("cache"), 1 << 20), workflow, listener, scratch.resolve("taken"));
        final var engine = new WorkflowEngine(workflow, scratch, listener, cached);
        assertTrue(engine.configure() && engine.execute(), m_notes.toString());
        return new Ran(node, engine.results(2));
    }

    private static BufferedDataTable everything(final ExecutionContext exec) {
        final Set<DataCell> many = new LinkedHashSet<>();
        IntStream.range(0, 70).forEach(i -> many.add(new StringCell("v" + (70 - i))));
        many.add(new StringCell("\ud800\u0000\r\n"));
        final var text = new DataColumnSpecCreator("Text", StringCell.TYPE);
        text.setDomain(new DataColumnDomainCreator(many).createDomain());
        text.setProperties(new DataColumnProperties(new LinkedHashMap<>(Map.of("note", "\u0001\ud800 half a pair"))));
        final var overflown = new DataColumnSpecCreator("Values that are not listed any more", StringCell.TYPE);
        overflown.setDomain(new DataColumnDomainCreator(new LinkedHashSet<>(new ArrayList<>(many).subList(0, 60))).createDomain());
        final var number = new DataColumnSpecCreator("Number", DoubleCell.TYPE);
        number.setDomain(new DataColumnDomainCreator(new DoubleCell(-7), new DoubleCell(1e300)).createDomain());
        final var container = exec.createDataContainer(new DataTableSpec("name", text.createSpec(), overflown.createSpec(), number.createSpec(),
            new DataColumnSpecCreator("Int", IntCell.TYPE).createSpec(), new DataColumnSpecCreator("Long", LongCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Flag", BooleanCell.TYPE).createSpec(), new DataColumnSpecCreator("Image", PNGImageContent.TYPE).createSpec()));
        final var shape = new ImageShape(3, 2, 2);
        final DataCell image = new PNGImageContent(ImageCodec.encodePng(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, shape)).toImageCell();
        container.addRowToTable(new DefaultRow("\udc00", new StringCell("\ud800\u0000\r\n"), new StringCell("x"), new DoubleCell(Double.longBitsToDouble(0x7ff8000000000abcL)),
            new IntCell(-1), new LongCell(Long.MIN_VALUE), BooleanCell.TRUE, image));
        container.addRowToTable(new DefaultRow("", new MissingCell("why"), DataType.getMissingCell(), new DoubleCell(-0.0), new IntCell(7),
            new LongCell(8), BooleanCell.FALSE, image));
        container.close();
        return container.getTable();
    }

    private static List<String> bits(final BufferedDataTable table) {
        return StreamSupport.stream(table.spliterator(), false).map(CachedNodesTest::bits).toList();
    }

    private static String bits(final DataRow row) {
        final var text = new StringBuilder(row.getKey().getString());
        for (DataCell cell : row) {
            text.append('|').append(cell.getClass().getSimpleName()).append(cell.isMissing() ? ((MissingCell)cell).getError()
                : cell instanceof DoubleCell ? Long.toHexString(Double.doubleToRawLongBits(((DoubleValue)cell).getDoubleValue()))
                    : cell instanceof StringValue string ? string.getStringValue() : cell + "" + cell.hashCode());
        }
        return text.toString();
    }

    @Test
    void everyBitComesBackAndWhatTheNodeKeptAndItsWarning() throws Exception {
        m_execute = (in, out) -> {
            final BufferedDataTable made = everything(in.getExecutionContext());
            out.setOutData(0, made);
            out.setInternalData(made, in.getInTable(0), null, everything(in.getExecutionContext()));
            out.setWarningMessage("Take care: \u0001 \ud83d\ude00");
        };
        final Ran first = run();
        final Ran second = run();
        assertEquals(1, m_executions.get());
        assertEquals(List.of("Behind"), m_taken);
        assertEquals(List.of(), m_notes);
        final var made = (BufferedDataTable)first.results[0];
        final var taken = (BufferedDataTable)second.results[0];
        assertEquals(made.getDataTableSpec(), taken.getDataTableSpec());
        assertEquals(List.copyOf(made.getDataTableSpec().getColumnSpec(0).getDomain().getValues()),
            List.copyOf(taken.getDataTableSpec().getColumnSpec(0).getDomain().getValues()), "values in their order");
        assertEquals(made.getDataTableSpec().getColumnSpec(1).getDomain(), taken.getDataTableSpec().getColumnSpec(1).getDomain());
        assertNull(taken.getDataTableSpec().getColumnSpec(1).getDomain().getValues(), "there were more than 60, and so it stays");
        assertEquals(2, taken.size());
        assertEquals(bits(made), bits(taken));
        assertSame(DataType.getMissingCell(), StreamSupport.stream(taken.spliterator(), false).toList().get(1).getCell(1));
        final PortObject[] kept = ((PortObjectHolder)second.node.getNodeModel()).getInternalPortObjects();
        assertEquals(4, kept.length);
        assertSame(taken, kept[0]);
        assertSame(m_given, kept[1]);
        assertNull(kept[2]);
        assertEquals(bits(made), bits((BufferedDataTable)kept[3]));
        assertEquals(List.of("Take care: \u0001 \ud83d\ude00", "Take care: \u0001 \ud83d\ude00"), m_warnings);
    }

    @Test
    void anotherInputOrSettingIsAnotherResult() throws Exception {
        run();
        m_text = "another word";
        run();
        assertEquals(2, m_executions.get());
        m_text = "word";
        run();
        assertEquals(2, m_executions.get());
        final var container = context().createDataContainer(m_given.getDataTableSpec());
        container.addRowToTable(new DefaultRow("b", new StringCell("one")));
        container.close();
        m_given = container.getTable();
        final Ran ran = run();
        assertEquals(3, m_executions.get());
        assertSame(m_given, ran.results[0]);
    }

    /** A cell that only its node knows. */
    private static final class OwnCell extends DataCell {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "own";
        }

        @Override
        protected boolean equalsDataCell(final DataCell dc) {
            return true;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void whatTheHostDoesNotKnowIsNotKeptAndTheRunGoesOn() throws Exception {
        m_execute = (in, out) -> {
            final var container = in.getExecutionContext()
                .createDataContainer(new DataTableSpec(new DataColumnSpecCreator("Own", DataType.getType(OwnCell.class)).createSpec()));
            container.addRowToTable(new DefaultRow("a", new OwnCell()));
            container.close();
            out.setOutData(0, container.getTable());
        };
        run();
        run();
        assertEquals(2, m_executions.get());
        assertTrue(m_notes.get(0).startsWith("Cache: the result of Behind (#2) is not put: cells of '"), m_notes.toString());
    }

    /** @return the name of some file or folder where the tests were started */
    private static String somethingHere() throws IOException {
        try (var here = Files.list(Path.of(""))) {
            return here.map(Path::toString).findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({"Manipulator, 1, true, word, false", "Other, 2, true, '', false", "Learner, 1, true, two words, false", //
        "Source, 1, true, word, true", "Sink, 1, true, word, true", "Manipulator, 0, true, word, true", "Manipulator, 1, false, word, true", //
        "Manipulator, 1, true, data/images, true", "Manipulator, 1, true, ..\\images, true", "Manipulator, 1, true, C:images, true",
        "Manipulator, 1, true, https://example.org, true", "Manipulator, 1, true, ~, true", "Manipulator, 1, true, HERE, true", "Manipulator, 1, true, 'a, HERE', true"})
    void nodesThatMayReachBeyondInputsAndSettingsAreAlwaysExecuted(final NodeType type, final int outputs, final boolean connected, final String text, final boolean always)
        throws Exception {
        m_type = type;
        m_outputs = outputs;
        m_connected = connected;
        m_text = text.replace("HERE", somethingHere());
        m_execute = (in, out) -> {
            for (int i = 0; i < m_outputs; i++) {
                out.setOutData(i, m_given);
            }
        };
        run();
        run();
        assertEquals(always ? 2 : 1, m_executions.get());
        assertEquals(always ? List.of() : List.of("Behind"), m_taken);
    }
}
