package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import javax.swing.tree.TreeNode;

import org.knime.core.node.InvalidSettingsException;

/** A tree of typed entries in the order in which they were added. */
public abstract class ConfigBase extends AbstractConfigEntry implements ConfigBaseRO, ConfigBaseWO {

    private final Map<String, AbstractConfigEntry> m_children = new LinkedHashMap<>();

    /** @param key the tree's own key */
    public ConfigBase(final String key) {
        super(ConfigEntries.config, key);
    }

    /** @return an empty tree of the same kind */
    public abstract ConfigBase getInstance(final String key);

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(m_children.keySet());
    }

    @Override
    public final Iterator<String> iterator() {
        return keySet().iterator();
    }

    @Override
    public boolean containsKey(final String key) {
        return m_children.containsKey(key);
    }

    /** @return number of entries and sub trees */
    @Override
    public int getChildCount() {
        return m_children.size();
    }

    private List<TreeNode> nodes() {
        return List.copyOf(m_children.values());
    }

    @Override
    public TreeNode getChildAt(final int index) {
        return nodes().get(index);
    }

    @Override
    public int getIndex(final TreeNode node) {
        return nodes().indexOf(node);
    }

    @Override
    public final boolean isLeaf() {
        return m_children.isEmpty();
    }

    @Override
    public final Enumeration<TreeNode> children() {
        return Collections.enumeration(nodes());
    }

    /** @return an entry or sub tree, null if there is none */
    public AbstractConfigEntry getEntry(final String key) {
        return m_children.get(key);
    }

    /** Adds or replaces an entry or sub tree, under its own key. */
    public void addEntry(final AbstractConfigEntry entry) {
        entry.setParent(this);
        m_children.put(entry.getKey(), entry);
    }

    /** @return the entry or sub tree that was removed, null if there was none */
    public final AbstractConfigEntry removeConfig(final String key) {
        return m_children.remove(key);
    }

    private void add(final String key, final ConfigEntries type, final String value) {
        addEntry(type.createEntry(key, value));
    }

    @Override
    public final ConfigBase addConfigBase(final String key) {
        final ConfigBase config = getInstance(key);
        addEntry(config);
        return config;
    }

    @Override
    public final ConfigBase getConfigBase(final String key) throws InvalidSettingsException {
        if (m_children.get(key) instanceof ConfigBase config) {
            return config;
        }
        throw new InvalidSettingsException("Config for key \"" + key + "\" not found.");
    }

    private <T> T get(final String key, final ConfigEntries type, final Function<String, T> parse) throws InvalidSettingsException {
        if (!(m_children.get(key) instanceof ConfigLeaf entry)) {
            throw new InvalidSettingsException("Config entry for key \"" + key + "\" not found.");
        }
        if (entry.getType() != type) {
            throw new InvalidSettingsException("Config entry \"" + key + "\" is of type " + entry.getType() + ", expected " + type + ".");
        }
        final String value = entry.toStringValue();
        final String kind = type.name().substring(1);
        if (value == null && type != ConfigEntries.xstring) {
            throw new InvalidSettingsException("Config entry \"" + key + "\" is null, but must be a " + kind + ".");
        }
        try {
            return value == null ? null : parse.apply(value);
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException("Config entry \"" + key + "\": \"" + value + "\" is no " + kind + ".", e);
        }
    }

    /** @return how long an array says it is, which is never more than it has entries */
    private static int length(final String key, final ConfigBase array) throws InvalidSettingsException {
        final int length = array.getInt("array-size");
        if (length < 0 || length >= array.getChildCount()) {
            throw new InvalidSettingsException("Array \"" + key + "\" says that it has " + length + " entries, but has " + (array.getChildCount() - 1) + ".");
        }
        return length;
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
        return get(key, ConfigEntries.xint, Integer::parseInt);
    }

    @Override
    public int getInt(final String key, final int def) {
        return or(() -> getInt(key), def);
    }

    @Override
    public long getLong(final String key) throws InvalidSettingsException {
        return get(key, ConfigEntries.xlong, Long::parseLong);
    }

    @Override
    public long getLong(final String key, final long def) {
        return or(() -> getLong(key), def);
    }

    @Override
    public double getDouble(final String key) throws InvalidSettingsException {
        return get(key, ConfigEntries.xdouble, Double::parseDouble);
    }

    @Override
    public double getDouble(final String key, final double def) {
        return or(() -> getDouble(key), def);
    }

    @Override
    public boolean getBoolean(final String key) throws InvalidSettingsException {
        return get(key, ConfigEntries.xboolean, Boolean::parseBoolean);
    }

    @Override
    public boolean getBoolean(final String key, final boolean def) {
        return or(() -> getBoolean(key), def);
    }

    @Override
    public String getString(final String key) throws InvalidSettingsException {
        return get(key, ConfigEntries.xstring, Function.identity());
    }

    @Override
    public String getString(final String key, final String def) {
        return or(() -> getString(key), def);
    }

    @Override
    public String[] getStringArray(final String key) throws InvalidSettingsException {
        final ConfigBase array = getConfigBase(key);
        final var values = new String[length(key, array)];
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
        final ConfigBase array = getConfigBase(key);
        final var values = new int[length(key, array)];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getInt(Integer.toString(i));
        }
        return values;
    }

    @Override
    public void addInt(final String key, final int value) {
        add(key, ConfigEntries.xint, Integer.toString(value));
    }

    @Override
    public void addLong(final String key, final long value) {
        add(key, ConfigEntries.xlong, Long.toString(value));
    }

    @Override
    public void addDouble(final String key, final double value) {
        add(key, ConfigEntries.xdouble, Double.toString(value));
    }

    @Override
    public void addBoolean(final String key, final boolean value) {
        add(key, ConfigEntries.xboolean, Boolean.toString(value));
    }

    @Override
    public void addString(final String key, final String value) {
        add(key, ConfigEntries.xstring, value);
    }

    @Override
    public void addStringArray(final String key, final String... values) {
        final ConfigBase array = addConfigBase(key);
        array.addInt("array-size", values.length);
        for (int i = 0; i < values.length; i++) {
            array.addString(Integer.toString(i), values[i]);
        }
    }

    @Override
    public void addIntArray(final String key, final int... values) {
        final ConfigBase array = addConfigBase(key);
        array.addInt("array-size", values.length);
        for (int i = 0; i < values.length; i++) {
            array.addInt(Integer.toString(i), values[i]);
        }
    }

    @Override
    public long[] getLongArray(final String key) throws InvalidSettingsException {
        final ConfigBase array = getConfigBase(key);
        final var values = new long[length(key, array)];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getLong(Integer.toString(i));
        }
        return values;
    }

    @Override
    public long[] getLongArray(final String key, final long... def) {
        return or(() -> getLongArray(key), def);
    }

    @Override
    public void addLongArray(final String key, final long... values) {
        final ConfigBase array = addConfigBase(key);
        array.addInt("array-size", values.length);
        for (int i = 0; i < values.length; i++) {
            array.addLong(Integer.toString(i), values[i]);
        }
    }

    @Override
    public double[] getDoubleArray(final String key) throws InvalidSettingsException {
        final ConfigBase array = getConfigBase(key);
        final var values = new double[length(key, array)];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getDouble(Integer.toString(i));
        }
        return values;
    }

    @Override
    public double[] getDoubleArray(final String key, final double... def) {
        return or(() -> getDoubleArray(key), def);
    }

    @Override
    public void addDoubleArray(final String key, final double... values) {
        final ConfigBase array = addConfigBase(key);
        array.addInt("array-size", values.length);
        for (int i = 0; i < values.length; i++) {
            array.addDouble(Integer.toString(i), values[i]);
        }
    }

    @Override
    public boolean[] getBooleanArray(final String key) throws InvalidSettingsException {
        final ConfigBase array = getConfigBase(key);
        final var values = new boolean[length(key, array)];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getBoolean(Integer.toString(i));
        }
        return values;
    }

    @Override
    public boolean[] getBooleanArray(final String key, final boolean... def) {
        return or(() -> getBooleanArray(key), def);
    }

    @Override
    public void addBooleanArray(final String key, final boolean... values) {
        final ConfigBase array = addConfigBase(key);
        array.addInt("array-size", values.length);
        for (int i = 0; i < values.length; i++) {
            array.addBoolean(Integer.toString(i), values[i]);
        }
    }

    @Override
    public int[] getIntArray(final String key, final int... def) {
        return or(() -> getIntArray(key), def);
    }

    @Override
    public float getFloat(final String key) throws InvalidSettingsException {
        return get(key, ConfigEntries.xfloat, Float::parseFloat);
    }

    @Override
    public float getFloat(final String key, final float def) {
        return or(() -> getFloat(key), def);
    }

    @Override
    public void addFloat(final String key, final float value) {
        add(key, ConfigEntries.xfloat, Float.toString(value));
    }

    /** @return how many children there are: a tree has no value of its own */
    @Override
    public final String toStringValue() {
        return "Config with " + getChildCount() + " entries";
    }

    /**
     * Adds what an XML file holds.
     *
     * @param is the file
     * @throws IOException if it is no such XML; the message says in which line
     */
    public void load(final InputStream is) throws IOException {
        SettingsXml.read(is, this);
    }

    /** Writes the tree as XML; the stream stays open. */
    public final void saveToXML(final OutputStream os) throws IOException {
        SettingsXml.write(this, os);
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof ConfigBase other && m_children.equals(other.m_children);
    }

    @Override
    public int hashCode() {
        return m_children.hashCode();
    }
}
