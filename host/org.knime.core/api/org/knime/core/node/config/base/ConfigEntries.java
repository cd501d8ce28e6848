package org.knime.core.node.config.base;

/** The types of entries, named as in KNIME's files. */
public enum ConfigEntries {

    /** Texts. */
    xstring,

    /** Whole numbers of 32 bits. */
    xint,

    /** Numbers of 64 bits. */
    xdouble,

    /** Numbers of 32 bits. */
    xfloat,

    /** Whole numbers of 64 bits. */
    xlong,

    /** Whole numbers of 16 bits. */
    xshort,

    /** Whole numbers of 8 bits. */
    xbyte,

    /** Single characters. */
    xchar,

    /** Truth values. */
    xboolean,

    /** Sub trees. */
    config,

    /** Passwords, kept as they stand in the file. */
    xpassword,

    /** Texts that KNIME does not save. */
    xtransientstring;

    /**
     * @param key the entry's key
     * @param value as text, null for the text null; looked at only when it is asked for as a number
     * @return an entry of this type
     * @throws IllegalArgumentException if this is the type of sub trees
     */
    public AbstractConfigEntry createEntry(final String key, final String value) {
        return new ConfigLeaf(this, key, value);
    }
}
