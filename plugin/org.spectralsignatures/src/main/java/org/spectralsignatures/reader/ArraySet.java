package org.spectralsignatures.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.spectralsignatures.numpy.NumpyArray;
import org.spectralsignatures.reader.ArrayName.Role;

/**
 * Which arrays hold the images of a part of a set, their labels and the names of the classes: those that are told, those whose names say it,
 * or where no name does, the only ones whose shapes fit.
 */
final class ArraySet {

    /**
     * Names of the arrays of a part.
     *
     * @param images its images
     * @param labels their labels
     */
    record Part(String images, String labels) {
    }

    private static final String CHOOSE = " Set 'Images array' and 'Labels array'.";

    private final ArrayFiles files;

    private final ArrayOptions options;

    private final Map<String, ArrayName> names = new LinkedHashMap<>();

    private final Map<Split, Part> parts = new EnumMap<>(Split.class);

    ArraySet(final ArrayFiles files, final ArrayOptions options) throws IOException {
        this.files = files;
        this.options = options;
        files.names().forEach(name -> names.put(name, ArrayName.of(name)));
        if (!options.images().isBlank()) {
            told(files.require("Images array", options.images()));
        } else if (files.chosen() != null) {
            told(files.chosen());
        } else if (names.values().stream().anyMatch(name -> name.role() == Role.IMAGES)) {
            byNames();
        } else {
            byShapes();
        }
    }

    private void told(final String images) throws IOException {
        parts.put(Split.ALL, new Part(images, labelsOf(images)));
    }

    private void byNames() throws IOException {
        final var sets = new TreeSet<String>();
        names.values().stream().filter(name -> name.role() == Role.IMAGES).forEach(name -> sets.add(name.set()));
        if (sets.size() > 1) {
            throw new IOException("'%s' holds several sets. Its arrays are %s.%s Or choose the file of one set as the path.".formatted(files.path(), files.describe(), CHOOSE));
        }
        for (Map.Entry<String, ArrayName> name : names.entrySet()) {
            final Split part = name.getValue().part();
            if (name.getValue().role() == Role.IMAGES) {
                final Part other = parts.get(part);
                if (other != null) {
                    throw new IOException("'%s' holds images in '%s' and in '%s'. Set 'Images array' to one of them.".formatted(files.path(), other.images, name.getKey()));
                }
                parts.put(part, new Part(name.getKey(), labelsOf(name.getKey())));
            }
        }
    }

    private void byShapes() throws IOException {
        final List<String> images = new ArrayList<>();
        for (String name : names.keySet()) {
            final int axes = files.array(name).shape().size();
            if (axes == 3 || axes == 4) {
                images.add(name);
            }
        }
        if (images.size() != 1) {
            throw new IOException("'%s': it cannot be told which array holds the images. Its arrays are %s.%s".formatted(files.path(), files.describe(), CHOOSE));
        }
        told(images.get(0));
    }

    private String labelsOf(final String images) throws IOException {
        if (!options.labels().isBlank()) {
            return files.require("Labels array", options.labels());
        }
        final ArrayName name = names.get(images);
        List<String> found = labels(other -> other.part() == name.part() && other.set().equals(name.set()));
        if (found.isEmpty()) {
            found = labels(other -> other.part() == name.part());
        }
        if (found.isEmpty()) {
            found = fitting(images);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new IOException(found.isEmpty()
            ? "'%s' holds images in '%s', but no labels for them. Its arrays are %s. Set 'Labels array', or put the labels beside them.".formatted(files.path(),
                images, files.describe())
            : "'%s' holds labels for '%s' in '%s' and in '%s'. Set 'Labels array' to one of them.".formatted(files.path(), images, found.get(0), found.get(1)));
    }

    private List<String> labels(final Predicate<ArrayName> fits) {
        return names.entrySet().stream().filter(e -> e.getValue().role() == Role.LABELS && fits.test(e.getValue())).map(Map.Entry::getKey).collect(Collectors.toList());
    }

    /** Arrays whose names say nothing, as long as that of the images. */
    private List<String> fitting(final String images) throws IOException {
        final long items = files.array(images).items();
        final List<String> fitting = new ArrayList<>();
        for (Map.Entry<String, ArrayName> other : names.entrySet()) {
            if (other.getValue().role() == null && !other.getKey().equals(images)) {
                final NumpyArray array = files.array(other.getKey());
                if (array.items() == items && (array.shape().size() == 1 || array.shape().size() == 2)) {
                    fitting.add(other.getKey());
                }
            }
        }
        return fitting;
    }

    /**
     * Test images are those of the validation where there are no others, training images all where there are no parts.
     *
     * @param split what is asked for
     * @return the arrays to read, by part
     */
    Map<Split, Part> of(final Split split) throws IOException {
        final Map<Split, Part> wanted = new EnumMap<>(Split.class);
        final boolean hasParts = parts.keySet().stream().anyMatch(part -> part != Split.ALL);
        if (isTold() || split == Split.ALL && !hasParts || split == Split.TRAINING && !parts.containsKey(Split.TRAINING) && parts.containsKey(Split.ALL)) {
            wanted.put(Split.ALL, parts.get(Split.ALL));
        } else if (split == Split.ALL) {
            wanted.putAll(parts);
        } else {
            final Split part = split == Split.TEST && !parts.containsKey(Split.TEST) ? Split.VALIDATION : split;
            if (!parts.containsKey(part)) {
                throw new IOException("'%s' has no array of %s images, such as 'x_%s'. Its arrays are %s. Choose the split 'All' to read all of them, or set 'Images array'."
                    .formatted(files.path(), split == Split.TEST ? "test" : split == Split.VALIDATION ? "validation" : "training", SplitFolders.usual(split), files.describe()));
            }
            wanted.put(part, parts.get(part));
        }
        return wanted;
    }

    /** Told or chosen arrays are read whatever part they are. */
    private boolean isTold() {
        return !options.images().isBlank() || files.chosen() != null;
    }

    /** @return name of the array of names of classes, null if there is none */
    String classNames() throws IOException {
        if (!options.classNames().isBlank()) {
            return files.require("Class names array", options.classNames());
        }
        final List<String> found = names.entrySet().stream().filter(e -> e.getValue().role() == Role.CLASS_NAMES).map(Map.Entry::getKey).toList();
        if (found.size() > 1) {
            throw new IOException("'%s' holds names of classes in '%s' and in '%s'. Set 'Class names array' to one of them.".formatted(files.path(), found.get(0), found.get(1)));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** @return arrays of images by their names that are no part of what is read */
    List<String> otherImages(final Map<Split, Part> read) {
        final var used = read.values().stream().map(Part::images).collect(Collectors.toSet());
        return names.entrySet().stream().filter(e -> !used.contains(e.getKey()) && e.getValue().role() == Role.IMAGES).map(Map.Entry::getKey).toList();
    }
}
