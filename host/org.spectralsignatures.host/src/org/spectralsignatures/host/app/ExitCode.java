package org.spectralsignatures.host.app;

/** How a run ended, as status code of the process; 0 to 4 are those of KNIME's batch application. */
public enum ExitCode {

    /** All nodes were executed. */
    SUCCESS(0),

    /** The options are wrong; nothing was loaded. */
    USAGE(2),

    /** The workflow or some of its nodes or settings cannot be loaded. */
    LOAD(3),

    /** A node failed or was cancelled. */
    EXECUTION(4),

    /** A node cannot be configured; nothing was executed. */
    CONFIGURE(5);

    private final int m_code;

    ExitCode(final int code) {
        m_code = code;
    }

    /** @return the status code */
    public int code() {
        return m_code;
    }
}
