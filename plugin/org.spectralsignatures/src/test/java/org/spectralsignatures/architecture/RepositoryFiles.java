package org.spectralsignatures.architecture;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files that people write: those of the repository without what builds and tools leave. */
final class RepositoryFiles {

    /** Where the README lets runs write. */
    private static final String RESULTS = "results";

    private RepositoryFiles() {
    }

    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("test-workflows"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** @return all of them, sorted, but for what {@code .gitignore} names; nothing hidden but {@code .ci} and {@code .editorconfig} */
    static List<Path> list(final Path repository) throws IOException {
        final List<PathMatcher> ignored = Files.readAllLines(repository.resolve(".gitignore")).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(RepositoryFiles::matcher).toList();
        final var files = new ArrayList<Path>();
        Files.walkFileTree(repository, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                return folder.equals(repository) || isOurs(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isOurs(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            private boolean isOurs(final Path path) {
                final Path below = repository.relativize(path);
                final String name = path.getFileName().toString();
                final boolean hidden = name.startsWith(".") && !name.equals(".ci") && !name.equals(".editorconfig");
                return !hidden && !below.toString().equals(RESULTS) && ignored.stream().noneMatch(pattern -> pattern.matches(below));
            }
        });
        files.sort(null);
        return files;
    }

    /** A line of {@code .gitignore}: behind a slash a place, else a name in any folder. */
    private static PathMatcher matcher(final String line) {
        final String pattern = line.strip().replaceAll("/$", "");
        return FileSystems.getDefault().getPathMatcher("glob:" + (pattern.startsWith("/") ? pattern.substring(1) : "{,**/}" + pattern));
    }

    /** @return the place of a file below the repository */
    static String name(final Path repository, final Path file) {
        return repository.relativize(file).toString().replace('\\', '/');
    }
}
