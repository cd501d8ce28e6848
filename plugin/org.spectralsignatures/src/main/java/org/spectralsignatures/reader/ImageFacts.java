package org.spectralsignatures.reader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.FitLosses;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageShape;

/** Counts the images that were read by class, part, size and mode. */
final class ImageFacts {

    private static final int USUAL_SIZES = 3;

    private record Place(String part, String label) {
    }

    private static final class Tally {

        private int count;

        private final String first;

        private Tally(final String first) {
            this.first = first;
        }
    }

    /** In the order of their first images. */
    private final Map<ImageShape, Tally> sizes = new LinkedHashMap<>();

    private final Map<String, Tally> modes = new TreeMap<>();

    private final Map<Place, Tally> places =
        new TreeMap<>(Comparator.comparing((Place p) -> SplitFolders.order(p.part)).thenComparing(Place::part).thenComparing(Place::label, ClassNames.NATURAL));

    private final Map<String, Tally> classes = new TreeMap<>(ClassNames.NATURAL);

    void add(final String key, final String label, final String part, final ImageShape shape, final String mode) {
        count(sizes, shape, key);
        count(classes, label, key);
        if (mode != null) {
            count(modes, mode, key);
        }
        if (!part.isEmpty()) {
            count(places, new Place(part, label), key);
        }
    }

    private static <K> void count(final Map<K, Tally> map, final K value, final String key) {
        map.computeIfAbsent(value, v -> new Tally(key)).count++;
    }

    /** @return number of images of a class */
    int images(final String label) {
        return classes.containsKey(label) ? classes.get(label).count : 0;
    }

    /** @return the first image of a class, null if there is none */
    String first(final String label) {
        return classes.containsKey(label) ? classes.get(label).first : null;
    }

    /** @return sizes, modes, and the parts of the set where it has several */
    List<Finding> findings() {
        final var findings = new ArrayList<Finding>();
        if (!sizes.isEmpty()) {
            findings.add(sizes());
        }
        modes.forEach((mode, tally) -> findings.add(Finding.of(Finding.MODE + mode, null, tally.count, tally.first, null)));
        if (places.keySet().stream().map(Place::part).distinct().count() > 1) {
            places.forEach((place, tally) -> findings.add(Finding.of(Finding.PART + place.part, place.label, tally.count, tally.first, null)));
        }
        return findings;
    }

    /** @return what the images lose by being brought to one size */
    FitLosses losses(final ImageFit fit) {
        final var losses = new FitLosses(fit);
        sizes.forEach((shape, tally) -> losses.add(tally.first, shape, tally.count));
        return losses;
    }

    private Finding sizes() {
        final List<ImageShape> ascending = sizes.keySet().stream().sorted(Comparator.comparingInt(ImageShape::planeSize).thenComparingInt(ImageShape::width)).toList();
        return new Finding(Finding.SIZES, null, ascending.size(), ascending.get(0), ascending.get(ascending.size() - 1), sizes.get(ascending.get(0)).first,
            ascending.size() == 1 ? null : "median %s, width / height %s, most often %s".formatted(text(median(ascending)), ratios(ascending), usual()));
    }

    private ImageShape median(final List<ImageShape> ascending) {
        final int all = sizes.values().stream().mapToInt(t -> t.count).sum();
        int before = 0;
        for (ImageShape shape : ascending) {
            before += sizes.get(shape).count;
            if (2L * before >= all) {
                return shape;
            }
        }
        throw new IllegalStateException("There is a median.");
    }

    private static String ratios(final List<ImageShape> shapes) {
        final double[] ratios = shapes.stream().mapToDouble(s -> (double)s.width() / s.height()).sorted().toArray();
        final String least = String.format(Locale.ROOT, "%.2f", ratios[0]);
        final String most = String.format(Locale.ROOT, "%.2f", ratios[ratios.length - 1]);
        return least.equals(most) ? least : least + " to " + most;
    }

    private String usual() {
        return sizes.entrySet().stream()
            .sorted(Comparator.<Map.Entry<ImageShape, Tally>> comparingInt(e -> -e.getValue().count).thenComparingInt(e -> e.getKey().planeSize())
                .thenComparingInt(e -> e.getKey().width()))
            .limit(USUAL_SIZES).map(e -> String.format(Locale.ROOT, "%s (%,d)", text(e.getKey()), e.getValue().count)).collect(Collectors.joining(", "));
    }

    private static String text(final ImageShape shape) {
        return shape.width() + " x " + shape.height();
    }
}
