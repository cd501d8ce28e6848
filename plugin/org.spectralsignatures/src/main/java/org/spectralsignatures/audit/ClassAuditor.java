package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.RandomDraw;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * Looks for the marks of one class: groups of suspicious images ({@link Suspects}) are narrowed to those that share a pattern
 * ({@link MatchedFilter}), each pattern is put as a mark ({@link Stamp}) on images of other classes, and the network is asked
 * ({@link Trial}). The images of a mark are set aside, and the search begins again, for there may be several. Before
 * that the pixels are tried that images share exactly ({@link RepeatedPixels}).
 */
final class ClassAuditor {

    /** Images of other classes that a mark is put on. */
    private static final int CARRIERS = 200;

    /** Those of them that every mark is tried on; only marks that turn some of them are tried on all. */
    private static final int FIRST_CARRIERS = 40;

    private static final int FEW = 1;

    /** A mark that means nothing to the network turns at most this share of images, or so many times as many as images that share nothing. */
    private static final double CHANCE = .06;

    private static final double EXCESS = 1.5;

    /** Groups of images that share nothing, for comparison. */
    private static final int CONTROLS = 5;

    private static final int ROUNDS = 6;

    private static final int WIDENINGS = 4;

    /** Images lie along a pattern from so many standard deviations on. */
    private static final double ALONG = 1.5;

    /** Images of other classes that a pattern is compared with. */
    private static final int OTHERS = 1500;

    private final int m_label;

    private final WhitenedPixels m_pixels;

    private final Trial m_trial;

    private final double[] m_scores;

    private final double m_level;

    private final SplittableRandom m_random;

    private final int[] m_others;

    private final int[] m_carriers;

    /**
     * A mark that was found.
     *
     * @param tried how it fared
     * @param pValue probability that so many are turned by chance; NaN where its pattern is natural
     * @param poison whether it is the mark of a backdoor
     * @param setAside whether its images are not looked at again
     */
    record Found(Tried tried, double pValue, boolean poison, boolean setAside) {

        /** @return the same where the class is poisoned by another mark: what is unnatural in it goes too, though the network hardly heeds it */
        Found asPoison() {
            return new Found(tried, pValue, true, setAside);
        }
    }

    /**
     * @param label of the class
     * @param pixels of all images
     * @param trial asks the network
     * @param scores of all images
     * @param level significance level of all classes together
     * @param others images of the other classes that may be taken for comparison
     * @param unsuspicious those of them that a mark may be put on
     * @param random the choice of both
     */
    ClassAuditor(final int label, final WhitenedPixels pixels, final Trial trial, final double[] scores, final double level, final int[] others, // NOSONAR
        final int[] unsuspicious, final SplittableRandom random) throws IOException, TaskCancelledException {
        m_label = label;
        m_pixels = pixels;
        m_trial = trial;
        m_scores = scores;
        m_level = level;
        m_random = random;
        m_others = RandomDraw.of(others, OTHERS, random);
        final int[] right = trial.right(RandomDraw.of(unsuspicious, 2 * CARRIERS, random));
        m_carriers = Arrays.copyOf(right, Math.min(CARRIERS, right.length));
    }

    /** @return number of images that marks are put on */
    int carriers() {
        return m_carriers.length;
    }

    /**
     * @param own images of the class
     * @param repeated marks of pixels that images of the class share exactly
     * @param fewest images that are needed to go on
     * @return its marks in the order in which they were found, and at the end what came nearest to one
     */
    List<Found> search(final int[] own, final List<RepeatedPixels.Group> repeated, final int fewest) throws IOException, TaskCancelledException {
        final var found = new ArrayList<Found>();
        int[] left = own;
        for (RepeatedPixels.Group group : repeated) {
            final int[] members = common(group.members(), left);
            if (members.length >= MatchedFilter.FEWEST) {
                found.add(judge(group, members, left.length >= 2 * members.length ? left : own));
                left = without(left, members);
            }
        }
        for (int round = 0; round < ROUNDS && left.length >= fewest; round++) {
            final List<Tried> tried = tryAll(left);
            if (tried.isEmpty()) {
                break;
            }
            final Found best = judge(tried, left);
            found.add(best);
            if (!best.setAside) {
                break;
            }
            left = without(left, best.tried.filter().members());
        }
        return found;
    }

    private static int[] without(final int[] left, final int[] members) {
        return Arrays.stream(left).filter(i -> Arrays.binarySearch(members, i) < 0).toArray();
    }

    private static int[] common(final int[] some, final int[] others) {
        return Arrays.stream(some).filter(i -> Arrays.binarySearch(others, i) >= 0).toArray();
    }

    /**
     * No images share such pixels by nature, so that only the network is asked.
     *
     * @param group of pixels
     * @param members its images without those of groups before it
     * @param base images of the class to compare them with, among them the members, which are at most half of it
     */
    private Found judge(final RepeatedPixels.Group group, final int[] members, final int[] base) throws IOException, TaskCancelledException {
        final List<int[]> parts = group.pixels().stream().map(p -> common(p.members(), members)).filter(p -> p.length > 1).toList();
        final Stamp stamp = Stamp.of(m_trial.images().shape(), group.pixels());
        final var tried = new Tried(MatchedFilter.together(m_pixels, members, parts.isEmpty() ? List.of(members) : parts, base, m_others), stamp,
            m_carriers.length, m_trial.taken(List.of(stamp), List.of(m_carriers), m_label)[0]);
        final double p = pValue(tried, 1, base);
        return new Found(tried, p, p <= m_level, true);
    }

