package org.spectralsignatures.host.engine;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;

/**
 * What KNIME shows at a node that ended in an exception: the message of a {@link KNIMEException} as it is, others behind
 * {@value #EXECUTE}, with the kind of exception where the message alone says too little.
 */
final class NodeFailure {

    /** How a cancelled node words it, whatever cancelled it. */
    static final String CANCELED = new CanceledExecutionException().getMessage();

    private static final String EXECUTE = "Execute failed: ";

    /** KNIME adds the kind of exception to shorter messages. */
    private static final int SAYS_SOMETHING = 5;

    private NodeFailure() {
    }

    /** @return the message of a node that failed when it was executed */
    static String execute(final Throwable e) {
        final String message = e.getMessage();
        if (message != null && !message.isBlank() && (e instanceof KNIMEException || e instanceof InvalidSettingsException)) {
            return message;
        }
        return EXECUTE + described(e);
    }

    /** @return the message of a node that failed when it was configured */
    static String configure(final Throwable e) {
        final String message = e.getMessage();
        if (e instanceof InvalidSettingsException && message != null && !message.isBlank()) {
            return message;
        }
        return "Configure failed (" + e.getClass().getSimpleName() + "): " + (message == null || message.isBlank() ? where(e) : message) + advice(e);
    }

    /** @return the message of a node whose input could not be copied for it */
    static String input(final int port, final String name, final Throwable e) {
        return "Unable to clone input data at port " + port + " (" + name + "): " + described(e);
    }

    /** @return whether the message explains nothing, so that the stack trace has to */
    static boolean isDefect(final Throwable e) {
        return !(e instanceof KNIMEException || e instanceof InvalidSettingsException || e instanceof CanceledExecutionException);
    }

    private static String described(final Throwable e) {
        final String message = e.getMessage();
        final boolean says = message != null && message.strip().length() >= SAYS_SOMETHING && !(e instanceof Error);
        return (says ? message : "(\"" + e.getClass().getSimpleName() + "\"): " + (message == null || message.isBlank() ? where(e) : message)) + advice(e);
    }

    private static String where(final Throwable e) {
        return e.getStackTrace().length == 0 ? "no message" : "at " + e.getStackTrace()[0];
    }

    private static String advice(final Throwable e) {
        return e instanceof OutOfMemoryError ? ". Java has " + (Runtime.getRuntime().maxMemory() >> 20)
            + " MB; give it more, for example SPECTRALSIGNATURES_JAVA_OPTS=-Xmx8g." : "";
    }
}
