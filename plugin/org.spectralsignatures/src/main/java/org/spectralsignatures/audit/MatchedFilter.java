package org.spectralsignatures.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * A pattern that images of a class share, found by turns: the pattern is what the images that carry it differ in from the others of
 * their class, and those carry it that lie further along it than nearly all images of the other classes. An image's own part in
 * the pattern does not count for itself.
 *
 * @param members indices of the images that carry it, ascending
 * @param scores of the members along it, in standard deviations of the other classes' images
 * @param threshold the least score that counts
 * @param width spread of the class along the pattern as a multiple of that of the others: more than one where the pattern is natural
 * @param opposite number of images of the class that lie clearly in the opposite direction, as a share of those that lie so far along it
 */
record MatchedFilter(int[] members, double[] scores, double threshold, double width, double opposite) { // NOSONAR never compared

    /** Fewest images that can show a pattern. */
    static final int FEWEST = 8;

    /** Share of the other classes' images that may lie beyond the threshold. */
    private static final double BEYOND = .005;

    private static final int ROUNDS = 8;

    /** Where a class is so much wider along a pattern than the others, its own images say which of them lie beyond. */
    private static final double WIDE = 2;

    private static final double OUTLYING = 3.5;

    private static final int FEWEST_COEFFICIENTS = 3;

    /** Images that carry a clear pattern lie at least so far along it, as a share of their median. */
    static final double CLEARLY = .4;

    /** A coefficient of the pattern counts from so many standard errors on. */
    private static final double CLEAR = 2;

    /**
     * @param pixels of all images
     * @param starts groups of images that are thought to share something
     * @param own images of the class
     * @param others images of other classes, for comparison
     * @param monitor asked in each round
     * @return what they turn out to share, without repetitions; what more than half of the class shares is the class
     * @throws TaskCancelledException if the monitor said so
     */
    static List<MatchedFilter> of(final WhitenedPixels pixels, final List<int[]> starts, final int[] own, final int[] others, final TaskMonitor monitor)
        throws TaskCancelledException {
        final double[] all = pixels.mean(own);
        final var done = new ArrayList<MatchedFilter>();
        List<int[]> open = starts;
        for (int round = 1; !open.isEmpty(); round++) {
            monitor.checkCancelled();
            final List<MatchedFilter> next = step(pixels, open, own, others, all);
            final var further = new ArrayList<int[]>();
            for (int k = 0; k < next.size(); k++) {
                final MatchedFilter filter = next.get(k);
                if (round == ROUNDS || Arrays.equals(filter.members, open.get(k))) {
                    done.add(filter);
                } else {
                    further.add(filter.members);
                }
            }
            open = distinct(further, done);
        }
        return distinct(done).stream().filter(f -> 2 * f.members.length <= own.length).toList();
    }

    private static List<int[]> distinct(final List<int[]> groups, final List<MatchedFilter> done) {
        final var distinct = new ArrayList<int[]>();
        for (int[] group : groups) {
            if (distinct.stream().noneMatch(g -> Arrays.equals(g, group)) && done.stream().noneMatch(f -> Arrays.equals(f.members, group))) {
                distinct.add(group);
            }
        }
        return distinct;
    }

    private static List<MatchedFilter> distinct(final List<MatchedFilter> filters) {
        final var distinct = new ArrayList<MatchedFilter>();
        for (MatchedFilter filter : filters) {
            if (distinct.stream().noneMatch(f -> Arrays.equals(f.members, filter.members))) {
                distinct.add(filter);
            }
        }
        return distinct;
    }

    private static List<MatchedFilter> step(final WhitenedPixels pixels, final List<int[]> groups, final int[] own, final int[] others,
        final double[] all) {
        final List<Line> lines = Line.of(pixels, groups, own, others, all);
        return IntStream.range(0, groups.size()).parallel().mapToObj(k -> select(lines.get(k), own)).toList();
    }

    /**
     * Where images lie along a pattern, in standard deviations of the other classes' images from their median; an image's own part in
     * the pattern does not count.
     *
     * @param own {@code [images of the class]}
     * @param others {@code [images of other classes]}, ascending
     */
    record Line(double[] own, double[] others) { // NOSONAR never compared

        static List<Line> of(final WhitenedPixels pixels, final List<int[]> groups, final int[] own, final int[] others, final double[] all) {
            final float[][] patterns = groups.stream().parallel().map(g -> pattern(pixels.mean(g), g.length, all, own.length)).toArray(float[][]::new);
            final double[][] foreign = pixels.project(others, patterns);
            final double[][] scores = pixels.project(own, patterns);
            return IntStream.range(0, patterns.length).parallel().mapToObj(k -> of(pixels, groups.get(k), own, patterns[k], foreign[k], scores[k])).toList();
        }

        /** @return what nearly all images of the other classes stay below */
        double usual() {
            return others[Math.max(0, others.length - Math.max(1, (int)(BEYOND * others.length)))];
        }

