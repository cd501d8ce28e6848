package org.spectralsignatures.audit;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Pixels that stand out from their neighbours and have the very same colour at the same place in several images of a class, as
 * triggers leave them that are put on without loss. Photographs hardly ever agree so. A class is compared with the others, and images
 * that agree in most of their pixels are copies of one another and count once.
 */
final class RepeatedPixels {

    /** Pixels of a shared pattern may be like so many of their eight neighbours, which belong to it too. */
    private static final int LIKE = 2;

    /** Fewest images that agree in a pixel that stands out from all its neighbours, and in one that does from all but {@link #LIKE}. */
    private static final int FEWEST = 3;

    private static final int FEWEST_OF_PATTERN = 4;

    /** In classes of more images than this so many times as many. */
    private static final double USUAL_CLASS = 1000;

    /** The same where greys agree and grey images are no exception, for there are few greys. */
    private static final int FEWEST_GREY = 8;

    private static final double EXCEPTION = .05;

    /** How many images agree by nature is what they do in the pixel of this rank in other classes, so that a trigger there does not count. */
    private static final int RANK = 65;

    /** More than so many times as many have to agree. */
    private static final int TIMES = 2;

    /** And more than so many times as many of the class as of others. */
    private static final int RATHER = 4;

    /** Images that agree in more than this share of all pixels, and of those that stand out, are copies. */
    private static final double COPY = .5;

    /** Pixels that so large a share of their images have in common are of one mark. */
    private static final double TOGETHER = .5;

    /** So many times as many images carry a pattern at most as those in which its clearest pixel stands out. */
    private static final double HIDDEN = 1.5;

    /** So many pixels of a class are compared at a time, which are no more than 128 MB: large images go strip by strip. */
    private static final long AT_A_TIME = 1L << 24;

    private final OutstandingPixels m_pixels;

    private final int m_places;

    private final int[][] m_rows;

    private final TaskMonitor m_monitor;

    /**
     * A pixel of one colour.
     *
     * @param place {@code y w + x}
     * @param colour {@code 0xRRGGBB}
     * @param members indices of the images of the class that have it, ascending
     */
    record Pixel(int place, int colour, int[] members) implements Serializable { // NOSONAR never compared

        private boolean isGrey() {
            return (colour >> 16) == (colour & 0xff) && (colour >> 8 & 0xff) == (colour & 0xff);
        }

        private boolean with(final Pixel other) {
            final long common = Arrays.stream(members).filter(i -> Arrays.binarySearch(other.members, i) >= 0).count();
            return common >= TOGETHER * Math.min(members.length, other.members.length);
        }
    }

    /**
     * A mark of such pixels.
     *
     * @param pixels of it
     * @param members indices of the images of the class that carry it, ascending
     */
    record Group(List<Pixel> pixels, int[] members) implements Serializable { // NOSONAR never compared
    }

    /**
     * What images of a class share.
     *
     * @param members for each pixel that so many of them have as were asked for, by its code, which ones
     * @param usual how many agree by nature
     */
    record Shared(Map<Long, List<Integer>> members, double usual) {
    }

    /**
     * How pixels are looked for.
     *
     * @param like neighbours that a pixel may be like
     * @param atATime pixels that are compared at a time
     */
    private record Way(int like, long atATime) implements Serializable {
    }

    /**
     * Pixels that are compared at a time.
     *
     * @param like neighbours that a pixel may be like
     * @param from first place
     * @param end place behind the last
     */
    private record Strip(int like, int from, int end) {
    }

    /**
     * Which pixels count.
     *
     * @param way how they are looked for
     * @param grey whether grey images are no exception
     * @param least {@code [classes]}, fewest images of a class that have to agree
     */
    private record Limits(Way way, boolean grey, double[] least) implements Serializable { // NOSONAR never compared
    }

