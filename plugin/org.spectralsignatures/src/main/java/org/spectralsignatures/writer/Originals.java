package org.spectralsignatures.writer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.spectralsignatures.reader.FileName;
import org.spectralsignatures.reader.SplitFolders;

/**
 * The files that a set was read from, found by row keys: a key is a file's path below the folder of the set, or below that of one of its parts
 * ({@code train}, {@code test} and so on). Nothing outside of the folder is touched.
 */
final class Originals {

    private final Path root;

    private final List<Path> parts = new ArrayList<>();

    /** Keys of files whose names are not in UTF-8. */
    private final Set<String> foreign = new LinkedHashSet<>();

    /** In each folder that was looked into: what {@link Path#resolve(String)} does not find, by name. */
    private final Map<Path, Map<String, Path>> undecoded = new HashMap<>();

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
        if (Files.isRegularFile(folder)) {
            throw new IOException("The original folder '%s' is a file, whose images have no files of their own. Set 'Write' to 'Images from the table'.".formatted(folder));
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("The original folder '%s' does not exist, or is no folder.".formatted(folder));
        }
        return folder.toRealPath();
    }

    /** @return whether there is a file for the key of a row, or several */
    boolean has(final String key) {
        return isBelow(key) && !holding(key).isEmpty();
    }

    /**
     * @param key of a row
     * @return its path below the folder, with slashes
     * @throws IOException if there is no such file, or several, or it does not lie in the folder; the message names the row
     */
    String find(final String key) throws IOException {
        final List<String> names = new ArrayList<>();
        root.relativize(locate(key)).forEach(name -> names.add(FileName.of(name)));
        return String.join("/", names);
    }

    /**
     * @param key of a row
     * @return its file, without links
     * @throws IOException if there is no such file, or several, or it does not lie in the folder; the message names the row
     */
    Path file(final String key) throws IOException {
        return locate(key).toRealPath();
    }

    private Path locate(final String key) throws IOException {
        final List<Path> holding = isBelow(key) ? holding(key) : List.of();
        if (holding.isEmpty()) {
            throw new IOException("Row '%s': there is no such file in '%s'. Row IDs have to be those of the Labelled Image Reader: paths below that folder."
                .formatted(key, root));
        }
        if (holding.size() > 1) {
            throw new IOException("Row '%s': there is such a file in '%s' and in '%s'. Choose the one of these folders that was read as 'Original folder'."
                .formatted(key, holding.get(0), holding.get(1)));
        }
        final Path file = below(holding.get(0), key);
        requireInside(key, file);
        for (Path name : root.relativize(file)) {
            if (FileName.isForeign(name)) {
                foreign.add(key);
            }
        }
        return file;
    }

    /** @return what is odd about the files that were found, as sentences */
    List<String> notes() {
        return foreign.isEmpty() ? List.of() : List.of(String.format(Locale.ROOT,
            "%,d original file%s a name that is not in UTF-8; copies and lists have it as it is read, the first: '%s'.", foreign.size(),
            foreign.size() == 1 ? " has" : "s have", foreign.iterator().next()));
    }

    /** @return the folder itself if it has such a file, else those of its parts that have one */
    private List<Path> holding(final String key) {
        return below(root, key) != null ? List.of(root) : parts.stream().filter(part -> below(part, key) != null).toList();
    }

    /** @return the file of a key below a folder; null if there is none */
    private Path below(final Path place, final String key) {
        Path file = place;
        for (String name : key.split("/")) {
            file = file == null ? null : child(file, name);
        }
        return file;
    }

    /** A name that the locale cannot decode, or that is not in UTF-8, is looked up in what the folder holds. */
    private Path child(final Path folder, final String name) {
        try {
            final Path file = folder.resolve(name).normalize();
            if (file.startsWith(folder) && !file.equals(folder) && Files.exists(file)) {
                return file;
            }
        } catch (InvalidPathException e) { // NOSONAR looked up below
        }
        return undecoded.computeIfAbsent(folder, Originals::undecoded).get(name);
    }

    private static Map<String, Path> undecoded(final Path folder) {
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(FileName::isUndecoded).collect(Collectors.toMap(FileName::of, file -> file, (first, other) -> first));
        } catch (IOException | UncheckedIOException e) { // NOSONAR then the file is not found
            return Map.of();
        }
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
