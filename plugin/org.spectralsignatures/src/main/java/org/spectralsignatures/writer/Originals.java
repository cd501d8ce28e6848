package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a set was read from, found by row keys: a key is a file's path below the folder of the set, or below one of its folders (the
 * parts {@code train}, {@code test} and so on). Nothing outside of the folder is touched.
 */
final class Originals {

    private final Path root;

    /** The folder itself and those in it. */
    private final List<Path> places = new ArrayList<>();

    /**
     * @param folder of the set
     * @throws IOException if there is none such, or it cannot be read
     */
    Originals(final Path folder) throws IOException {
        root = real(folder);
        places.add(root);
        try (Stream<Path> inside = Files.list(root)) {
            inside.filter(Files::isDirectory).sorted().forEach(places::add);
        }
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
     * @return its path below the folder
     * @throws IOException if there is no such file, or several, or it does not lie in the folder; the message names the row
     */
    Path find(final String key) throws IOException {
        final List<Path> found = isBelow(key) ? candidates(key) : List.of();
        if (found.isEmpty()) {
            throw new IOException("Row '%s': there is no such file in '%s'. Row IDs have to be those of the Labelled Image Reader: paths below that folder."
                .formatted(key, root));
        }
        if (found.size() > 1) {
            throw new IOException("Row '%s': there are two such files, '%s' and '%s'. Choose the part that was read as 'Original folder'."
                .formatted(key, found.get(0), found.get(1)));
        }
        requireInside(key, found.get(0));
        return root.relativize(found.get(0));
    }

    /** What lies at that path below the folder itself comes before what lies below its parts. */
    private List<Path> candidates(final String key) throws IOException {
        final List<Path> found = new ArrayList<>();
        try {
            for (Path place : places) {
                final Path file = place.resolve(key).normalize();
                if (file.startsWith(place) && !file.equals(place) && Files.exists(file)) {
                    found.add(file);
                    if (place.equals(root)) {
                        break;
                    }
                }
            }
            return found;
        } catch (InvalidPathException e) {
            throw new IOException("Row '%s' is no name of a file here: %s. Start with a UTF-8 locale, for example LC_ALL=C.UTF-8.".formatted(key, e.getReason()), e);
        }
    }

    /** @return a file of the folder by its path below it, without links */
    Path file(final Path below) throws IOException {
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
