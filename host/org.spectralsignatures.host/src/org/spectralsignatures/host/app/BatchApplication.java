package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.files.RunArea;
import org.spectralsignatures.host.files.TemporaryFolder;
import org.spectralsignatures.host.generate.NodeReference;
import org.spectralsignatures.host.workflow.WorkflowLoadException;

/** Runs a workflow, once or for each row of a grid, without a user interface. */
public final class BatchApplication implements IApplication {

    private volatile WorkflowRun m_runner;

    private volatile boolean m_stopped;

    /**
     * Equinox keeps what an application throws to itself, and the process would end as if all were well: nothing is thrown here. Nor does
     * Equinox always come to its own end when memory is short; where the launcher removes all that is left, the process ends at once.
     */
    @Override
    public Object start(final IApplicationContext context) {
        ExitCode code = ExitCode.EXECUTION;
        final var area = new RunArea();
        try {
            area.enter();
            final var given = (String[])context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
            final List<String> arguments = area.arguments()
                .orElseGet(() -> Arrays.stream(given).filter(a -> !a.equals("-nosplash") && !a.equals("-consoleLog")).toList());
            code = run(arguments, System.out, Boolean.getBoolean("spectralsignatures.terminal"));
            area.ended();
        } catch (Throwable e) { // NOSONAR see above
            UnexpectedEnd.tell(e, RunPhase.CHECKING, System.out);
        } finally {
            if (area.isLaunched() && !m_stopped) {
                System.out.flush();
                Runtime.getRuntime().halt(code.code());
            }
        }
        return code.code();
    }

    @Override
    public void stop() {
        m_stopped = true;
        final WorkflowRun runner = m_runner;
        if (runner != null) {
            runner.cancel();
        }
    }

    /**
     * @param arguments see {@link BatchOptions}
     * @param out what the user sees
     * @param terminal whether bars can be drawn there
     * @return how it ended; nothing is thrown
     */
    public ExitCode run(final List<String> arguments, final PrintStream out, final boolean terminal) {
        if (arguments.isEmpty() || arguments.stream().anyMatch(BatchOptions.HELP::contains)) {
            out.print(BatchOptions.USAGE);
            return ExitCode.SUCCESS;
        }
        final var seen = new VisibleStream(out);
        if (arguments.get(0).equals(GenerateCommand.OPTION)) {
            return GenerateCommand.run(arguments, seen);
        }
        if (arguments.get(0).equals(NodeReference.OPTION)) {
            return ReferenceCommand.run(arguments, seen);
        }
        try (var shutdown = new Shutdown(this::stop)) {
            return checked(arguments, shutdown, seen, terminal);
        } catch (Throwable e) { // NOSONAR whatever it is, the user hears of it
            UnexpectedEnd.tell(e, phase(), seen);
            return phase().code();
        }
    }

    private RunPhase phase() {
        return m_runner == null ? RunPhase.CHECKING : m_runner.phase();
    }

    private ExitCode checked(final List<String> arguments, final Shutdown shutdown, final VisibleStream out, final boolean terminal)
        throws InterruptedException {
        final BatchOptions options;
        try {
            options = BatchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println("ERROR  " + FileProblem.describe(e));
            out.println("       -help lists the options.");
            return ExitCode.USAGE;
        }
        options.notes().forEach(note -> out.println("NOTE   " + note));
        try (var engine = ChosenEngine.of(options.engine())) {
            options.checkPlaces();
            final String nothing = PreferenceFile.take(options.preferences());
            if (!nothing.isEmpty()) {
                out.println("NOTE   " + nothing);
            }
            try (var scratch = new TemporaryFolder()) {
                shutdown.remove(scratch);
                final var runner = new WorkflowRun(scratch, out, terminal);
                m_runner = runner;
                if (m_stopped) {
                    runner.cancel();
                }
                return options.grid() == null ? runner.run(options).code() : new GridRun(options, runner, out).run();
            }
        } catch (RefusedException e) {
            e.getMessage().lines().forEach(line -> out.println("ERROR  " + line));
            return ExitCode.USAGE;
        } catch (WorkflowLoadException e) {
            e.getMessage().lines().forEach(line -> out.println("ERROR  " + line));
            return ExitCode.LOAD;
        } catch (IOException e) {
            out.println("ERROR  " + FileProblem.describe(e));
            return phase().code();
        }
    }
}