    /**
     * What may be marks.
     *
     * @param limits which pixels count
     * @param sizes {@code [classes]}, number of images of each class
     * @param pixels for each class those that so many of its images share, by their codes
     * @param counts in how many images of all classes each of them stands out
     */
    private record Candidates(Limits limits, int[] sizes, List<Map<Long, Pixel>> pixels, Map<Long, Integer> counts) implements Serializable { // NOSONAR never compared
    }

    private RepeatedPixels(final AuditedSet set) {
        m_pixels = new OutstandingPixels(set.images());
        m_places = set.images().shape().planeSize();
        m_rows = set.rows();
        m_monitor = set.monitor();
    }

    /** The same with as many pixels at a time as memory is for. */
    static List<List<Group>> of(final int[] sizes, final EachClass classes) throws IOException, TaskCancelledException {
        return of(sizes, AT_A_TIME, classes);
    }

    /**
     * @param sizes {@code [classes]}, number of images of each class
     * @param atATime number of pixels that are compared at a time
     * @param classes takes the steps
     * @return for each class the marks of pixels that at least {@link MatchedFilter#FEWEST} and at most half of its images carry: those of several
     *         pixels, the largest first, and at the end one of all single pixels
     */
    static List<List<Group>> of(final int[] sizes, final long atATime, final EachClass classes) throws IOException, TaskCancelledException {
        final int greys = classes.each("gray images", 0, (set, label, nothing) -> new RepeatedPixels(set).greys(label)).stream().mapToInt(Integer::intValue).sum();
        final boolean grey = greys > EXCEPTION * IntStream.of(sizes).sum();
        final List<List<Pixel>> alone = all(sizes, new Way(0, atATime), grey, FEWEST, classes);
        final List<List<Pixel>> ofPatterns = all(sizes, new Way(LIKE, atATime), grey, FEWEST_OF_PATTERN, classes);
        final var pixels = new ArrayList<List<Pixel>>();
        for (int c = 0; c < sizes.length; c++) {
            pixels.add(merged(alone.get(c), ofPatterns.get(c)));
        }
        return classes.each("patterns of pixels", pixels, (set, label, found) -> new RepeatedPixels(set).groups(set.rows()[label], found.get(label)));
    }

    /** Of a pixel that was found both ways the more images, the largest first. */
    private static List<Pixel> merged(final List<Pixel> some, final List<Pixel> more) {
        final var byCode = new TreeMap<Long, Pixel>();
        for (List<Pixel> pixels : List.of(some, more)) {
            for (Pixel pixel : pixels) {
                byCode.merge(OutstandingPixels.code(pixel.place, pixel.colour), pixel, (a, b) -> a.members.length >= b.members.length ? a : b);
            }
        }
        return byCode.values().stream().sorted(Comparator.comparingInt((Pixel p) -> -p.members.length)).toList();
    }

    private List<Group> groups(final int[] own, final List<Pixel> pixels) {
        final var patterns = new ArrayList<List<Pixel>>();
        for (Pixel pixel : pixels) {
            patterns.stream().filter(of -> pixel.with(of.get(0))).findFirst().orElseGet(() -> {
                patterns.add(new ArrayList<>());
                return patterns.get(patterns.size() - 1);
            }).add(pixel);
        }
        final var groups = new ArrayList<Group>();
        final var single = new ArrayList<Pixel>();
        for (List<Pixel> pattern : patterns) {
            final int[] carriers = IntStream.of(own).filter(i -> carries(i, pattern)).toArray();
            // of white or black pixels many images are carriers in which they do not stand out
            final int most = (int)Math.ceil(HIDDEN * pattern.get(0).members.length);
            if (pattern.size() > 1 && carriers.length >= MatchedFilter.FEWEST && carriers.length <= most) {
                groups.add(new Group(pattern, carriers));
            } else {
                single.addAll(pattern);
            }
        }
        groups.add(new Group(single, single.stream().flatMapToInt(p -> Arrays.stream(p.members)).distinct().sorted().toArray()));
        return groups.stream().filter(g -> g.members.length >= MatchedFilter.FEWEST && 2 * g.members.length <= own.length).toList();
    }

