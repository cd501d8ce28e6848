package org.knime.core.node;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The log of a class. */
public final class NodeLogger {

    private final Logger m_logger;

    private NodeLogger(final String name) {
        m_logger = Logger.getLogger(name);
    }

    /** @return the log of a class */
    public static NodeLogger getLogger(final Class<?> c) {
        return new NodeLogger(c.getName());
    }

    /** Logs a detail. */
    public void debug(final Object o) {
        m_logger.log(Level.FINE, () -> String.valueOf(o));
    }

    /** Logs a fact. */
    public void info(final Object o) {
        m_logger.log(Level.INFO, () -> String.valueOf(o));
    }

    /** Logs something that may be wrong. */
    public void warn(final Object o) {
        m_logger.log(Level.WARNING, () -> String.valueOf(o));
    }

    /** Logs a failure. */
    public void error(final Object o, final Throwable t) {
        m_logger.log(Level.SEVERE, String.valueOf(o), t);
    }
}
