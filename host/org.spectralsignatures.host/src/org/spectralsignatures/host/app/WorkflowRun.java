package org.spectralsignatures.host.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.host.cache.CachedExecution;
import org.spectralsignatures.host.cache.ResultCache;
import org.spectralsignatures.host.engine.NodeExecution;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.files.TemporaryFolder;
import org.spectralsignatures.host.report.Conclusion;
import org.spectralsignatures.host.report.Report;
import org.spectralsignatures.host.report.RunRecord;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.host.workflow.WorkflowReader;
import org.spectralsignatures.host.workflow.WorkflowWriter;

/** Loads a workflow, executes it, writes and prints its tables, and ends with what they come to; as often as asked for. */
final class WorkflowRun {

    private static final int PRINTED_ROWS = 20;

    /**
     * How a run ended.
     *
     * @param code of the run
     * @param last what the last node concludes, else its last table; null if there is none
     */
    record Result(ExitCode code, BufferedDataTable last) {
    }

    /** A table, and whether it says what the workflow comes to. */
    private record Output(BufferedDataTable table, boolean conclusion) {
    }

    private final TemporaryFolder m_scratch;

    private final VisibleStream m_out;

    private final boolean m_terminal;

    private volatile WorkflowEngine m_engine;

    private volatile boolean m_cancelled;

    private volatile RunPhase m_phase = RunPhase.CHECKING;

    private int m_runs;

    /** Of all runs of a grid; null where there is none, or it could not be opened. */
    private ResultCache m_cache;

    private boolean m_cacheOpened;

    WorkflowRun(final TemporaryFolder scratch, final VisibleStream out, final boolean terminal) {
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

    /** @return what it is doing */
    RunPhase phase() {
        return m_phase;
    }

    boolean isCancelled() {
        return m_cancelled;
    }

    /** @return the workflow as the options change it */
    Workflow load(final BatchOptions options) throws WorkflowLoadException {
        m_phase = RunPhase.LOADING;
        return WorkflowReader.read(options.workflow(), m_scratch.path().resolve("archive" + m_runs++), options.variables(), options.overrides());
    }

    Result run(final BatchOptions options) throws WorkflowLoadException, IOException, InterruptedException {
        final long start = System.nanoTime();
        final Workflow workflow = load(options);
        m_out.println("Workflow '" + workflow.folder().getFileName() + "', " + workflow.nodes().size() + " nodes");
        workflow.notes().forEach(note -> m_out.println("NOTE   " + note));
        if (options.saved() != null) {
            checkSaved(workflow, options.saved());
        }
        if (!workflow.variables().isEmpty()) {
            m_out.println("Variables: " + workflow.describeVariables());
        }
        try (var stores = new TemporaryFolder(m_scratch.path().resolve("filestores"))) {
            final var record = new RunRecord(new ConsoleReport(m_out, m_terminal));
            openCache(options);
            final CachedExecution cached = m_cache == null ? null : new CachedExecution(m_cache, workflow, record, stores.path().resolve("taken"));
            m_engine = new WorkflowEngine(workflow, stores.path(), record, cached == null ? NodeExecution.ALWAYS : cached);
            if (m_cancelled) {
                m_engine.cancel();
            }
            m_phase = RunPhase.CONFIGURING;
            final boolean configurable = m_engine.configure();
            if (!configurable && options.execute()) {
                if (options.saved() != null) {
                    m_out.println("NOTE   the workflow is not saved, since not all nodes can be configured");
                }
                return new Result(ExitCode.CONFIGURE, null);
            }
            final Set<Path> configured = m_engine.configured().stream().map(WorkflowNode::file).collect(Collectors.toSet());
            final OutputFolder output = options.out() == null || !options.execute() ? null : new OutputFolder(options.out());
            if (output != null) {
                m_phase = RunPhase.CHECKING;
                output.begin(m_out);
            }
            m_phase = RunPhase.EXECUTING;
            final boolean complete = options.execute() && m_engine.execute();
            if (cached != null) {
                cached.summary().forEach(line -> m_out.println("cache  " + line));
            }
            m_phase = RunPhase.WRITING;
            final List<Output> last = tables(options, output);
            final List<Conclusion> conclusions = Conclusion.of(m_engine);
            if (output != null) {
                output.add(options.out().resolve(Report.FILE));
                new Report(workflow, m_engine, record, conclusions).write(options.out(), (System.nanoTime() - start) / 1e9);
            }
            if (complete) {
                print(last);
            }
            if (options.saved() != null && !m_cancelled) {
                WorkflowWriter.save(workflow.folder(), options.variables(), options.overrides(), configured, options.saved());
                m_out.println("The workflow was saved, reset, as " + options.saved());
            }
            m_out.println(String.format(Locale.ROOT, "%s in %.0f s%s",
                !options.execute() ? "Nothing was executed" : complete ? "All nodes executed" : m_cancelled ? "Cancelled" : "Some nodes were not executed",
                (System.nanoTime() - start) / 1e9, output == null ? "" : "; tables and report.html in " + options.out()));
            ConclusionOutput.print(conclusions, m_out);
            final ExitCode code = !options.execute() ? configurable ? ExitCode.SUCCESS : ExitCode.CONFIGURE : complete ? ExitCode.SUCCESS : ExitCode.EXECUTION;
            return new Result(code, collected(last));
        } finally {
            m_engine = null;
        }
    }

    /** A run does not fail for want of a cache. */
    private void openCache(final BatchOptions options) {
        if (options.cache() != null && !m_cacheOpened) {
            m_cacheOpened = true;
            try {
                m_cache = new ResultCache(options.cache().folder(), options.cache().bytes());
            } catch (IOException | RuntimeException e) { // NOSONAR
                m_out.println("NOTE   the cache cannot be used, so that all nodes are executed: " + FileProblem.describe(e));
            }
        }
    }

    private static void checkSaved(final Workflow workflow, final Path saved) {
        try {
            WorkflowWriter.check(workflow.folder(), saved);
        } catch (IOException e) {
            throw new RefusedException(FileProblem.describe(e));
        }
    }

    /** Writes all tables; returns those of the last node that has any. */
    private List<Output> tables(final BatchOptions options, final OutputFolder output) throws IOException {
        List<Output> last = List.of();
        for (WorkflowNode node : m_engine.nodes()) {
            final PortObject[] results = m_engine.results(node.id());
            final var tables = new ArrayList<Output>();
            for (int i = 0; results != null && i < results.length; i++) {
                if (results[i] instanceof BufferedDataTable table) {
                    tables.add(new Output(table, Conclusion.isAt(node, i)));
                    if (output != null) {
                        final Path file = TableOutput.file(node, i, options.out());
                        output.add(file);
                        TableOutput.write(table, file);
                    }
                }
            }
            last = tables.isEmpty() ? last : tables;
        }
        return last;
    }

    /** @return the table that a grid collects; null for none */
    private static BufferedDataTable collected(final List<Output> last) {
        return last.stream().filter(Output::conclusion).findFirst().or(() -> last.stream().reduce((a, b) -> b)).map(Output::table).orElse(null);
    }

    /** Prints small tables; conclusions are left for the end. */
    private void print(final List<Output> outputs) {
        for (Output output : outputs) {
            if (!output.conclusion && output.table.size() > 0 && output.table.size() <= PRINTED_ROWS) {
                m_out.println();
                TableOutput.print(output.table, m_out);
            }
        }
        m_out.println();
    }
}
