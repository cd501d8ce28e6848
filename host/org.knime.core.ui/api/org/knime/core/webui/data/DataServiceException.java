package org.knime.core.webui.data;

/** A service cannot answer, for a reason that the user is told. */
public final class DataServiceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String m_details;

    /** An error without details. */
    public DataServiceException(final String message) {
        this(message, (String)null);
    }

    /** An error without details. */
    public DataServiceException(final String message, final Throwable cause) {
        this(message, null, cause);
    }

    /** An error with details, which may be null. */
    public DataServiceException(final String message, final String details) {
        super(message);
        m_details = details;
    }

    /** An error with details, which may be null. */
    public DataServiceException(final String message, final String details, final Throwable cause) {
        super(message, cause);
        m_details = details;
    }

    /** @return more than the message; null for nothing */
    public String getDetails() {
        return m_details;
    }
}
