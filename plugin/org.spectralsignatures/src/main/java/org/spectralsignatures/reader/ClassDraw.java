package org.spectralsignatures.reader;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.RandomDraw;

/**
 * The images that are read of each class: so many, drawn at random, and for each that turns out to be unreadable the next one of the same draw, so
 * that a class has as many as wanted as long as it has readable ones. The same seed draws the same, whatever order images are decoded in.
 */
final class ClassDraw {

    private final ReaderOptions options;

    private final int[] labels;

    private final List<String> names;

    /** Images of each class that were not drawn yet, in the order of the draw from {@code next} on. */
    private static final class Left {

        private int[] order;

        private int next;

        private int wanted;
    }

    private final Map<String, Left> classes = new HashMap<>();

    private final BitSet drawn;

    /**
     * @param labels index of each image's class, or {@link ImageSource#UNKNOWN}, {@code [n]}
     * @param names of the classes by that index, null for those that are left out; several may be one
     * @param options say how many, and whether others stand in for unreadable ones
     */
    ClassDraw(final int[] labels, final List<String> names, final ReaderOptions options) {
        this.options = options;
        this.labels = labels;
        this.names = names;
        drawn = new BitSet(labels.length);
        final Map<String, IntStream.Builder> members = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != ImageSource.UNKNOWN && names.get(labels[i]) != null) {
                members.computeIfAbsent(names.get(labels[i]), name -> IntStream.builder()).add(i);
            }
        }
        members.forEach((name, builder) -> classes.put(name, left(builder.build().toArray())));
    }

    /** A longer draw begins with the shorter one of the same seed. */
    private Left left(final int[] members) {
        final var left = new Left();
        left.wanted = options.imagesPerClass() == 0 ? members.length : options.imagesPerClass();
        final int count = options.skipUnreadable() && options.imagesPerClass() > 0 ? members.length : left.wanted;
        left.order = RandomDraw.of(members, count, new SplittableRandom(options.seed()));
        return left;
    }

    /** @return the images to read now; none if there is nothing more to read */
    BitSet next() {
        final var round = new BitSet(labels.length);
        for (Left left : classes.values()) {
            final int end = Math.min(left.order.length, left.next + left.wanted);
            Arrays.stream(left.order, left.next, end).forEach(round::set);
            left.next = end;
            left.wanted = 0;
        }
        drawn.or(round);
        return round;
    }

    /** Says that an image is unreadable, so that the next round has another one of its class. */
    void replace(final int index) {
        classes.get(names.get(labels[index])).wanted++;
    }

    /** @return all that were drawn so far */
    BitSet drawn() {
        return drawn;
    }
}
