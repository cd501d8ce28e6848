package org.spectralsignatures.host.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

import org.spectralsignatures.host.cache.ResultCache;
import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.workflow.WorkflowWriter;

/** Tries whether results can be written at a place, by writing there, and leaves it as it was. */
final class TargetPlace {

    private TargetPlace() {
    }

    /** @throws RefusedException if a folder cannot be made or written there; the message names the option */
    static void checkFolder(final String option, final Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new RefusedException(option + " names a file, '" + folder + "': give a folder.");
        }
        final Deque<Path> made = new ArrayDeque<>();
        try {
            for (Path missing = folder; missing != null && !Files.exists(missing); missing = missing.getParent()) {
                made.push(missing);
            }
            if (!made.isEmpty() && made.peek().getParent() != null && !Files.isDirectory(made.peek().getParent())) {
                throw new RefusedException(option + ": '" + folder + "' cannot be made, since '" + made.peek().getParent() + "' is a file.");
            }
            try {
                Files.createDirectories(folder);
                Files.delete(Files.createTempFile(folder, ".writable", ".tmp"));
            } finally {
                while (!made.isEmpty()) {
                    Files.deleteIfExists(made.removeLast());
                }
            }
        } catch (IOException e) {
            throw new RefusedException(option + ": nothing can be written to '" + folder + "': " + FileProblem.describe(e));
        }
    }

    /** @throws RefusedException if a folder cannot be made or written there, or holds something that is no cache */
    static void checkCache(final Path folder) {
        checkFolder("-cache", folder);
        try {
            if (ResultCache.isForeign(folder)) {
                throw new RefusedException("-cache: '" + folder + "' holds other files: give an empty folder, a new one, or one that was a cache before.");
            }
        } catch (IOException e) {
            throw new RefusedException("-cache: " + FileProblem.describe(e, folder));
        }
    }

    /** @throws RefusedException if a workflow cannot be saved there, or something is there already */
    static void checkNew(final Path saved) {
        final boolean archive = WorkflowWriter.isArchive(saved);
        final String option = archive ? "-destFile" : "-destDir";
        try {
            WorkflowWriter.checkNew(saved);
        } catch (IOException e) {
            throw new RefusedException(option + ": " + FileProblem.describe(e));
        }
        checkFolder(option, archive ? saved.getParent() : saved);
    }
}
