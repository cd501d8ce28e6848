package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The folder of a run's results. A list in it names the files that the run writes; the next run into the same folder removes these,
 * so that old results never stand beside new ones, and touches nothing else.
 */
final class OutputFolder {

    /** The list. */
    static final String LIST = "results.list";

    private static final String TITLE = "# What a run wrote here. The next run into this folder removes these files.";

    private final Path m_folder;

    OutputFolder(final Path folder) {
        m_folder = folder;
    }

    /**
     * Removes the results of an earlier run, and says so.
     *
     * @throws RefusedException if the folder belongs to a grid
     */
    void begin(final PrintStream out) throws IOException {
        if (Files.exists(m_folder.resolve(GridRun.CLAIM))) {
            throw new RefusedException("'" + m_folder + "' holds the results of a grid: choose another folder.");
        }
        removeOld(out);
        Files.createDirectories(m_folder);
        final long others;
        try (var files = Files.list(m_folder)) {
            others = files.count();
        }
        if (others > 0) {
            out.println("NOTE   '" + m_folder + "' holds " + others + (others == 1 ? " file or folder that" : " files or folders that")
                + " no run listed as its own: left as it is, beside the new results");
        }
        Files.writeString(m_folder.resolve(LIST), TITLE + "\n");
    }

    /** Removes what an earlier run listed, if one did. */
    void removeOld(final PrintStream out) throws IOException {
        final Path list = m_folder.resolve(LIST);
        if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int removed = 0;
        final List<String> lines = Files.readAllLines(list, StandardCharsets.UTF_8);
        for (String line : lines.contains(TITLE) ? lines : List.<String>of()) {
            final Path file = line.equals(TITLE) || line.isBlank() ? null : m_folder.resolve(line).normalize();
            if (file != null && file.startsWith(m_folder) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toRealPath().startsWith(m_folder.toRealPath())) {
                Files.delete(file);
                removed++;
                removeEmpty(file.getParent());
            }
        }
        Files.delete(list);
        if (removed > 0) {
            out.println("NOTE   removed " + removed + " files that an earlier run wrote to '" + m_folder + "'");
        }
    }

    private void removeEmpty(final Path folder) throws IOException {
        for (Path empty = folder; !empty.equals(m_folder); empty = empty.getParent()) {
            try (var files = Files.list(empty)) {
                if (files.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(empty);
        }
    }

    /** Lists a file that is about to be written. */
    void add(final Path file) throws IOException {
        Files.writeString(m_folder.resolve(LIST), m_folder.relativize(file).toString().replace('\\', '/') + "\n", StandardCharsets.UTF_8,
            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
