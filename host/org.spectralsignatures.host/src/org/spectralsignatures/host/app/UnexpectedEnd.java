package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;

import org.spectralsignatures.host.files.FileProblem;

/** Tells a user why a run or a node ended that nobody expected to: one message, and for a defect the stack trace after it. */
final class UnexpectedEnd {

    private static final int FRAMES = 40;

    private UnexpectedEnd() {
    }

    /** Prints what happened; even where memory is too short for more than a word. */
    static void tell(final Throwable e, final RunPhase phase, final PrintStream out) {
        try {
            out.println("ERROR  " + message(e, phase));
            if (isDefect(e)) {
                trace(e).forEach(out::println);
            }
        } catch (Throwable again) { // NOSONAR no memory for more
            out.println("ERROR  Unexpected end of the run");
        }
        out.flush();
    }

    private static String message(final Throwable e, final RunPhase phase) {
        final String where = " while " + phase.doing();
        if (e instanceof OutOfMemoryError) {
            return "Not enough memory" + where + " (" + e.getMessage() + "; Java has " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB): give it more, for example SPECTRALSIGNATURES_JAVA_OPTS=-Xmx8g.";
        } else if (e instanceof StackOverflowError) {
            return "Something is nested too deeply" + where + " (StackOverflowError).";
        } else if (!isDefect(e)) {
            return FileProblem.describe(e);
        }
        return "Unexpected end" + where + ": " + e.getClass().getName() + (e.getMessage() == null ? "" : ": " + e.getMessage())
            + ". This is a defect; please report it with these lines:";
    }

    /** @return whether an exception says nothing to a user, so that its stack trace is needed */
    static boolean isDefect(final Throwable e) {
        return !(e instanceof IOException || e instanceof UncheckedIOException || e instanceof InvalidPathException || e instanceof OutOfMemoryError
            || e instanceof InterruptedException);
    }

    /** @return the stack trace, indented, of causes too; the middle of a long one is left out */
    static List<String> trace(final Throwable e) {
        final var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        final List<String> lines = text.toString().lines().toList();
        return lines.stream().limit(FRAMES).map(line -> "       " + line).toList();
    }
}
