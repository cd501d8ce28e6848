package org.knime.core.node.config.base;

import java.util.Set;

import org.knime.core.node.InvalidSettingsException;

/** A tree of typed entries, to be read. Each getter without a default throws where the entry is absent or of another type. */
public interface ConfigBaseRO extends Iterable<String> {

    /** @return the tree's own key */
    String getKey();

    /** @return keys of entries and sub trees in order */
    Set<String> keySet();

    /** @return whether there is an entry or sub tree of that key */
    boolean containsKey(String key);

    /**
     * @return a sub tree
     * @throws InvalidSettingsException if there is none of that key
     */
    ConfigBase getConfigBase(String key) throws InvalidSettingsException;

    /** @return an entry of type int */
    int getInt(String key) throws InvalidSettingsException;

    /** @return an entry of type int, or the default */
    int getInt(String key, int def);

    /** @return an entry of type long */
    long getLong(String key) throws InvalidSettingsException;

    /** @return an entry of type long, or the default */
    long getLong(String key, long def);

    /** @return an entry of type double */
    double getDouble(String key) throws InvalidSettingsException;

    /** @return an entry of type double, or the default */
    double getDouble(String key, double def);

    /** @return an entry of type boolean */
    boolean getBoolean(String key) throws InvalidSettingsException;

    /** @return an entry of type boolean, or the default */
    boolean getBoolean(String key, boolean def);

    /** @return an entry of type text, may be null */
    String getString(String key) throws InvalidSettingsException;

    /** @return an entry of type text, or the default */
    String getString(String key, String def);

    /** @return a list of texts */
    String[] getStringArray(String key) throws InvalidSettingsException;

    /** @return a list of texts, or the default */
    String[] getStringArray(String key, String... def);

    /** @return a list of ints */
    int[] getIntArray(String key) throws InvalidSettingsException;

    /** @return an array */
    long[] getLongArray(String key) throws InvalidSettingsException;

    /** @return an array, or the default if there is none */
    long[] getLongArray(String key, long... def);

    /** @return an array */
    double[] getDoubleArray(String key) throws InvalidSettingsException;

    /** @return an array, or the default if there is none */
    double[] getDoubleArray(String key, double... def);

    /** @return an array */
    boolean[] getBooleanArray(String key) throws InvalidSettingsException;

    /** @return an array, or the default if there is none */
    boolean[] getBooleanArray(String key, boolean... def);

    /** @return an array, or the default if there is none */
    int[] getIntArray(String key, int... def);

    /** @return a float */
    float getFloat(String key) throws InvalidSettingsException;

    /** @return a float, or the default if there is none */
    float getFloat(String key, float def);
}
