package org.knime.core.node.config;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.knime.core.node.InvalidSettingsException;

/** A tree of typed entries in the order in which they were added. */
public abstract class Config implements ConfigRO, ConfigWO {

    /**
     * An entry.
     *
     * @param type {@code xint}, {@code xstring} and so on
     * @param value as text, null for the text null
     */
    public record Entry(String type, String value) {
    }

    private final String m_key;

    private final Map<String, Object> m_children = new LinkedHashMap<>();

    /** @param key the tree's own key */
    protected Config(final String key) {
        m_key = key;
    }

    /** @return an empty tree of the same kind */
    protected abstract Config newInstance(String key);

    @Override
    public String getKey() {
        return m_key;
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(m_children.keySet());
    }

    @Override
    public Iterator<String> iterator() {
        return keySet().iterator();
    }

    @Override
    public boolean containsKey(final String key) {
        return m_children.containsKey(key);
    }

    @Override
    public int getChildCount() {
        return m_children.size();
    }

    /** @return an {@link Entry}, a sub tree or null */
    public Object child(final String key) {
        return m_children.get(key);
    }

    /** Adds or replaces an entry as it stands in a file. */
    public void addEntry(final String key, final String type, final String value) {
        m_children.put(key, new Entry(type, value));
    }

    @Override
    public Config addConfig(final String key) {
        final Config config = newInstance(key);
        m_children.put(key, config);
        return config;
    }

    @Override
    public Config getConfig(final String key) throws InvalidSettingsException {
        if (m_children.get(key) instanceof Config config) {
            return config;
        }
        throw new InvalidSettingsException("Config for key \"" + key + "\" not found.");
    }

    private <T> T get(final String key, final String type, final Function<String, T> parse) throws InvalidSettingsException {
        if (!(m_children.get(key) instanceof Entry entry)) {
            throw new InvalidSettingsException("Config entry for key \"" + key + "\" not found.");
        }
        if (!entry.type.equals(type)) {
            throw new InvalidSettingsException("Config entry \"" + key + "\" is of type " + entry.type + ", expected " + type + ".");
        }
        try {
            return entry.value == null ? null : parse.apply(entry.value);
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException("Config entry \"" + key + "\": \"" + entry.value + "\" is no " + type.substring(1) + ".", e);
        }
    }

    private interface Getter<T> {
        T get() throws InvalidSettingsException;
    }

    private static <T> T or(final Getter<T> getter, final T def) {
        try {
            return getter.get();
        } catch (InvalidSettingsException e) { // NOSONAR that is what the default is for
            return def;
        }
    }

    @Override
    public int getInt(final String key) throws InvalidSettingsException {
        return get(key, "xint", Integer::parseInt);
    }

    @Override
    public int getInt(final String key, final int def) {
        return or(() -> getInt(key), def);
    }

    @Override
    public long getLong(final String key) throws InvalidSettingsException {
        return get(key, "xlong", Long::parseLong);
    }

    @Override
    public long getLong(final String key, final long def) {
        return or(() -> getLong(key), def);
    }

    @Override
    public double getDouble(final String key) throws InvalidSettingsException {
        return get(key, "xdouble", Double::parseDouble);
    }

    @Override
    public double getDouble(final String key, final double def) {
        return or(() -> getDouble(key), def);
    }

    @Override
    public boolean getBoolean(final String key) throws InvalidSettingsException {
        return get(key, "xboolean", Boolean::parseBoolean);
    }

    @Override
    public boolean getBoolean(final String key, final boolean def) {
        return or(() -> getBoolean(key), def);
    }

    @Override
    public String getString(final String key) throws InvalidSettingsException {
        return get(key, "xstring", Function.identity());
    }

    @Override
    public String getString(final String key, final String def) {
        return or(() -> getString(key), def);
    }

    @Override
    public String[] getStringArray(final String key) throws InvalidSettingsException {
        final Config array = getConfig(key);
        final var values = new String[array.getInt("array-size")];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getString(Integer.toString(i));
        }
        return values;
    }

    @Override
    public String[] getStringArray(final String key, final String... def) {
        return or(() -> getStringArray(key), def);
    }

    @Override
    public int[] getIntArray(final String key) throws InvalidSettingsException {
        final Config array = getConfig(key);
        final var values = new int[array.getInt("array-size")];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getInt(Integer.toString(i));
        }
        return values;
    }

    @Override
    public void addInt(final String key, final int value) {
        addEntry(key, "xint", Integer.toString(value));
    }

    @Override
    public void addLong(final String key, final long value) {
        addEntry(key, "xlong", Long.toString(value));
    }

    @Override
    public void addDouble(final String key, final double value) {
        addEntry(key, "xdouble", Double.toString(value));
    }

    @Override
    public void addBoolean(final String key, final boolean value) {
        addEntry(key, "xboolean", Boolean.toString(value));
    }

    @Override
    public void addString(final String key, final String value) {
        addEntry(key, "xstring", value);
    }

    @Override
    public void addStringArray(final String key, final String... values) {
        final Config array = addConfig(key);
        array.addInt("array-size", values.length);
        for (int i = 0; i < values.length; i++) {
            array.addString(Integer.toString(i), values[i]);
        }
    }

    @Override
    public void addIntArray(final String key, final int... values) {
        final Config array = addConfig(key);
        array.addInt("array-size", values.length);
        for (int i = 0; i < values.length; i++) {
            array.addInt(Integer.toString(i), values[i]);
        }
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof Config other && m_children.equals(other.m_children);
    }

    @Override
    public int hashCode() {
        return m_children.hashCode();
    }
}
