package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.host.workflow.WorkflowReader;

/** Runs one workflow without a user interface. */
public final class BatchApplication implements IApplication {

    private static final int SECONDS_TO_STOP = 10;

    private static final int PRINTED_ROWS = 20;

    private volatile WorkflowEngine m_engine;

    private final CountDownLatch m_done = new CountDownLatch(1);

    @Override
    public Object start(final IApplicationContext context) throws Exception {
        final var arguments = (String[])context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        return run(Arrays.stream(arguments).filter(a -> !a.equals("-nosplash") && !a.equals("-consoleLog")).toList(), System.out,
            Boolean.getBoolean("spectralsignatures.terminal")).code();
    }

    @Override
    public void stop() {
        final WorkflowEngine engine = m_engine;
        if (engine != null) {
            engine.cancel();
        }
    }

    /**
     * @param arguments see {@link BatchOptions}
     * @param out what the user sees
     * @param terminal whether bars can be drawn there
     * @return how it ended
     */
    public ExitCode run(final List<String> arguments, final PrintStream out, final boolean terminal) throws IOException, InterruptedException {
        final BatchOptions options;
        try {
            options = BatchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println("ERROR  " + e.getMessage());
            out.print(BatchOptions.USAGE);
            return ExitCode.USAGE;
        }
        final var hook = new Thread(this::stopAndWait, "Stop workflow");
        Runtime.getRuntime().addShutdownHook(hook);
        try (var scratch = new TemporaryFolder()) {
            return run(options, scratch, out, terminal);
        } catch (WorkflowLoadException e) {
            e.getMessage().lines().forEach(line -> out.println("ERROR  " + line));
            return ExitCode.LOAD;
        } finally {
            m_done.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) { // NOSONAR
                // the process is about to end
            }
        }
    }

    private void stopAndWait() {
        stop();
        try {
            m_done.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ExitCode run(final BatchOptions options, final TemporaryFolder scratch, final PrintStream out, final boolean terminal)
        throws WorkflowLoadException, IOException, InterruptedException {
        final long start = System.nanoTime();
        final Workflow workflow = WorkflowReader.read(options.workflow(), scratch.path().resolve("archive"), options.variables(), options.overrides());
        out.println("Workflow '" + workflow.folder().getFileName() + "', " + workflow.nodes().size() + " nodes");
        m_engine = new WorkflowEngine(workflow, scratch.path().resolve("filestores"), new ConsoleReport(out, terminal));
        if (!m_engine.configure()) {
            return ExitCode.CONFIGURE;
        }
        final boolean complete = m_engine.execute();
        BufferedDataTable last = null;
        for (WorkflowNode node : m_engine.nodes()) {
            final PortObject[] results = m_engine.results(node.id());
            for (int i = 0; results != null && i < results.length; i++) {
                if (results[i] instanceof BufferedDataTable table) {
                    last = table;
                    if (options.out() != null) {
                        TableOutput.write(table, node, node.node().getFactory().getOutportName(i), options.out());
                    }
                }
            }
        }
        if (complete && last != null && last.size() <= PRINTED_ROWS) {
            out.println();
            TableOutput.print(last, out);
            out.println();
        }
        out.println(String.format(Locale.ROOT, "%s in %.0f s%s", complete ? "All nodes executed" : m_engine.isCancelled() ? "Cancelled" : "Some nodes were not executed",
            (System.nanoTime() - start) / 1e9, options.out() == null ? "" : "; tables in " + options.out()));
        return complete ? ExitCode.SUCCESS : ExitCode.EXECUTION;
    }
}
