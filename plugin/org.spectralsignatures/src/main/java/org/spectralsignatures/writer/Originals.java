package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.spectralsignatures.reader.SplitFolders;

/**
 * The files that a set was read from, found by row keys: a key is a file's path below the folder of the set, or below that of one of its parts
 * ({@code train}, {@code test} and so on). Nothing outside of the folder is touched.
 */
final class Originals {

    private final Path root;

    private final List<Path> parts = new ArrayList<>();

    /**
     * @param folder of the set
     * @throws IOException if there is none such, or it cannot be read
     */
    Originals(final Path folder) throws IOException {
        root = real(folder);
        try (Stream<Path> inside = Files.list(root)) {
            inside.filter(Files::isDirectory).filter(Originals::isPart).sorted().forEach(parts::add);
        }
    }

    private static boolean isPart(final Path inside) {
        return SplitFolders.names().contains(inside.getFileName().toString().toLowerCase(Locale.ROOT));
    }

    /** @return the folder of a set without links */
    static Path real(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("The original folder '%s' does not exist, or is no folder.".formatted(folder));
        }
        return folder.toRealPath();
    }

    /**
     * @param key of a row
     * @return its path below the folder, with slashes
     * @throws IOException if there is no such file, or several, or it does not lie in the folder; the message names the row
     */
    String find(final String key) throws IOException {
        final List<Path> holding = isBelow(key) ? holding(key) : List.of();
        if (holding.isEmpty()) {
            throw new IOException("Row '%s': there is no such file in '%s'. Row IDs have to be those of the Labelled Image Reader: paths below that folder."
                .formatted(key, root));
        }
        if (holding.size() > 1) {
            throw new IOException("Row '%s': there is such a file in '%s' and in '%s'. Choose the one of these folders that was read as 'Original folder'."
                .formatted(key, holding.get(0), holding.get(1)));
        }
        final Path file = holding.get(0).resolve(key).normalize();
        requireInside(key, file);
        final List<String> names = new ArrayList<>();
        root.relativize(file).forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }

    /** @return the folder itself if it has such a file, else those of its parts that have one */
    private List<Path> holding(final String key) throws IOException {
        try {
            return has(root, key) ? List.of(root) : parts.stream().filter(part -> has(part, key)).toList();
        } catch (InvalidPathException e) {
            throw new IOException("Row '%s' is no name of a file here: %s. Start with a UTF-8 locale, for example LC_ALL=C.UTF-8.".formatted(key, e.getReason()), e);
        }
    }

    private static boolean has(final Path place, final String key) {
        final Path file = place.resolve(key).normalize();
        return file.startsWith(place) && !file.equals(place) && Files.exists(file);
    }

    /** @return a file of the folder by its path below it, without links */
    Path file(final String below) throws IOException {
        return root.resolve(below).toRealPath();
    }

    /** A name that leads upwards, or to another disk, is none of a file of the set. */
    private static boolean isBelow(final String key) {
        return Stream.of(key.split("/", -1)).noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0);
    }

    private void requireInside(final String key, final Path file) throws IOException {
        if (!file.toRealPath().startsWith(root)) {
            throw new IOException("Row '%s': '%s' is a link that leads out of the original folder. Copy the file there first.".formatted(key, file));
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("Row '%s': '%s' is no regular file but a folder, pipe or device.".formatted(key, file));
        }
    }
}
