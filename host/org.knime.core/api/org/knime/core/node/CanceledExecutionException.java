package org.knime.core.node;

/** The user cancelled an execution. */
public class CanceledExecutionException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A cancellation without further detail. */
    public CanceledExecutionException() {
        super("Execution canceled");
    }

    /** @param message why it was cancelled */
    public CanceledExecutionException(final String message) {
        super(message);
    }
}
