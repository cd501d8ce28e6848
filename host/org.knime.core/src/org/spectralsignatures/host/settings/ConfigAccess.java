package org.spectralsignatures.host.settings;

import org.knime.core.node.config.base.ConfigBase;

/** How the host reads and writes the entries of a tree of settings as they stand in a file; KNIME's API has no such methods. */
public abstract class ConfigAccess {

    /**
     * An entry.
     *
     * @param type {@code xint}, {@code xstring} and so on
     * @param value as text, null for the text null
     */
    public record Entry(String type, String value) {
    }

    private static volatile ConfigAccess s_instance;

    /** Called once by the class of the trees. */
    protected ConfigAccess() {
        s_instance = this;
    }

    /** @return see {@link #child(ConfigBase, String)} */
    protected abstract Object get(ConfigBase config, String key);

    /** See {@link #put(ConfigBase, String, String, String)}. */
    protected abstract void set(ConfigBase config, String key, Entry entry);

    /** @return an {@link Entry}, a sub tree or null */
    public static Object child(final ConfigBase config, final String key) {
        return s_instance.get(config, key);
    }

    /** Adds or replaces an entry. */
    public static void put(final ConfigBase config, final String key, final String type, final String value) {
        s_instance.set(config, key, new Entry(type, value));
    }

    /** Removes an entry or sub tree. */
    public static void remove(final ConfigBase config, final String key) {
        s_instance.set(config, key, null);
    }
}
