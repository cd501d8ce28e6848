package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.host.app.ConclusionOutput;
import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.report.Conclusion;
import org.spectralsignatures.host.report.Conclusion.Statement;
import org.spectralsignatures.host.report.Report;
import org.spectralsignatures.host.report.RunRecord;
import org.spectralsignatures.host.text.WrappedText;
import org.spectralsignatures.host.workflow.Connection;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** What a workflow comes to: tables at ports named 'Conclusion', on the console and in the report. The nodes are played. */
class ConclusionTest {

    private static final String HOSTILE = "</section><script>document.title='owned'</script> <img src=x onerror=\"document.title='owned'\"> "
        + "\u001b[2J\u202eERROR\nERROR  All is lost\r/*DATA*/ picture:0 ";

    @TempDir
    Path folder;

    private final Map<Integer, WorkflowNode> m_nodes = new LinkedHashMap<>();

    private final List<Connection> m_connections = new ArrayList<>();

    /** Adds a node with one output, behind the node that was added last. */
    private void add(final String port, final ExecuteConsumer execute) {
        final int id = m_nodes.size() + 1;
        final DefaultNode node = DefaultNode.create().name("Player").icon("none.png").shortDescription("Plays.").fullDescription("<p>Plays.</p>").sinceVersion(5, 8, 0)
            .ports(p -> {
                if (id > 1) {
                    p.addInputTable("Before", "What came before.");
                }
                p.addOutputTable(port, "What is played.");
            }).model(m -> m.withoutParameters().configure((in, out) -> { }).execute(execute)).nodeType(NodeType.Other);
        m_nodes.put(id, new WorkflowNode(id, Integer.toString(id), "Player", folder.resolve("Player (#" + id + ")/settings.xml"), new Node(new DefaultNodeFactory(node) {
        })));
        if (id > 1) {
            m_connections.add(new Connection(id - 1, 1, id, 1));
        }
    }

    /** Adds a node that gives these texts, row by row, null for a missing one. */
    private void says(final String port, final String[]... rows) {
        add(port, (in, out) -> out.setOutData(0, table(in.getExecutionContext(), rows)));
    }

