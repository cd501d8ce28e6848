package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.numpy.NumpyArray;
import org.spectralsignatures.numpy.NumpyArrays;

/** All arrays in NumPy's files of a folder, or in one archive, by names that are unique: that of the array, after that of its archive where there are several files. */
final class ArrayFiles {

    /** Where an array lies. */
    private record Place(NumpyArrays file, String name) {
    }

    private static final int MOST_FILES = 1_000;

    private final Path path;

    private final Map<String, Place> places = new LinkedHashMap<>();

    private final String chosen;

    private ArrayFiles(final Path path, final List<Path> files, final Path chosen) throws IOException {
        this.path = path;
        if (files.size() > MOST_FILES) {
            throw new IOException("'%s' holds %d files of NumPy, but at most %d are looked at. Choose one of them as the path.".formatted(path, files.size(), MOST_FILES));
        }
        for (Path file : files) {
            final NumpyArrays arrays = NumpyArrays.open(file);
            for (String name : arrays.names()) {
                places.put(key(file, arrays, name, files.size() > 1), new Place(arrays, name));
            }
        }
        this.chosen = chosen == null ? null : NumpyArrays.stem(ImageFolder.name(chosen));
    }

    private static String key(final Path file, final NumpyArrays arrays, final String name, final boolean isOneOfMany) {
        return !arrays.isArchive() ? NumpyArrays.stem(ImageFolder.name(file)) : isOneOfMany ? withoutEnding(ImageFolder.name(file)) + "/" + name : name;
    }

    private static String withoutEnding(final String name) {
        return name.replaceFirst("\\.[^.]*$", "");
    }

    /**
     * @param path a folder, an archive or an array
     * @return its arrays; of an array also those beside it
     */
    static ArrayFiles of(final Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new ArrayFiles(path, inFolder(path), null);
        }
        final NumpyArrays one = NumpyArrays.open(path);
        if (one.isArchive()) {
            return new ArrayFiles(path, List.of(path), null);
        }
        final List<Path> beside = new ArrayList<>(inFolder(path.toAbsolutePath().getParent()));
        beside.removeIf(file -> !ImageFolder.name(file).endsWith(".npy") || file.getFileName().equals(path.getFileName()));
        beside.add(0, path);
        return new ArrayFiles(path, beside, path);
    }

    /** @return whether a path is a file of NumPy, or a folder with such files and no folders */
    static boolean recognises(final Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return NumpyArrays.recognises(path);
            }
            final List<Path> inside = ImageFolder.list(path);
            return inside.stream().noneMatch(Files::isDirectory) && inFolder(path).stream().anyMatch(NumpyArrays::recognises);
        } catch (IOException e) { // NOSONAR said when it is read
            return false;
        }
    }

    private static List<Path> inFolder(final Path folder) throws IOException {
        return ImageFolder.list(folder).stream().filter(file -> !Files.isDirectory(file) && hasEnding(ImageFolder.name(file))).toList();
    }

    private static boolean hasEnding(final String name) {
        return name.endsWith(".npy") || name.endsWith(".npz");
    }

    /** @return what was asked for */
    Path path() {
        return path;
    }

    /** @return names of all arrays */
    Set<String> names() {
        return places.keySet();
    }

    /** @return name of the array that is the path, null if the path is no array */
    String chosen() {
        return chosen;
    }

    /** @return the array of a name */
    NumpyArray array(final String name) throws IOException {
        final Place place = places.get(name);
        return place.file.array(place.name);
    }

    /** @return what is in front of the number of an item in its key: the file, and of an archive the array */
    String keyOf(final String name) {
        final Place place = places.get(name);
        final String file = ImageFolder.name(place.file.file());
        return place.file.isArchive() ? file + "/" + place.name : file;
    }

    /**
     * @param setting name of the setting that tells the array
     * @param wanted as it was told, with or without ending
     * @return the name of the array
     */
    String require(final String setting, final String wanted) throws IOException {
        final String name = NumpyArrays.stem(wanted.strip());
        if (places.containsKey(name)) {
            return name;
        }
        throw new IOException("'%s' has no array '%s', which '%s' names. It has %s.".formatted(path, name, setting, describe()));
    }

    /** @return all arrays with their shapes, for messages */
    String describe() {
        final List<String> all = new ArrayList<>();
        for (String name : names()) {
            if (all.size() == 20) {
                all.add("and %d more".formatted(names().size() - all.size()));
                break;
            }
            all.add(describe(name));
        }
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private String describe(final String name) {
        try {
            return name + " " + array(name).describeShape();
        } catch (IOException e) { // NOSONAR said when it is read
            return name + " (not readable)";
        }
    }
}
