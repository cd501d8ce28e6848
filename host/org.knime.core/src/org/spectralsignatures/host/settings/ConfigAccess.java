package org.spectralsignatures.host.settings;

import org.knime.core.node.config.base.AbstractConfigEntry;
import org.knime.core.node.config.base.ConfigBase;
import org.knime.core.node.config.base.ConfigEntries;

/** Reads and writes the entries of a tree of settings as they stand in a file, whatever their type. */
public final class ConfigAccess {

    /**
     * An entry.
     *
     * @param type {@code xint}, {@code xstring} and so on
     * @param value as text, null for the text null
     */
    public record Entry(String type, String value) {
    }

    private ConfigAccess() {
    }

    /** @return an {@link Entry}, a sub tree or null */
    public static Object child(final ConfigBase config, final String key) {
        final AbstractConfigEntry entry = config.getEntry(key);
        return entry == null || entry instanceof ConfigBase ? entry : new Entry(entry.getType().name(), entry.toStringValue());
    }

    /**
     * Adds or replaces an entry.
     *
     * @throws IllegalArgumentException if there are no entries of that type
     */
    public static void put(final ConfigBase config, final String key, final String type, final String value) {
        config.addEntry(ConfigEntries.valueOf(type).createEntry(key, value));
    }

    /** Removes an entry or sub tree. */
    public static void remove(final ConfigBase config, final String key) {
        config.removeConfig(key);
    }
}
