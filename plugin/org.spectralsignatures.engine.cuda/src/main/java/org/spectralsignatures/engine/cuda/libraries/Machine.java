package org.spectralsignatures.engine.cuda.libraries;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is asked of a machine to find libraries on it: this one, or one that a test makes up.
 *
 * @param system as Java calls the operating system
 * @param processor as Java calls the processor's kind
 * @param environment values of environment variables, null for none
 * @param properties values of system properties, null for none
 * @param preference of the folder of NVIDIA's libraries, empty for none
 * @param root folder that all absolute places of Linux are below, {@code /}
 */
record Machine(String system, String processor, UnaryOperator<String> environment, UnaryOperator<String> properties, Supplier<String> preference, Path root) {

    /** @return this machine */
    static Machine here() {
        return new Machine(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), System::getenv, System::getProperty,
            FolderPreference::value, Path.of("/"));
    }

    boolean windows() {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    boolean supported() {
        return (windows() || system.equals("Linux")) && (processor.equals("amd64") || processor.equals("x86_64"));
    }

    /**
     * @param place absolute, on Linux
     * @return the same on this machine
     */
    Path at(final String place) {
        return root.resolve(place.substring(1));
    }

    /**
     * @param list of folders, as in {@code PATH}; null for none
     * @return the folders; what is no path is left out
     */
    List<Path> folders(final String list) {
        final var folders = new ArrayList<Path>();
        for (String folder : list == null ? new String[0] : list.split(windows() ? ";" : ":")) {
            final Path path = path(folder);
            if (path != null) {
                folders.add(path);
            }
        }
        return folders;
    }

    /** @return the path; null if there is none or it cannot be one */
    static Path path(final String text) {
        try {
            return text == null || text.isBlank() ? null : Path.of(text.strip().replaceAll("^\"|\"$", ""));
        } catch (InvalidPathException e) { // NOSONAR said where the user named it, left out where a system did
            return null;
        }
    }
}
