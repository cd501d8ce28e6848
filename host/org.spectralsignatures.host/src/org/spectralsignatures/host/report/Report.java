package org.spectralsignatures.host.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeModel;
import org.knime.core.node.config.Config;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.node.view.NodeViewFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.files.PartialFile;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.text.VisibleText;
import org.spectralsignatures.host.workflow.Connection;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowNode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One HTML file that shows a run to somebody who has neither the workflow nor a network: on top what it comes to (see {@link Conclusion}),
 * then the workflow as a graph with states and times, all views, small tables, settings, variables and versions.
 */
public final class Report {

    /** Name of the file. */
    public static final String FILE = "report.html";

    private final ObjectMapper m_json = new ObjectMapper();

    private final ViewCapture m_views = new ViewCapture(m_json);

    private final Workflow m_workflow;

    private final WorkflowEngine m_engine;

    private final RunRecord m_record;

    private final List<Conclusion> m_conclusions;

    /**
     * @param workflow what was run
     * @param engine has its results
     * @param record has its states
     * @param conclusions what it comes to; may be empty
     */
    public Report(final Workflow workflow, final WorkflowEngine engine, final RunRecord record, final List<Conclusion> conclusions) {
        m_workflow = workflow;
        m_engine = engine;
        m_record = record;
        m_conclusions = conclusions;
    }

    /**
     * Writes the report. The file appears when it is complete.
     *
     * @param folder receives {@value #FILE}
     * @param seconds how long the run took
     * @return the file
     */
    public Path write(final Path folder, final double seconds) throws IOException {
        final ObjectNode data = m_json.createObjectNode();
        data.put("workflow", VisibleText.line(m_workflow.folder().getFileName().toString()));
        data.put("date", ZonedDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")));
        data.put("seconds", seconds);
        final ObjectNode variables = data.putObject("variables");
        m_workflow.variables().values().forEach(v -> variables.put(v.name(), v.value()));
        versions(data.putObject("versions"));
        nodes(data.putArray("nodes"));
        final ArrayNode connections = data.putArray("connections");
        for (Connection c : m_workflow.connections()) {
            connections.addArray().add(c.source()).add(c.sourcePort()).add(c.dest()).add(c.destPort());
        }
        final var pictures = new SharedPictures();
        pictures.replaceIn(data.path("nodes"));
        final ArrayNode shared = data.putArray("pictures");
        pictures.pictures().forEach(shared::add);
        final ArrayNode modules = data.putArray("modules");
        m_views.sources().forEach(modules::add);
        final Map<String, String> parts = Map.of("/*STYLE*/", resource("report.css"), "/*SCRIPT*/", resource("report.js"),
            "/*CONCLUSIONS*/", conclusions(), "TITLE", escape(data.path("workflow").asText()), "/*DATA*/", m_json.writeValueAsString(data).replace("<", "\\u003c"));
        Files.createDirectories(folder);
        final Path file = folder.resolve(FILE);
        try (var partial = new PartialFile(file)) {
            try (var out = partial.text()) {
                // in one pass: a part may hold the mark of another one
                final Matcher marks = Pattern.compile("/\\*[A-Z]+\\*/|TITLE").matcher(resource("report.html"));
                out.write(marks.replaceAll(mark -> Matcher.quoteReplacement(parts.get(mark.group()))));
            }
            return partial.complete();
        }
    }

    /** Plain HTML, which shows without a script, too. */
    private String conclusions() {
        final var html = new StringBuilder();
        for (Conclusion conclusion : m_conclusions) {
            html.append("<section class=\"conclusion\" aria-label=\"Conclusion\">\n");
            for (Conclusion.Statement statement : conclusion.statements()) {
                html.append("<p class=\"sentence\">").append(escape(statement.sentence())).append("</p>\n");
                if (statement.next() != null) {
                    html.append("<p class=\"next\">What to do next: ").append(escape(statement.next())).append("</p>\n");
                }
            }
            if (conclusion.more() > 0) {
                html.append(String.format(Locale.ROOT, "<p>The table has %,d more.</p>\n", conclusion.more()));
            }
            html.append("<p class=\"faint\"><a href=\"#node-%d\">%s</a></p>\n</section>\n".formatted(conclusion.node().id(), escape(conclusion.node().label())));
        }
        return html.toString();
    }

    private static void versions(final ObjectNode versions) {
        final Bundle own = FrameworkUtil.getBundle(Report.class);
        Arrays.stream(own.getBundleContext().getBundles()).filter(b -> b.getSymbolicName().startsWith("org.spectralsignatures"))
            .sorted(Comparator.comparing(Bundle::getSymbolicName)).forEach(b -> versions.put(b.getSymbolicName(), b.getVersion().toString()));
        versions.put("Java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        versions.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
        versions.put("Processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        versions.put("Largest Java heap", (Runtime.getRuntime().maxMemory() >> 20) + " MB");
    }

    private void nodes(final ArrayNode nodes) throws IOException {
        final Map<WorkflowNode, int[]> bounds = NodeBounds.read(m_engine.nodes());
        for (WorkflowNode node : m_engine.nodes()) {
            final RunRecord.Outcome outcome = m_record.outcome(node);
            final ObjectNode entry = nodes.addObject().put("id", node.id()).put("path", node.path()).put("name", VisibleText.line(node.name())).put("state", outcome.state().name())
                .put("message", VisibleText.of(outcome.message())).put("type", node.node().getFactory().getType().name())
                .put("inputs", node.node().inTypes().length).put("outputs", node.node().outTypes().length);
            if (!Double.isNaN(outcome.seconds())) {
                entry.put("seconds", outcome.seconds());
            }
            if (m_record.isTaken(node)) {
                entry.put("taken", true);
            }
            final int[] place = bounds.get(node);
            if (place != null) {
                entry.put("x", place[0]).put("y", place[1]);
            }
            settings(node.node().save(), "", entry.putObject("settings"));
            tables(node, entry.putArray("tables"));
            view(node, outcome, entry);
        }
    }

    private static void settings(final Config config, final String prefix, final ObjectNode result) {
        for (String key : config) {
            if (ConfigAccess.child(config, key) instanceof ConfigAccess.Entry entry) {
                result.put(prefix + key, entry.value());
            } else if (ConfigAccess.child(config, key) instanceof Config sub) {
                settings(sub, prefix + key + "/", result);
            }
        }
    }

    private void tables(final WorkflowNode node, final ArrayNode tables) throws IOException {
        final PortObject[] results = m_engine.results(node.id());
        for (int i = 0; results != null && i < results.length; i++) {
            if (results[i] instanceof BufferedDataTable table) {
                tables.add(TableCapture.of(table, node.node().getFactory().getOutportName(i), m_json));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void view(final WorkflowNode node, final RunRecord.Outcome outcome, final ObjectNode entry) throws IOException {
        if (outcome.state() == NodeState.EXECUTED && node.node().getFactory() instanceof NodeViewFactory<?> factory && factory.hasNodeView()) {
            entry.set("view", m_views.of(((NodeViewFactory<NodeModel>)factory).createNodeView(node.node().getNodeModel())));
        }
    }

    private static String resource(final String name) throws IOException {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String escape(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
