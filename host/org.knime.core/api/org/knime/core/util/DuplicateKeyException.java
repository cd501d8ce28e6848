package org.knime.core.util;

/** Two rows of a table have the same key. */
public class DuplicateKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String m_key;

    /** @param key that there is twice */
    public DuplicateKeyException(final String key) {
        this("The key \"" + key + "\" is there twice.", key);
    }

    /** As above, with a message. */
    public DuplicateKeyException(final String message, final String key) {
        super(message);
        m_key = key;
    }

    /** @return the key that there is twice */
    public String getKey() {
        return m_key;
    }
}
