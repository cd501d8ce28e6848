package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.report.Report;
import org.spectralsignatures.host.report.RunRecord;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.host.workflow.WorkflowReader;
import org.spectralsignatures.host.workflow.WorkflowWriter;

/** Loads a workflow, executes it, and writes and prints its tables; as often as asked for. */
final class WorkflowRun {

    private static final int PRINTED_ROWS = 20;

    /**
     * How a run ended.
     *
     * @param code of the run
     * @param last the last table of the last node; null if there is none
     */
    record Result(ExitCode code, BufferedDataTable last) {
    }

    private final TemporaryFolder m_scratch;

    private final PrintStream m_out;

    private final boolean m_terminal;

    private volatile WorkflowEngine m_engine;

    private volatile boolean m_cancelled;

    private int m_runs;

    WorkflowRun(final TemporaryFolder scratch, final PrintStream out, final boolean terminal) {
        m_scratch = scratch;
        m_out = out;
        m_terminal = terminal;
    }

    /** Stops the run that goes on, and those to come. */
    void cancel() {
        m_cancelled = true;
        final WorkflowEngine engine = m_engine;
        if (engine != null) {
            engine.cancel();
        }
    }

    boolean isCancelled() {
        return m_cancelled;
    }

    /** @return the workflow as the options change it */
    Workflow load(final BatchOptions options) throws WorkflowLoadException {
        return WorkflowReader.read(options.workflow(), m_scratch.path().resolve("archive" + m_runs++), options.variables(), options.overrides());
    }

    Result run(final BatchOptions options) throws WorkflowLoadException, IOException, InterruptedException {
        final long start = System.nanoTime();
        final Workflow workflow = load(options);
        m_out.println("Workflow '" + workflow.folder().getFileName() + "', " + workflow.nodes().size() + " nodes");
        workflow.notes().forEach(note -> m_out.println("NOTE   " + note));
        if (options.saved() != null) {
            WorkflowWriter.check(workflow.folder(), options.saved());
        }
        if (!workflow.variables().isEmpty()) {
            m_out.println("Variables: " + workflow.describeVariables());
        }
        try (var stores = new TemporaryFolder(m_scratch.path().resolve("filestores"))) {
            final var record = new RunRecord(new ConsoleReport(m_out, m_terminal));
            m_engine = new WorkflowEngine(workflow, stores.path(), record);
            if (m_cancelled) {
                m_engine.cancel();
            }
            if (!m_engine.configure() && options.execute()) {
                if (options.saved() != null) {
                    m_out.println("NOTE   the workflow is not saved, since not all nodes can be configured");
                }
                return new Result(ExitCode.CONFIGURE, null);
            }
            final Set<Path> configured = m_engine.configured().stream().map(WorkflowNode::file).collect(Collectors.toSet());
            final boolean complete = !options.execute() || m_engine.execute();
            final List<BufferedDataTable> last = tables(options);
            if (options.out() != null && options.execute()) {
                new Report(workflow, m_engine, record).write(options.out(), (System.nanoTime() - start) / 1e9);
            }
            if (complete && options.execute()) {
                print(last);
            }
            if (options.saved() != null && !m_cancelled) {
                WorkflowWriter.save(workflow.folder(), options.variables(), options.overrides(), configured, options.saved());
                m_out.println("The workflow was saved, reset, as " + options.saved());
            }
            m_out.println(String.format(Locale.ROOT, "%s in %.0f s%s",
                !options.execute() ? "Nothing was executed" : complete ? "All nodes executed" : m_cancelled ? "Cancelled" : "Some nodes were not executed",
                (System.nanoTime() - start) / 1e9, options.out() == null ? "" : "; tables and report.html in " + options.out()));
            return new Result(complete ? ExitCode.SUCCESS : ExitCode.EXECUTION, last.isEmpty() ? null : last.get(last.size() - 1));
        } finally {
            m_engine = null;
        }
    }

    /** Writes all tables; returns those of the last node that has any. */
    private List<BufferedDataTable> tables(final BatchOptions options) throws IOException {
        List<BufferedDataTable> last = List.of();
        for (WorkflowNode node : m_engine.nodes()) {
            final PortObject[] results = m_engine.results(node.id());
            final var tables = new ArrayList<BufferedDataTable>();
            for (int i = 0; results != null && i < results.length; i++) {
                if (results[i] instanceof BufferedDataTable table) {
                    tables.add(table);
                    if (options.out() != null) {
                        TableOutput.write(table, node, node.node().getFactory().getOutportName(i), options.out());
                    }
                }
            }
            last = tables.isEmpty() ? last : tables;
        }
        return last;
    }

    private void print(final List<BufferedDataTable> tables) {
        for (BufferedDataTable table : tables) {
            if (table.size() > 0 && table.size() <= PRINTED_ROWS) {
                m_out.println();
                TableOutput.print(table, m_out);
            }
        }
        m_out.println();
    }
}