    private boolean carries(final int image, final List<Pixel> pattern) {
        final byte[] pixels = m_pixels.of(image);
        return pattern.stream().allMatch(p -> m_pixels.colour(pixels, p.place) == p.colour);
    }

    /** @return for each class the pixels that its images share */
    private static List<List<Pixel>> all(final int[] sizes, final Way way, final boolean grey, final int fewest, final EachClass classes)
        throws IOException, TaskCancelledException {
        final String like = "of " + way.like + " neighbours";
        final double[] usual = classes.each("pixels that repeat by nature, " + like, way, (set, label, how) -> {
            final Shared shared = new RepeatedPixels(set).shared(label, how, set.keeps() ? FEWEST : Double.POSITIVE_INFINITY);
            set.keep(label, shared);
            return shared.usual;
        }).stream().mapToDouble(Double::doubleValue).toArray();
        final double[] least = IntStream.range(0, sizes.length)
            .mapToDouble(c -> Math.max(fewest * Math.max(1, sizes[c] / USUAL_CLASS), TIMES * natural(c, usual, sizes))).toArray();
        final var limits = new Limits(way, grey, least);
        final List<Map<Long, Pixel>> pixels = classes.each("pixels that repeat, " + like, limits, (set, label, which) -> {
            final Shared kept = set.kept(label);
            final double fewestHere = which.least[label];
            return frequent(kept == null ? new RepeatedPixels(set).shared(label, which.way, fewestHere) : kept, which.grey, fewestHere);
        });
        final var counts = new HashMap<Long, Integer>();
        for (Map<Long, Integer> ofClass : classes.each("pixels that repeat in other classes, " + like, counted(way, pixels),
            (set, label, wanted) -> new RepeatedPixels(set).counted(label, wanted))) {
            ofClass.forEach((code, count) -> counts.merge(code, count, Integer::sum));
        }
        return classes.each("pixels that repeat unnaturally, " + like, new Candidates(limits, sizes, pixels, counts),
            (set, label, candidates) -> new RepeatedPixels(set).unnatural(label, candidates));
    }

    /**
     * The codes of a strip of the images are held together. Members are held of all strips, and hence of those pixels alone that are asked for.
     *
     * @param fewest number of images that have a pixel whose members are told
     */
    private Shared shared(final int label, final Way way, final double fewest) throws TaskCancelledException {
        final var members = new HashMap<Long, List<Integer>>();
        final var largest = new PriorityQueue<Integer>();
        final int strip = (int)Math.max(1, Math.min(m_places, way.atATime / Math.max(1, m_rows[label].length)));
        for (int from = 0; from < m_places; from += strip) {
            m_monitor.checkCancelled();
            addShared(label, new Strip(way.like, from, Math.min(m_places, from + strip)), fewest, members, largest);
        }
        return new Shared(members, largest.size() < RANK ? 1 : largest.element());
    }

    /** @param largest takes how many images have a pixel; the {@value #RANK} largest stay, of which the least comes first */
    private void addShared(final int label, final Strip strip, final double fewest, final Map<Long, List<Integer>> members, final PriorityQueue<Integer> largest) {
        final long[][] codes = IntStream.of(m_rows[label]).parallel().mapToObj(i -> m_pixels.standingOut(i, strip.like, strip.from, strip.end)).toArray(long[][]::new);
        final long[] all = Arrays.stream(codes).flatMapToLong(LongStream::of).sorted().toArray();
        for (int from = 0, to; from < all.length; from = to) {
            to = from + 1;
            while (to < all.length && all[to] == all[from]) {
                to++;
            }
            if (to - from > 1) {
                largest.add(to - from);
                if (largest.size() > RANK) {
                    largest.remove();
                }
            }
            if (to - from >= fewest) {
                members.put(all[from], new ArrayList<>());
            }
        }
        for (int i = 0; i < codes.length; i++) {
            for (long code : codes[i]) {
                final List<Integer> of = members.get(code);
                if (of != null) {
                    of.add(m_rows[label][i]);
                }
            }
        }
    }

