package org.spectralsignatures.host.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

import org.spectralsignatures.host.report.Conclusion;
import org.spectralsignatures.host.text.WrappedText;

/** Prints what a workflow comes to, as the last that a user sees of a run. */
public final class ConclusionOutput {

    private static final int WIDTH = 96;

    private static final String INDENT = "  ";

    private ConclusionOutput() {
    }

    /**
     * Prints nothing where nothing is concluded. All lines of a text are indented: none can be taken for a message of the run.
     *
     * @param out what the user sees
     */
    public static void print(final List<Conclusion> conclusions, final PrintStream out) {
        for (Conclusion conclusion : conclusions) {
            out.println();
            out.println("CONCLUSION of " + conclusion.node().label());
            for (Conclusion.Statement statement : conclusion.statements()) {
                wrapped(statement.sentence(), out);
                if (statement.next() != null) {
                    wrapped("What to do next: " + statement.next(), out);
                }
            }
            if (conclusion.more() > 0) {
                wrapped(String.format(Locale.ROOT, "The table has %,d more.", conclusion.more()), out);
            }
        }
    }

    private static void wrapped(final String text, final PrintStream out) {
        WrappedText.lines(text, WIDTH).forEach(line -> out.println(INDENT + line));
    }
}
