package org.knime.core.node.config.base;

import java.util.Objects;

/** What has a key in a tree of settings. */
public abstract class AbstractConfigEntry {

    private final String m_key;

    AbstractConfigEntry(final String key) {
        m_key = Objects.requireNonNull(key, "A config needs a key.");
    }

    /** @return the key */
    public final String getKey() {
        return m_key;
    }
}
