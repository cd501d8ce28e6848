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
 * ({@link MatchedFilter}), each pattern is put as a mark ({@link Stamp}) on images of other classes ({@link Peers}), and the network is asked
 * ({@link Trial}). What frames of few scenes share is passed over ({@link Scenes}). The images of a mark are set aside, and the search begins again,
 * for there may be several. Before
 * that the pixels are tried that images share exactly ({@link RepeatedPixels}).
 */
final class ClassAuditor {

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

    /** Strangers of fewer scenes are frames of a film: it looks like another class by nature. */
    private static final int FEWEST_SCENES = 3;

    /** What replaces more of an image than this is another image. */
    private static final double MOST_OF_IMAGE = .5;

    /** Images lie along a pattern from so many standard deviations on. */
    private static final double ALONG = 1.5;

    private final int m_label;

    private final WhitenedPixels m_pixels;

    private final Trial m_trial;

    private final double[] m_scores;

    private final double m_level;

    private final SplittableRandom m_random;

    private final int[] m_others;

    private final Peers m_peers;

    /** Whether the class is made up of films; null where it was not asked. */
    private Boolean m_films;

    /** What the images of a pattern are. */
    enum Kind {
        /** Those of a backdoor. */
        POISON,
        /** Images that share what is not natural to them, though it hardly turns others. */
        MARK,
        /** Frames of a few films that look like another class and turn its images: poison, or films under a wrong name. */
        FILM,
        /** Frames of few scenes, whose parts they share by nature. */
        SCENE,
        /** Images that share what is natural to their class. */
        NATURAL
    }

    /**
     * A pattern that was found.
     *
     * @param tried how it fared
     * @param pValue probability that so many are turned by chance; NaN where its pattern is natural
     * @param kind what its images are
     */
    record Found(Tried tried, double pValue, Kind kind) {

        /** @return whether it is the mark of a backdoor */
        boolean poison() {
            return kind == Kind.POISON;
        }

        /** @return whether its images are listed: they share what is not natural to them */
        boolean isMark() {
            return kind.compareTo(Kind.SCENE) < 0;
        }

        /** @return the same where the class is poisoned by another mark: what is unnatural in it goes too, though the network hardly heeds it */
        Found asPoison() {
            return kind == Kind.MARK ? new Found(tried, pValue, Kind.POISON) : this;
        }
    }

