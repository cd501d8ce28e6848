package org.knime.core.node;

/** An execution failed for a reason that a user can understand. */
public final class KNIMEException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do */
    public KNIMEException(final String message) {
        super(message);
    }

    /** As above, with the cause. */
    public KNIMEException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
