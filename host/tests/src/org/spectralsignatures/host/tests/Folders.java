package org.spectralsignatures.host.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Copies and deletes folders with all they hold. */
final class Folders {

    private Folders() {
    }

    /** @return the target */
    static Path copy(final Path source, final Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                final Path to = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return target;
    }

    static void delete(final Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