    private static BufferedDataTable table(final ExecutionContext context, final String[]... rows) {
        final int columns = rows.length == 0 ? 2 : rows[0].length;
        final BufferedDataContainer container = context.createDataContainer(new DataTableSpec(
            IntStream.range(0, columns).mapToObj(c -> new DataColumnSpecCreator("Column " + c, StringCell.TYPE).createSpec()).toArray(DataColumnSpec[]::new)));
        for (int r = 0; r < rows.length; r++) {
            container.addRowToTable(new DefaultRow("Row" + r, Arrays.stream(rows[r]).map(t -> t == null ? DataType.getMissingCell() : new StringCell(t)).toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }

    /** Runs the nodes, and writes the report. */
    private List<Conclusion> run() throws Exception {
        final var workflow = new Workflow(folder, m_nodes, m_connections, Map.of(), List.of());
        final var record = new RunRecord(new EngineListener() {
            @Override
            public void state(final WorkflowNode node, final NodeState state, final String message) {
                // no matter
            }

            @Override
            public void progress(final WorkflowNode node, final double fraction, final String message) {
                // no matter
            }
        });
        final var engine = new WorkflowEngine(workflow, folder.resolve("stores"), record);
        engine.configure();
        engine.execute();
        final List<Conclusion> conclusions = Conclusion.of(engine);
        new Report(workflow, engine, record, conclusions).write(folder, 1);
        return conclusions;
    }

    private static List<String> printed(final List<Conclusion> conclusions) {
        final var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            ConclusionOutput.print(conclusions, out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What stands in the report before the first script. */
    private String markup() throws Exception {
        final String page = Files.readString(folder.resolve(Report.FILE));
        return page.substring(page.indexOf("<div id=\"report\">"), page.indexOf("<noscript>"));
    }

    @Test
    void aTableAtThePortOfThatNameIsPrinted() throws Exception {
        says("Conclusion", new String[]{"The set is poisoned.", "Train on the clean images."});
        assertEquals(List.of("", "CONCLUSION of Player (#1)", "  The set is poisoned.", "  What to do next: Train on the clean images."), printed(run()));
    }

    @Test
    void otherPortsConcludeNothing() throws Exception {
        says("Conclusions", new String[]{"No.", "No."});
        says("conclusion", new String[]{"No.", "No."});
        says("Verdicts", new String[]{"No.", "No."});
        final List<Conclusion> none = run();
        assertEquals(List.of(), none);
        assertEquals(List.of(), printed(none));
        assertEquals("<div id=\"report\"></div>", markup().strip());
    }

    @Test
    void allStandInTheOrderOfTheWorkflow() throws Exception {
        says("Conclusion", new String[]{"First.", "Go on."}, new String[]{"Second.", null});
        says("Conclusion");
        says("Conclusion", new String[]{"Third."});
        assertEquals(List.of("", "CONCLUSION of Player (#1)", "  First.", "  What to do next: Go on.", "  Second.", "", "CONCLUSION of Player (#3)", "  Third."), printed(run()));
        assertTrue(markup().matches("(?s).*First\\..*Go on\\..*#1\\).*Third\\..*#3\\).*"), markup());
    }

    /** A node that fails, and what depends on it, conclude nothing; what was concluded before stays. */
    @Test
    void onlyWhatWasExecutedConcludes() throws Exception {
        says("Conclusion", new String[]{"So far.", null});
        add("Conclusion", (in, out) -> {
            throw new KNIMEException("Failed.");
        });
        says("Conclusion", new String[]{"Never.", null});
        assertEquals(List.of(new Statement("So far.", null)), run().stream().flatMap(c -> c.statements().stream()).toList());
        assertFalse(markup().contains("Never."), markup());
    }

    @Test
    void whatIsNoTextOrEmptyIsLeftOut() throws Exception {
        add("Conclusion", (in, out) -> {
            final BufferedDataContainer container = in.getExecutionContext().createDataContainer(new DataTableSpec(new DataColumnSpecCreator("n", IntCell.TYPE).createSpec()));
            container.addRowToTable(new DefaultRow("a", new IntCell(7)));
            container.close();
            out.setOutData(0, container.getTable());
        });
        says("Conclusion", new String[]{null, "Next."}, new String[]{" \n ", "Next."}, new String[]{"One.", "  "});
        assertEquals(List.of(new Statement("One.", null)), run().stream().flatMap(c -> c.statements().stream()).toList());
    }

    @Test
    void linesAreWrappedAndIndented() throws Exception {
        final String words = String.join(" ", Collections.nCopies(60, "sentence"));
        says("Conclusion", new String[]{words, "x".repeat(300)});
        final List<String> lines = printed(run()).subList(2, printed(run()).size());
        assertTrue(lines.stream().allMatch(l -> l.startsWith("  ") && l.length() <= 98), lines.toString());
        assertEquals(words, lines.stream().limit(6).map(String::strip).collect(Collectors.joining(" ")));
        assertEquals("x".repeat(300), lines.stream().skip(7).map(String::strip).collect(Collectors.joining()));
    }

    @Test
    void textIsWrappedAtBlanksAndWithinWordsThatAreTooLong() {
        assertEquals(List.of("one two", "three"), WrappedText.lines("one two three", 9));
        assertEquals(List.of("one two", "three"), WrappedText.lines("one two three", 7));
        assertEquals(List.of("a", "bbbb", "b c"), WrappedText.lines("a bbbbb c", 4));
        assertEquals(List.of("\ud83d\ude00\ud83d\ude00", "\ud83d\ude00"), WrappedText.lines("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2), "no character is cut in two");
        assertEquals(List.of(""), WrappedText.lines("", 5));
    }

    @Test
    void longTextsAndLongTablesAreCut() throws Exception {
        says("Conclusion", Collections.nCopies(1025, new String[]{"\ud83d\ude00".repeat(5000), "y".repeat(100_000)}).toArray(String[][]::new));
        final Conclusion conclusion = run().get(0);
        assertEquals(20, conclusion.statements().size());
        assertEquals(2000, conclusion.statements().get(0).sentence().codePoints().count());
        assertTrue(conclusion.statements().get(0).next().endsWith("y\u2026"));
        assertEquals("  The table has 1,005 more.", printed(List.of(conclusion)).stream().reduce((a, b) -> b).orElseThrow());
        assertTrue(markup().contains("The table has 1,005 more."), markup());
    }

    @Test
    void hostileTextsAreOnlyText() throws Exception {
        says("Conclusion", new String[]{HOSTILE, HOSTILE});
        final List<Conclusion> conclusions = run();
        final String text = String.join("\n", printed(conclusions));
        assertFalse(text.contains("\u001b") || text.contains("\u202e") || text.contains("\r"), text);
        assertTrue(text.contains("\\u001B[2J\\u202EERROR ERROR All is lost /*DATA*/ picture:0"), text);
        assertTrue(printed(conclusions).stream().skip(2).allMatch(l -> l.startsWith("  ")), text);
        assertFalse(markup().contains("<script") || markup().contains("<img"), markup());
        try (var browser = browser()) {
            browser.open(folder.resolve(Report.FILE), 800, 800);
            browser.waitFor("document.querySelector('h1') !== null");
            assertEquals(conclusions.get(0).statements().get(0).sentence(), browser.evaluate("document.querySelector('.sentence').textContent").asText());
            assertFalse(browser.evaluate("document.title").asText().contains("owned"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private Browser browser() throws Exception {
        return new Browser(Browser.required());
    }

    @Test
    void theReportBeginsWithItInLargeLetters() throws Exception {
        says("Conclusion", new String[]{"One of 4 classes is poisoned: 'rings' (40 images, which look like 'rows').",
            "Look at the suspicious images, then train on the clean ones."});
        run();
        try (var browser = browser()) {
            for (int width : new int[]{1280, 400}) {
                browser.dark(width == 400);
                browser.open(folder.resolve(Report.FILE), width, 800);
                browser.waitFor("document.querySelector('h1') !== null");
                assertEquals("One of 4 classes is poisoned: 'rings' (40 images, which look like 'rows').",
                    browser.evaluate("document.querySelector('#report').firstElementChild.querySelector('.sentence').textContent").asText());
                final String size = "Number.parseFloat(getComputedStyle(document.querySelector('%s')).fontSize)";
                assertTrue(browser.evaluate(size.formatted(".sentence")).asDouble() >= (width == 400 ? 22 : browser.evaluate(size.formatted("h1")).asDouble()));
                final String bottom = "document.querySelector('%s').getBoundingClientRect().%s";
                assertTrue(browser.evaluate(bottom.formatted(".next", "top")).asDouble() >= browser.evaluate(bottom.formatted(".sentence", "bottom")).asDouble());
                assertTrue(browser.evaluate(bottom.formatted(".conclusion", "bottom")).asDouble() < browser.evaluate(bottom.formatted("h1", "top")).asDouble());
                assertEquals("[]", browser.evaluate(PageChecks.cutText("[document.querySelector('.conclusion')]")).toString());
                assertEquals("[]", browser.evaluate(PageChecks.contrast("[document.querySelector('#report')]")).toString());
                assertEquals("[]", browser.evaluate(PageChecks.headings("[document.querySelector('#report')]", 1)).toString());
                assertTrue(browser.evaluate("document.querySelector(document.querySelector('.conclusion a').getAttribute('href')) !== null").asBoolean());
            }
        }
    }
}
