package org.spectralsignatures.architecture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files that people write: those of the repository without what builds and tools leave. */
final class RepositoryFiles {

    /** What the build and runs make, as {@code .gitignore} says. */
    private static final Set<String> LEFT_OUT = Set.of("target", "bin", "lib", "out", "results");

    private RepositoryFiles() {
    }

    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("test-workflows"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** @return all of them, sorted; nothing hidden but {@code .ci} and {@code .editorconfig} */
    static List<Path> list(final Path repository) throws IOException {
        final var files = new ArrayList<Path>();
        Files.walkFileTree(repository, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                final String name = folder.getFileName().toString();
                final boolean left = !folder.equals(repository) && (LEFT_OUT.contains(name) || name.startsWith(".") && !name.equals(".ci"));
                return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                final String name = file.getFileName().toString();
                if (attributes.isRegularFile() && (!name.startsWith(".") || name.equals(".editorconfig"))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    /** @return the place of a file below the repository */
    static String name(final Path repository, final Path file) {
        return repository.relativize(file).toString().replace('\\', '/');
    }
}
