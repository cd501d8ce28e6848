package org.spectralsignatures.host.generate;

/** A text that makes no workflow; the message says in which line. */
public final class WorkflowTextException extends Exception {

    private static final long serialVersionUID = 1;

    WorkflowTextException(final int line, final String problem) {
        super("line " + line + ": " + problem);
    }
}