    /** @return of the shared pixels those that so many images have, by their codes */
    private static Map<Long, Pixel> frequent(final Shared shared, final boolean grey, final double least) {
        final var frequent = new HashMap<Long, Pixel>();
        shared.members.forEach((code, of) -> {
            final var pixel = new Pixel(OutstandingPixels.place(code), OutstandingPixels.colour(code), of.stream().mapToInt(Integer::intValue).toArray());
            if (of.size() >= (grey && pixel.isGrey() ? Math.max(FEWEST_GREY, least) : least)) {
                frequent.put(code, pixel);
            }
        });
        return frequent;
    }

    private List<Pixel> unnatural(final int label, final Candidates candidates) throws TaskCancelledException {
        m_monitor.checkCancelled();
        final int size = candidates.sizes[label];
        final double ratio = Math.max(1, (double)size / Math.max(1, IntStream.of(candidates.sizes).sum() - size));
        final Limits limits = candidates.limits;
        return candidates.pixels.get(label).entrySet().stream().filter(e -> {
            final int own = e.getValue().members.length;
            return RATHER * (candidates.counts.get(e.getKey()) - own) * ratio < own && different(e.getValue().members, limits.way.like) >= limits.least[label];
        }).map(Map.Entry::getValue).toList();
    }

    /** The median over the other classes, in proportion where they are smaller. */
    private static double natural(final int label, final double[] usual, final int[] sizes) {
        final double[] sorted = IntStream.range(0, sizes.length).filter(c -> c != label && sizes[c] > 0)
            .mapToDouble(c -> usual[c] * Math.max(1, (double)sizes[label] / sizes[c])).sorted().toArray();
        return sorted.length == 0 ? Double.POSITIVE_INFINITY : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /**
     * Pixels that are looked for in all classes.
     *
     * @param way how
     * @param codes of them
     */
    private record Wanted(Way way, HashSet<Long> codes) implements Serializable {
    }

    private static Wanted counted(final Way way, final List<Map<Long, Pixel>> pixels) {
        final var codes = new HashSet<Long>();
        pixels.forEach(of -> codes.addAll(of.keySet()));
        return new Wanted(way, codes);
    }

    /** @return in how many images of the class each of the pixels stands out; all images are looked at once, however many classes there are */
    private Map<Long, Integer> counted(final int label, final Wanted wanted) {
        final var counts = new HashMap<Long, Integer>();
        if (!wanted.codes.isEmpty()) {
            IntStream.of(m_rows[label]).parallel().mapToObj(i -> m_pixels.standingOut(i, wanted.way.like)).flatMapToLong(LongStream::of).filter(wanted.codes::contains).boxed()
                .toList().forEach(code -> counts.merge(code, 1, Integer::sum));
        }
        return counts;
    }

    private int greys(final int label) {
        return (int)IntStream.of(m_rows[label]).parallel().filter(m_pixels::isGrey).count();
    }

    /** @return how many of the images are no copies of one before them */
    private int different(final int[] images, final int like) {
        final long[][] codes = IntStream.of(images).mapToObj(i -> m_pixels.standingOut(i, like)).toArray(long[][]::new);
        return (int)IntStream.range(0, codes.length).parallel()
            .filter(i -> IntStream.range(0, i).noneMatch(j -> agree(codes[i], codes[j]) && equal(images[i], images[j]))).count();
    }

    private static boolean agree(final long[] a, final long[] b) {
        return Arrays.stream(a).filter(code -> Arrays.binarySearch(b, code) >= 0).count() > COPY * Math.min(a.length, b.length);
    }

    /** Where little stands out but a mark, the other pixels decide. */
    private boolean equal(final int image, final int other) {
        final byte[] a = m_pixels.of(image);
        final byte[] b = m_pixels.of(other);
        return IntStream.range(0, a.length).filter(k -> a[k] == b[k]).count() > COPY * a.length;
    }
}
