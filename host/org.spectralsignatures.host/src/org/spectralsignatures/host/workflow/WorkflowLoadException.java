package org.spectralsignatures.host.workflow;

/** A workflow cannot be loaded; the message names the file or node and says why. */
public final class WorkflowLoadException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong */
    public WorkflowLoadException(final String message) {
        super(message);
    }

    /** As above, with the cause. */
    public WorkflowLoadException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