        private static Line of(final WhitenedPixels pixels, final int[] members, final int[] own, final float[] pattern, final double[] foreign,
            final double[] scores) {
            final double middle = median(foreign);
            final double spread = Math.max(1e-9, spread(foreign));
            final double m = members.length;
            for (int i = 0; i < own.length; i++) {
                if (Arrays.binarySearch(members, own[i]) >= 0) {
                    scores[i] = (m * scores[i] - pixels.squares(own[i], pattern)) / (m - 1);
                }
                scores[i] = (scores[i] - middle) / spread;
            }
            return new Line(scores, Arrays.stream(foreign).map(s -> (s - middle) / spread).sorted().toArray());
        }
    }

    private static MatchedFilter select(final Line line, final int[] own) {
        final double[] scores = line.own;
        final double usual = line.usual();
        final double width = spread(scores);
        final double threshold = width > WIDE ? Math.max(usual, median(scores) + OUTLYING * width) : usual;
        int[] beyond = IntStream.range(0, own.length).filter(i -> scores[i] > threshold).toArray();
        if (beyond.length < FEWEST) {
            beyond = IntStream.range(0, own.length).boxed().sorted(Comparator.comparingDouble(i -> -scores[i])).limit(FEWEST).mapToInt(Integer::intValue)
                .sorted().toArray();
        }
        final double[] inside = Arrays.stream(beyond).mapToDouble(i -> scores[i]).toArray();
        return new MatchedFilter(Arrays.stream(beyond).map(i -> own[i]).toArray(), inside, threshold, width,
            opposite(scores, Math.max(threshold, CLEARLY * median(inside))));
    }

    /** At a part of the members' height, so that the class's usual width does not count. */
    private static double opposite(final double[] scores, final double height) {
        final double above = Arrays.stream(scores).filter(s -> s >= height).count();
        return Arrays.stream(scores).filter(s -> s <= -height).count() / Math.max(1, above);
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double spread(final double[] values) {
        final double middle = median(values);
        return WhitenedPixels.MAD * median(Arrays.stream(values).map(s -> Math.abs(s - middle)).toArray());
    }

    /** What the members differ in from the rest of the class, where it is clear; from the means of the members and of the class. */
    private static float[] pattern(final double[] mean, final int members, final double[] all, final int own) {
        final double least = CLEAR / Math.sqrt(members);
        final double apart = members < own ? (double)own / (own - members) : 1;
        final var clear = new float[mean.length];
        final var whole = new float[mean.length];
        int count = 0;
        for (int k = 0; k < mean.length; k++) {
            whole[k] = (float)(apart * (mean[k] - all[k]));
            if (Math.abs(whole[k]) > least) {
                clear[k] = whole[k];
                count++;
            }
        }
        return count < FEWEST_COEFFICIENTS ? whole : clear;
    }

    /**
     * @param pixels of all images
     * @param members images that carry a mark
     * @param own images of the class
     * @param others images of other classes
     * @return all images of the class along what the members share, in their order
     */
    static double[] along(final WhitenedPixels pixels, final int[] members, final int[] own, final int[] others) {
        return Line.of(pixels, List.of(members), own, others, pixels.mean(own)).get(0).own;
    }

    /**
     * @param pixels of all images
     * @param members images of a class that are known to carry a mark, ascending
     * @param groups those of them that share a part of it, at least two each
     * @param own images of the class
     * @param others images of other classes, for comparison
     * @return the members, each as far as it lies along what a group shares, the furthest of all groups; the threshold is the largest of the
     *         groups'
     */
    static MatchedFilter together(final WhitenedPixels pixels, final int[] members, final List<int[]> groups, final int[] own, final int[] others) {
        final var scores = new double[members.length];
        double threshold = 0;
        for (Line line : Line.of(pixels, groups, own, others, pixels.mean(own))) {
            threshold = Math.max(threshold, line.usual());
            for (int i = 0; i < own.length; i++) {
                final int at = Arrays.binarySearch(members, own[i]);
                if (at >= 0) {
                    scores[at] = Math.max(scores[at], line.own[i]);
                }
            }
        }
        return new MatchedFilter(members, scores, threshold, 1, 0);
    }

    /** @return the median of the members' scores */
    double strength() {
        return median(scores);
    }

    /** @return strength times the root of the number of members, which chance and natural likeness bound */
    double distinctness() {
        return strength() * Math.sqrt(members.length);
    }

    /** @return the median of the members' scores in units of the least that counts: how wide the gap below them is */
    double clearness() {
        return strength() / threshold;
    }

    /**
     * @return this pattern with those members alone that carry it clearly
     */
    MatchedFilter clearest() {
        final double least = Math.max(threshold, CLEARLY * strength());
        final int[] kept = IntStream.range(0, members.length).filter(i -> scores[i] >= least).toArray();
        return new MatchedFilter(Arrays.stream(kept).map(i -> members[i]).toArray(), Arrays.stream(kept).mapToDouble(i -> scores[i]).toArray(), threshold, width,
            opposite);
    }
}
