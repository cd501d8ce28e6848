package org.spectralsignatures.host.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.spectralsignatures.host.text.VisibleText;

/** What the user sees. Whatever file a text comes from, it cannot steer the terminal: see {@link VisibleText}. */
final class VisibleStream extends PrintStream {

    private final PrintStream m_out;

    VisibleStream(final PrintStream out) {
        super(out, true, StandardCharsets.UTF_8);
        m_out = out;
    }

    @Override
    public void print(final String text) {
        m_out.print(VisibleText.of(String.valueOf(text)));
    }

    @Override
    public void println(final String text) {
        m_out.println(VisibleText.of(String.valueOf(text)));
    }

    @Override
    public void println() {
        m_out.println();
    }

    /** Steers the terminal, for the host's own bars alone. */
    void control(final String sequence) {
        m_out.print(sequence);
    }

    @Override
    public void flush() {
        m_out.flush();
    }
}
