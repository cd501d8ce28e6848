package org.knime.core.node;

/** Settings, or the data that they are applied to, are not usable. */
public class InvalidSettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do */
    public InvalidSettingsException(final String message) {
        super(message);
    }

    /** As above, with the cause. */
    public InvalidSettingsException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
