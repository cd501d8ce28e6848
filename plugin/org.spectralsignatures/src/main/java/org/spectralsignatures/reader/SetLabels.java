package org.spectralsignatures.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.ArrayLabels;
import org.spectralsignatures.numpy.NumpyArray;

/**
 * The labels of all parts of a set in arrays, and its classes: where an array names them, all it names in its order; else the labels that
 * occur, numbers in their order and texts in theirs.
 */
final class SetLabels {

    /** Labels of a part, and where they came from. */
    private record PartLabels(ArrayLabels labels, String place) {
    }

    /** Names of arrays that are surely of classes, not of images. */
    private static final Pattern SAYS_CLASSES = Pattern.compile("(?i)class|label|target|categor");

    private final ArrayFiles files;

    private final String namesArray;

    private final boolean isTold;

    private final List<PartLabels> parts = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    private List<String> classes;

    private final Map<String, Integer> places = new HashMap<>();

    private int[] labels;

    /**
     * @param files that hold the arrays
     * @param namesArray name of the array of names of classes, null if there is none
     * @param isTold whether the user named it
     */
    SetLabels(final ArrayFiles files, final String namesArray, final boolean isTold) {
        this.files = files;
        this.namesArray = namesArray;
        this.isTold = isTold;
    }

    /** Adds the labels of a part, once there are found to be as many as images. */
    void add(final String images, final int count, final String array, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final NumpyArray found = files.array(array);
        if (found.items() != count) {
            throw new IOException("'%s' holds %d images, but '%s' %d labels. Take both from one source.".formatted(files.array(images).place(), count, found.place(),
                found.items()));
        }
        parts.add(new PartLabels(ArrayLabels.read(found, monitor), found.place()));
    }

    /** Puts the labels of all parts together. */
    void finish() throws IOException {
        labels = new int[Math.toIntExact(parts.stream().mapToLong(part -> part.labels.indices().length).sum())];
        final List<String> names = names();
        classes = names == null ? occurring() : List.copyOf(new LinkedHashSet<>(names));
        for (String name : classes) {
            places.put(name, places.size());
        }
        int at = 0;
        for (PartLabels part : parts) {
            final int[] positions = new int[part.labels.values().size()];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = position(part, part.labels.values().get(i), names);
            }
            for (int index : part.labels.indices()) {
                labels[at++] = positions[index];
            }
        }
    }

    private List<String> occurring() {
        final Set<String> all = new TreeSet<>(ClassNames.NATURAL);
        parts.forEach(part -> part.labels.values().forEach(value -> all.add(FolderScan.composed(value))));
        final List<String> sorted = new ArrayList<>(all);
        if (parts.stream().allMatch(part -> part.labels.areNumbers()) && all.stream().allMatch(value -> value.matches("-?\\d{1,18}"))) {
            sorted.sort((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
        }
        return sorted;
    }

    private int position(final PartLabels part, final String value, final List<String> names) throws IOException {
        if (names == null || !part.labels.areNumbers()) {
            return places.get(FolderScan.composed(value));
        }
        final int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
        if (number < 0 || number >= names.size()) {
            throw new IOException("'%s' holds the label %s, but '%s' names the classes 0 to %d. Set 'Class names array' to one that names all, or to none."
                .formatted(part.place, value, files.array(namesArray).place(), names.size() - 1));
        }
        return places.get(names.get(number));
    }

    /** @return names of the classes by their numbers, null if none are to be used */
    private List<String> names() throws IOException {
        if (namesArray == null) {
            return null;
        }
        final NumpyArray array = files.array(namesArray);
        if (!array.type().isText() || array.shape().size() != 1) {
            if (isTold) {
                throw new IOException("'%s' holds no names of classes: it must hold texts, as many as classes, but has the shape %s and %s."
                    .formatted(array.place(), array.describeShape(), array.type().describe()));
            }
            return null;
        }
        final List<String> names = read(array);
        if (!isTold && names.size() == labels.length && !SAYS_CLASSES.matcher(namesArray).find()) {
            notes.add("'%s' has a name for each image, so that it was not taken for the names of the classes.".formatted(array.place()));
            return null;
        }
        return areTexts(names) ? null : names;
    }

    /** Labels that are names already only get their order from the array. */
    private boolean areTexts(final List<String> names) throws IOException {
        final Set<String> unknown = new TreeSet<>();
        parts.stream().filter(part -> !part.labels.areNumbers()).forEach(part -> unknown.addAll(part.labels.values()));
        unknown.removeIf(label -> names.contains(FolderScan.composed(label)));
        if (!unknown.isEmpty() && isTold) {
            throw new IOException("'%s' does not name the class '%s', which is one of the labels.".formatted(files.array(namesArray).place(), unknown.iterator().next()));
        }
        return !unknown.isEmpty();
    }

    private static List<String> read(final NumpyArray array) throws IOException {
        try {
            final ArrayLabels names = ArrayLabels.read(array, TaskMonitor.none());
            return Arrays.stream(names.indices()).mapToObj(names.values()::get).map(FolderScan::composed).toList();
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // that monitor never cancels
        }
    }

    /** @return all classes */
    List<String> classes() {
        return classes;
    }

    /** @return indices into {@link #classes()}, {@code [n]} */
    int[] labels() {
        return labels;
    }

    /** @return what is odd about them */
    List<String> notes() {
        return notes;
    }
}
