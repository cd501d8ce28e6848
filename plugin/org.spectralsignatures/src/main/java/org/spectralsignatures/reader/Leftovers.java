package org.spectralsignatures.reader;

import java.util.Locale;
import java.util.Set;

/** Files and folders that systems leave beside one's own: macOS, Windows, network storage, archives, Spark and Hadoop. */
public final class Leftovers {

    private static final Set<String> NAMES = Set.of("@eadir", "#recycle", "#snapshot", "__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin",
        "system volume information", "lost+found", "network trash folder", "temporary items", "_success",
        "_temporary");

    /** Name of the file that marks a folder as written by a Labelled Image Writer: not part of a set that it lies in. */
    public static final String WRITTEN_SET = ".spectralsignatures-written";

    private Leftovers() {
    }

    /** @return whether a name is that of a leftover; names that begin with a dot are, too */
    public static boolean isLeftover(final String name) {
        return name.startsWith(".") || NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
