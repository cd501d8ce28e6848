package org.knime.core.node.config.base;

import java.io.IOException;
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
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.settings.ConfigAccess.Entry;
import org.spectralsignatures.host.settings.SettingsXml;

/** A tree of typed entries in the order in which they were added. */
public abstract class ConfigBase extends AbstractConfigEntry implements ConfigBaseRO, ConfigBaseWO {

    static {
        new ConfigAccess() { // NOSONAR registers itself
            @Override
            protected Object get(final ConfigBase config, final String key) {
                return config.m_children.get(key);
            }

            @Override
            protected void set(final ConfigBase config, final String key, final Entry entry) {
                if (entry == null) {
                    config.m_children.remove(key);
                } else {
                    config.m_children.put(key, entry);
                }
            }
        };
    }

    private final Map<String, Object> m_children = new LinkedHashMap<>();

    /** @param key the tree's own key */
    public ConfigBase(final String key) {
        super(key);
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
        return m_children.entrySet().stream()
            .map(e -> e.getValue() instanceof ConfigBase config ? config : (TreeNode)new ConfigLeaf(this, e.getKey())).toList();
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

    private void add(final String key, final String type, final String value) {
        m_children.put(key, new Entry(type, value));
    }

    @Override
    public final ConfigBase addConfigBase(final String key) {
        final ConfigBase config = getInstance(key);
        config.setParent(this);
        m_children.put(key, config);
        return config;
    }

    @Override
    public final ConfigBase getConfigBase(final String key) throws InvalidSettingsException {
        if (m_children.get(key) instanceof ConfigBase config) {
            return config;
        }
        throw new InvalidSettingsException("Config for key \"" + key + "\" not found.");
    }

    private <T> T get(final String key, final String type, final Function<String, T> parse) throws InvalidSettingsException {
        if (!(m_children.get(key) instanceof Entry entry)) {
            throw new InvalidSettingsException("Config entry for key \"" + key + "\" not found.");
        }
        if (!entry.type().equals(type)) {
            throw new InvalidSettingsException("Config entry \"" + key + "\" is of type " + entry.type() + ", expected " + type + ".");
        }
        if (entry.value() == null && !type.equals("xstring")) {
            throw new InvalidSettingsException("Config entry \"" + key + "\" is null, but must be a " + type.substring(1) + ".");
        }
        try {
            return entry.value() == null ? null : parse.apply(entry.value());
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException("Config entry \"" + key + "\": \"" + entry.value() + "\" is no " + type.substring(1) + ".", e);
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
        add(key, "xint", Integer.toString(value));
    }

    @Override
    public void addLong(final String key, final long value) {
        add(key, "xlong", Long.toString(value));
    }

    @Override
    public void addDouble(final String key, final double value) {
        add(key, "xdouble", Double.toString(value));
    }

    @Override
    public void addBoolean(final String key, final boolean value) {
        add(key, "xboolean", Boolean.toString(value));
    }

    @Override
    public void addString(final String key, final String value) {
        add(key, "xstring", value);
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
        return get(key, "xfloat", Float::parseFloat);
    }

    @Override
    public float getFloat(final String key, final float def) {
        return or(() -> getFloat(key), def);
    }

    @Override
    public void addFloat(final String key, final float value) {
        add(key, "xfloat", Float.toString(value));
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
