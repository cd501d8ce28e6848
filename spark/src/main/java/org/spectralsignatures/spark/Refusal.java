package org.spectralsignatures.spark;

/** What the user has to mend: its message says what and how, and is shown without a stack trace. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the file, column, row or option, and what to do */
    public Refusal(final String message) {
        super(message);
    }
}
