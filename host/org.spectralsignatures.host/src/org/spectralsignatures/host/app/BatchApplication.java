package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.spectralsignatures.host.workflow.WorkflowLoadException;

/** Runs a workflow, once or for each row of a grid, without a user interface. */
public final class BatchApplication implements IApplication {

    private static final int SECONDS_TO_STOP = 10;

    private volatile Runnable m_stop;

    private volatile boolean m_stopped;

    private final CountDownLatch m_done = new CountDownLatch(1);

    @Override
    public Object start(final IApplicationContext context) throws Exception {
        final var arguments = (String[])context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        return run(Arrays.stream(arguments).filter(a -> !a.equals("-nosplash") && !a.equals("-consoleLog")).toList(), System.out,
            Boolean.getBoolean("spectralsignatures.terminal")).code();
    }

    @Override
    public void stop() {
        m_stopped = true;
        final Runnable stop = m_stop;
        if (stop != null) {
            stop.run();
        }
    }

    /**
     * @param arguments see {@link BatchOptions}
     * @param out what the user sees
     * @param terminal whether bars can be drawn there
     * @return how it ended
     */
    public ExitCode run(final List<String> arguments, final PrintStream out, final boolean terminal) throws InterruptedException {
        if (arguments.isEmpty()) {
            out.print(BatchOptions.USAGE);
            return ExitCode.SUCCESS;
        }
        final BatchOptions options;
        try {
            options = BatchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println("ERROR  " + e.getMessage());
            out.print(BatchOptions.USAGE);
            return ExitCode.USAGE;
        }
        options.notes().forEach(note -> out.println("NOTE   " + note));
        final var hook = new Thread(this::stopAndWait, "Stop workflow");
        Runtime.getRuntime().addShutdownHook(hook);
        try (var scratch = new TemporaryFolder()) {
            return run(options, scratch, out, terminal);
        } catch (GridException e) {
            out.println("ERROR  " + e.getMessage());
            return ExitCode.USAGE;
        } catch (WorkflowLoadException e) {
            e.getMessage().lines().forEach(line -> out.println("ERROR  " + line));
            return ExitCode.LOAD;
        } catch (IOException e) {
            out.println("ERROR  " + e.getMessage());
            return ExitCode.EXECUTION;
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
        final var runner = new WorkflowRun(scratch, out, terminal);
        m_stop = runner::cancel;
        if (m_stopped) {
            runner.cancel();
        }
        return options.grid() == null ? runner.run(options).code() : new GridRun(options, runner, out).run();
    }
}