    /**
     * @param label of the class
     * @param pixels of all images
     * @param trial asks the network
     * @param scores of all images
     * @param level significance level of all classes together
     * @param others images of the other classes that patterns are compared with
     * @param peers images that marks are put on
     * @param random the choice of groups
     */
    ClassAuditor(final int label, final WhitenedPixels pixels, final Trial trial, final double[] scores, final double level, final int[] others, // NOSONAR
        final Peers peers, final SplittableRandom random) {
        m_label = label;
        m_pixels = pixels;
        m_trial = trial;
        m_scores = scores;
        m_level = level;
        m_random = random;
        m_others = others;
        m_peers = peers;
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
                final Found judged = judge(group, members, left.length >= 2 * members.length ? left : own);
                found.add(judged);
                left = judged.isMark() ? without(left, members) : left;
            }
        }
        for (int round = 0; round < ROUNDS && left.length >= fewest; round++) {
            final List<Tried> tried = tryAll(left);
            if (tried.isEmpty()) {
                break;
            }
            final Found best = judge(tried, left);
            found.add(best);
            if (best.kind == Kind.NATURAL) {
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
        final int[] carriers = m_peers.carriers(members);
        final MatchedFilter filter = MatchedFilter.together(m_pixels, members, parts.isEmpty() ? List.of(members) : parts, base, m_others);
        final var tried = new Tried(filter, m_peers.strange(members), Stamp.Form.HIGH, stamp, carriers.length,
            m_trial.taken(List.of(stamp), List.of(carriers), m_label)[0]);
        final double p = pValue(tried, 1, base);
        return p > m_level && frames(members, base) ? new Found(tried, Double.NaN, Kind.SCENE)
            : new Found(tried, p, p <= m_level ? Kind.POISON : Kind.MARK);
    }

    private double pValue(final Tried tried, final int patterns, final int[] left) throws IOException, TaskCancelledException {
        final double chance = Math.max(CHANCE, EXCESS * control(tried, left));
        return Math.min(1, Binomial.tail(tried.taken(), tried.asked(), chance) * patterns * m_trial.images().classes().size());
    }

    /** @return all different patterns that the groups lead to, the one that turns most images first */
    private List<Tried> tryAll(final int[] left) throws IOException, TaskCancelledException {
        final var groups = new ArrayList<>(Suspects.of(m_pixels, left, m_scores, m_random.nextLong(), m_trial.monitor()));
        groups.addAll(m_peers.strangers(left));
        final var filters = new ArrayList<>(MatchedFilter.of(m_pixels, groups, left, m_others, m_trial.monitor()));
        for (int[] strangers : m_peers.strangers(left)) { // what they share may be too faint for the search, but they are known
            filters.add(MatchedFilter.together(m_pixels, strangers, List.of(strangers), left, m_others));
        }
        final List<Candidate> candidates = candidates(filters, left);
        final List<Stamp> stamps = candidates.stream().map(Candidate::stamp).toList();
        final int[] few = m_trial.taken(stamps, candidates.stream().map(c -> first(c.carriers)).toList(), m_label);
        final int[][] asked = IntStream.range(0, few.length).mapToObj(k -> few[k] > FEW ? candidates.get(k).carriers : first(candidates.get(k).carriers))
            .toArray(int[][]::new);
        final int[] taken = m_trial.taken(stamps, List.of(asked), m_label);
        return IntStream.range(0, few.length).mapToObj(k -> candidates.get(k).tried(asked[k].length, taken[k]))
            .sorted(Comparator.comparingDouble((Tried t) -> -t.rate()).thenComparingDouble(t -> -t.filter().distinctness())).toList();
    }

    /** A pattern in one form, and what it is put on. */
    private record Candidate(MatchedFilter filter, boolean strange, Stamp.Form form, Stamp stamp, int[] carriers) { // NOSONAR never compared
        Tried tried(final int asked, final int taken) {
            return new Tried(filter, strange, form, stamp, asked, taken);
        }
    }

    private List<Candidate> candidates(final List<MatchedFilter> filters, final int[] left) throws IOException, TaskCancelledException {
        final var candidates = new ArrayList<Candidate>();
        for (MatchedFilter filter : filters) {
            final int[] members = filter.members();
            for (Stamp.Form form : m_peers.forms(members)) {
                candidates.add(new Candidate(filter, m_peers.strange(members), form, m_peers.stamp(members, left, form), m_peers.carriers(members)));
            }
        }
        return candidates;
    }

    private static int[] first(final int[] carriers) {
        return Arrays.copyOf(carriers, Math.min(carriers.length, FIRST_CARRIERS));
    }

    private Found judge(final List<Tried> tried, final int[] left) throws IOException, TaskCancelledException {
        for (Tried t : tried) {
            if ((t.unnatural() || t.turns()) && !showsScene(t, left)) {
                final double p = pValue(t, tried.size(), left);
                if (p <= m_level) {
                    final Tried found = t.unnatural() ? clearest(t) : widened(t, left);
                    return new Found(found, p, t.strange() && Scenes.few(m_trial.images(), found.filter().members(), left) ? Kind.FILM : Kind.POISON);
                }
            }
        }
        final List<Tried> marks = tried.stream().filter(Tried::unnatural).sorted(Comparator.comparingDouble(t -> -t.filter().distinctness())).toList();
        for (Tried mark : marks) {
            if (!fewScenes(mark, left)) {
                return new Found(clearest(mark), 1, Kind.MARK);
            }
        }
        return marks.isEmpty() ? new Found(tried.get(0), Double.NaN, Kind.NATURAL)
            : new Found(clearest(marks.get(0)), Double.NaN, Kind.SCENE);
    }

    /** Who puts on what the frames of a scene share puts on the scene, and with it what the class looks like, unless the scene is a stranger. */
    private boolean showsScene(final Tried tried, final int[] left) {
        return fewScenes(tried, left) || tried.strange() && tried.stamp().replaced() > MOST_OF_IMAGE;
    }

    private boolean fewScenes(final Tried tried, final int[] left) {
        final int[] members = tried.filter().members();
        return tried.strange() ? Scenes.count(m_trial.images(), members, left) < FEWEST_SCENES : frames(members, left);
    }

    /** Where the class is not made up of films, images that are nearly copies are no frames: an overlay that hides most of an image makes them so. */
    private boolean frames(final int[] members, final int[] left) {
        if (!Scenes.few(m_trial.images(), members, left)) {
            return false;
        }
        if (m_films == null) {
            final int[] others = without(left, members);
            m_films = Scenes.few(m_trial.images(), others, others);
        }
        return m_films;
    }

    private static Tried clearest(final Tried tried) {
        return new Tried(tried.filter().clearest(), tried.strange(), tried.form(), tried.stamp(), tried.asked(), tried.taken());
    }

    /**
     * The network knows a faint mark better than its pattern: those images carry it that lie along it and are no longer taken for the
     * class without it. Of strangers it is known already that they do not belong.
     */
    private Tried widened(final Tried tried, final int[] left) throws IOException, TaskCancelledException {
        Tried best = tried;
        for (int round = 0; round < WIDENINGS; round++) {
            final double[] along = MatchedFilter.along(m_pixels, best.filter().members(), left, m_others);
            final int[] kept = tried.strange() ? IntStream.range(0, left.length).filter(i -> m_peers.isStranger(left[i]) && along[i] > ALONG).toArray()
                : keptWithout(best.stamp(), left, along);
            if (kept.length < MatchedFilter.FEWEST || 2 * kept.length > left.length) {
                return best;
            }
            final int[] members = Arrays.stream(kept).map(i -> left[i]).toArray();
            final boolean settled = Arrays.equals(members, best.filter().members());
            final Stamp stamp = m_peers.stamp(members, left, tried.form());
            final int[] carriers = m_peers.carriers(members);
            final int[] taken = m_trial.taken(List.of(stamp), List.of(carriers), m_label);
            best = new Tried(new MatchedFilter(members, Arrays.stream(kept).mapToDouble(i -> along[i]).toArray(), ALONG, tried.filter().width(),
                tried.filter().opposite()), tried.strange(), tried.form(), stamp, carriers.length, taken[0]);
            if (settled) {
                return best;
            }
        }
        return best;
    }

    private int[] keptWithout(final Stamp stamp, final int[] left, final double[] along) throws IOException, TaskCancelledException {
        final int[] answers = m_trial.without(stamp, left);
        return IntStream.range(0, left.length).filter(i -> answers[i] != m_label && along[i] > ALONG).toArray();
    }

    /**
     * @return the share of the carriers that is turned without a mark: by the mean of so many images that the members are compared with, or by
     *         what is left in strangers of the look of their class; over some draws
     */
    private double control(final Tried tried, final int[] left) throws IOException, TaskCancelledException {
        final int[] members = tried.filter().members();
        final int[] rest = m_peers.rest(members, left);
        final var stamps = new ArrayList<Stamp>();
        for (int k = 0; k < CONTROLS; k++) {
            final int[] drawn = RandomDraw.of(rest, Math.min(members.length, rest.length / 2), m_random);
            Arrays.sort(drawn);
            stamps.add(Stamp.of(m_trial.images(), drawn, without(rest, drawn), tried.form()));
        }
        double most = taken(stamps, members);
        if (tried.strange()) {
            stamps.clear();
            for (int k = 0; k < CONTROLS; k++) {
                stamps.add(m_peers.ownLook(members, left, tried.form()));
            }
            most = Math.max(most, taken(stamps, members));
        }
        return most;
    }

    private double taken(final List<Stamp> stamps, final int[] members) throws IOException, TaskCancelledException {
        final int[] carriers = m_peers.carriers(members);
        final int[] taken = m_trial.taken(stamps, stamps.stream().map(s -> carriers).toList(), m_label);
        return Arrays.stream(taken).sum() / ((double)stamps.size() * Math.max(1, carriers.length));
    }
}