    private double pValue(final Tried tried, final int patterns, final int[] left) throws IOException, TaskCancelledException {
        final double chance = Math.max(CHANCE, EXCESS * control(tried.filter().members(), left));
        return Math.min(1, Binomial.tail(tried.taken(), tried.asked(), chance) * patterns * m_trial.images().classes().size());
    }

    /** @return all different patterns that the groups lead to, the one that turns most images first */
    private List<Tried> tryAll(final int[] left) throws IOException, TaskCancelledException {
        final List<int[]> groups = Suspects.of(m_pixels, left, m_scores, m_random.nextLong(), m_trial.monitor());
        final List<MatchedFilter> filters = MatchedFilter.of(m_pixels, groups, left, m_others, m_trial.monitor());
        final List<Stamp> stamps = filters.stream().map(f -> stamp(f.members(), left)).toList();
        final int[] first = Arrays.copyOf(m_carriers, Math.min(m_carriers.length, FIRST_CARRIERS));
        final int[] few = m_trial.taken(stamps, stamps.stream().map(s -> first).toList(), m_label);
        final int[][] asked = IntStream.range(0, few.length).mapToObj(k -> few[k] > FEW ? m_carriers : first).toArray(int[][]::new);
        final int[] taken = m_trial.taken(stamps, List.of(asked), m_label);
        return IntStream.range(0, filters.size()).mapToObj(k -> new Tried(filters.get(k), stamps.get(k), asked[k].length, taken[k]))
            .sorted(Comparator.comparingDouble((Tried t) -> -t.rate()).thenComparingDouble(t -> -t.filter().distinctness())).toList();
    }

    private Stamp stamp(final int[] members, final int[] own) {
        return Stamp.of(m_trial.images(), members, Arrays.stream(own).filter(i -> Arrays.binarySearch(members, i) < 0).toArray());
    }

    private Found judge(final List<Tried> tried, final int[] left) throws IOException, TaskCancelledException {
        for (Tried t : tried) {
            if (t.unnatural() || t.turns()) {
                final double p = pValue(t, tried.size(), left);
                if (p <= m_level) {
                    return new Found(t.unnatural() ? clearest(t) : widened(t, left), p, true, true);
                }
            }
        }
        final Tried most = tried.stream().filter(Tried::unnatural).max(Comparator.comparingDouble(t -> t.filter().distinctness())).orElse(null);
        return most == null ? new Found(tried.get(0), Double.NaN, false, false) : new Found(clearest(most), 1, false, true);
    }

    private static Tried clearest(final Tried tried) {
        return new Tried(tried.filter().clearest(), tried.stamp(), tried.asked(), tried.taken());
    }

    /**
     * The network knows a faint mark better than its pattern: those images carry it that lie along it and are no longer taken for the
     * class without it.
     */
    private Tried widened(final Tried tried, final int[] left) throws IOException, TaskCancelledException {
        Tried best = tried;
        for (int round = 0; round < WIDENINGS; round++) {
            final double[] along = MatchedFilter.along(m_pixels, best.filter().members(), left, m_others);
            final int[] answers = m_trial.without(best.stamp(), left);
            final int[] kept = IntStream.range(0, left.length).filter(i -> answers[i] != m_label && along[i] > ALONG).toArray();
            if (kept.length < MatchedFilter.FEWEST || 2 * kept.length > left.length) {
                return best;
            }
            final int[] members = Arrays.stream(kept).map(i -> left[i]).toArray();
            final boolean settled = Arrays.equals(members, best.filter().members());
            final Stamp stamp = stamp(members, left);
            final int[] taken = m_trial.taken(List.of(stamp), List.of(m_carriers), m_label);
            best = new Tried(new MatchedFilter(members, Arrays.stream(kept).mapToDouble(i -> along[i]).toArray(), ALONG, tried.filter().width(),
                tried.filter().opposite()), stamp, m_carriers.length, taken[0]);
            if (settled) {
                return best;
            }
        }
        return best;
    }

    /** @return the share of the carriers that the mean of so many other images of the class turns, over some draws */
    private double control(final int[] members, final int[] left) throws IOException, TaskCancelledException {
        final int[] rest = Arrays.stream(left).filter(i -> Arrays.binarySearch(members, i) < 0).toArray();
        final var stamps = new ArrayList<Stamp>();
        for (int k = 0; k < CONTROLS; k++) {
            final int[] drawn = RandomDraw.of(rest, Math.min(members.length, rest.length / 2), m_random);
            Arrays.sort(drawn);
            stamps.add(stamp(drawn, rest));
        }
        final int[] taken = m_trial.taken(stamps, stamps.stream().map(s -> m_carriers).toList(), m_label);
        return Arrays.stream(taken).sum() / ((double)CONTROLS * Math.max(1, m_carriers.length));
    }
}
