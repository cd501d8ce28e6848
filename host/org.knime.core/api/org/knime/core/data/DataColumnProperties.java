package org.knime.core.data;

import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notes that travel with a column, texts by name. */
public final class DataColumnProperties {

    private final Map<String, String> m_content;

    /** No notes. */
    public DataColumnProperties() {
        this(Map.of());
    }

    /** @param content the notes */
    public DataColumnProperties(final Map<String, String> content) {
        m_content = new LinkedHashMap<>(content);
    }

    /** @return whether there is a note of that name */
    public boolean containsProperty(final String key) {
        return m_content.containsKey(key);
    }

    /** @return the note of that name, null if there is none */
    public String getProperty(final String key) {
        return m_content.get(key);
    }

    /** @return the note of that name, or the default */
    public String getProperty(final String key, final String defaultValue) {
        return m_content.getOrDefault(key, defaultValue);
    }

    /** @return number of notes */
    public int size() {
        return m_content.size();
    }

    /** @return the names */
    public Enumeration<String> properties() {
        return Collections.enumeration(m_content.keySet());
    }

    /** @return a copy with some notes added or replaced */
    public DataColumnProperties cloneAndOverwrite(final Map<String, String> overwriteContent) {
        final var copy = new DataColumnProperties(m_content);
        copy.m_content.putAll(overwriteContent);
        return copy;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataColumnProperties other && m_content.equals(other.m_content);
    }

    @Override
    public int hashCode() {
        return m_content.hashCode();
    }

    @Override
    public String toString() {
        return m_content.toString();
    }
}
