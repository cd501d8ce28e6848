package org.knime.core.node.config.base;

/** A tree of typed entries, to be written. */
public interface ConfigBaseWO {

    /** @return the tree's own key */
    String getKey();

    /** @return a new, empty sub tree */
    ConfigBase addConfigBase(String key);

    /** Adds or replaces an entry of type int. */
    void addInt(String key, int value);

    /** Adds or replaces an entry of type long. */
    void addLong(String key, long value);

    /** Adds or replaces an entry of type double. */
    void addDouble(String key, double value);

    /** Adds or replaces an entry of type boolean. */
    void addBoolean(String key, boolean value);

    /** Adds or replaces an entry of type text, may be null. */
    void addString(String key, String value);

    /** Adds or replaces a list of texts. */
    void addStringArray(String key, String... values);

    /** Adds or replaces a list of ints. */
    void addIntArray(String key, int... values);

    /** Adds an array. */
    void addLongArray(String key, long... values);

    /** Adds an array. */
    void addDoubleArray(String key, double... values);

    /** Adds an array. */
    void addBooleanArray(String key, boolean... values);

    /** Adds a float. */
    void addFloat(String key, float value);
}
