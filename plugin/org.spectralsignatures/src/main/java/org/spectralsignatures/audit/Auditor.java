package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.removal.Verdict;
import org.spectralsignatures.scoring.RowsByClass;

/**
 * Looks for marks that images of a class share and that make a network take other images for the class: that is what a backdoor is.
 * Groups of suspicious images ({@link Suspects}) are narrowed to those that share a pattern ({@link MatchedFilter}); the pattern is
 * put as a mark ({@link Stamp}) on images of other classes, and the network is asked what it takes them for ({@link Trial}). A natural
 * likeness hardly turns any image; a mark that turns more than chance explains makes its class poisoned and its images poison. What is
 * found is set aside, and the search in the class begins again, for there may be several marks.
 */
public final class Auditor {

    /** Images of other classes that a mark is put on. */
    private static final int CARRIERS = 200;

    /** Those of them that every pattern is tried on; only patterns that turn some of them are tried on all. */
    private static final int FIRST_CARRIERS = 40;

    /** A mark that means nothing to the network turns at most this share of images: see docs/Verdict.md for how this was found. */
    private static final double CHANCE = .06;

    private static final int ROUNDS = 5;

    /** Fewest images of a class among which a shared mark can be told from chance. */
    private static final int FEWEST_IMAGES = 50;

    /** Fewest images that have to share a mark for it to be found. */
    private static final int FEWEST_MARKED = 10;

    /** Images of other classes that a pattern is compared with. */
    private static final int OTHERS = 1500;

    /** Share of a class that may be poison itself and is not taken as a carrier. */
    private static final double SUSPICIOUS = .2;

    private static final double WHITENED = .3;

    private final TrainedNetwork m_network;

    private final ImageDataset m_images;

    private final WhitenedPixels m_pixels;

    private final double[] m_scores;

    private final AuditOptions m_options;

    private final TaskMonitor m_monitor;

    private final int[][] m_rows;

    private final int[] m_markOf;

    private final double[] m_evidence;

    private final int[] m_looksLike;

    private final List<Audit.Mark> m_marks = new ArrayList<>();

    private Auditor(final TrainedNetwork network, final ImageDataset images, final WhitenedPixels pixels, final double[] scores, final AuditOptions options,
        final TaskMonitor monitor) {
        m_network = network;
        m_images = images;
        m_pixels = pixels;
        m_scores = scores;
        m_options = options;
        m_monitor = monitor;
        m_rows = RowsByClass.of(images.labels(), images.classes().size());
        m_markOf = new int[images.size()];
        Arrays.fill(m_markOf, -1);
        m_evidence = new double[images.size()];
        m_looksLike = new int[images.size()];
        Arrays.fill(m_looksLike, -1);
    }

    /**
     * @param network trained on the images
     * @param images the training set, n of them
     * @param scores {@code [n]}, outlier scores, the higher the more suspicious in the class; they say where to look first
     * @param options level, batch, seed
     * @param monitor progress and cancellation
     * @return what was found
     * @throws IOException if there is no room for what is computed
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if network, images and scores do not fit
     */
    public static Audit audit(final TrainedNetwork network, final ImageDataset images, final double[] scores, final AuditOptions options,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (scores.length != images.size()) {
            throw new IllegalArgumentException("There are %d images, but %d scores.".formatted(images.size(), scores.length));
        }
        if (!images.classes().equals(network.description().classes())) {
            throw new IllegalArgumentException("The images' classes are not the network's.");
        }
        try (var pixels = WhitenedPixels.of(images, monitor.part(0, WHITENED))) {
            return new Auditor(network, images, pixels, scores, options, monitor).run();
        }
    }

    private Audit run() throws IOException, TaskCancelledException {
        final int classes = m_rows.length;
        final var random = new SplittableRandom(m_options.seed());
        final var audits = new ArrayList<Audit.ClassAudit>();
        for (int c = 0; c < classes; c++) {
            m_monitor.checkCancelled();
            m_monitor.progress(WHITENED + (1 - WHITENED) * c / classes, "Class '%s' (%d of %d)".formatted(m_images.classes().get(c), c + 1, classes));
            audits.add(audit(c, random.split()));
        }
        final var poison = new boolean[m_images.size()];
        for (int i = 0; i < poison.length; i++) {
            poison[i] = m_markOf[i] >= 0 && m_marks.get(m_markOf[i]).poison();
        }
        return new Audit(List.copyOf(audits), List.copyOf(m_marks), m_markOf, m_evidence, m_looksLike, poison);
    }

    /** A pattern with its mark, and how it fared. */
    private record Tried(MatchedFilter filter, Stamp stamp, int[] carriers, int taken) { // NOSONAR never compared
        double rate() {
            return carriers.length == 0 ? 0 : (double)taken / carriers.length;
        }
    }

    private Audit.ClassAudit audit(final int label, final SplittableRandom random) throws IOException, TaskCancelledException {
        final int[] own = m_rows[label];
        if (own.length < FEWEST_IMAGES) {
            return new Audit.ClassAudit(label, own.length, 0,
                Verdict.cannotTell("too few images to tell (%d; %d are needed)".formatted(own.length, FEWEST_IMAGES)));
        }
        final int[] others = draw(IntStream.range(0, m_images.size()).filter(i -> m_images.label(i) != label).toArray(), OTHERS, random);
        final int[] carriers = carriers(label, random);
        int[] left = own;
        int poison = 0;
        double p = 1;
        int looksLike = -1;
        int most = 0;
        Tried last = null;
        for (int round = 0; round < ROUNDS && left.length >= FEWEST_IMAGES; round++) {
            final List<Tried> tried = tryAll(label, left, others, carriers, random.nextLong());
            last = tried.get(0);
            final double value = pValue(last, tried.size());
            if (value > m_options.level()) {
                note(label, tried);
                break;
            }
            final Audit.Mark mark = accept(label, last, value);
            poison += mark.images();
            p = Math.min(p, value);
            if (mark.images() > most) {
                most = mark.images();
                looksLike = mark.looksLike();
            }
            left = Arrays.stream(left).filter(i -> m_markOf[i] < 0).toArray();
        }
        return new Audit.ClassAudit(label, own.length, poison, verdict(own.length, poison, p, looksLike, last));
    }

    private Verdict verdict(final int images, final int poison, final double p, final int looksLike, final Tried last) {
        if (poison > 0) {
            return Verdict.poisoned(poison, p, looksLike < 0 ? null : m_images.classes().get(looksLike));
        }
        final String doubt = m_network.description().training() == null ? null : m_network.description().training().doubt();
        if (doubt != null) {
            return Verdict.cannotTell(doubt);
        }
        return Verdict.nothingFound((double)FEWEST_MARKED / images);
    }

    /** @return all different patterns that the groups lead to, the one that turns most images first */
    private List<Tried> tryAll(final int label, final int[] left, final int[] others, final int[] carriers, final long seed)
        throws IOException, TaskCancelledException {
        final List<MatchedFilter> filters =
            MatchedFilter.of(m_pixels, Suspects.of(m_pixels, left, m_scores, seed, m_monitor), left, others, m_monitor);
        final var stamps = new ArrayList<Stamp>();
        for (MatchedFilter filter : filters) {
            final var members = new BitSet();
            Arrays.stream(filter.members()).forEach(members::set);
            stamps.add(Stamp.of(m_images, filter.members(), Arrays.stream(left).filter(i -> !members.get(i)).toArray()));
        }
        final int[] first = Arrays.copyOf(carriers, Math.min(carriers.length, FIRST_CARRIERS));
        final int[] few = trial().taken(stamps, stamps.stream().map(s -> first).toList(), label);
        final int[][] asked = IntStream.range(0, few.length).mapToObj(k -> few[k] > 1 ? carriers : first).toArray(int[][]::new);
        final int[] taken = trial().taken(stamps, List.of(asked), label);
        return IntStream.range(0, filters.size()).mapToObj(k -> new Tried(filters.get(k), stamps.get(k), asked[k], taken[k]))
            .sorted(Comparator.comparingDouble((Tried t) -> -t.rate()).thenComparingDouble(t -> -t.filter.strength())).toList();
    }

    /** Keeps of patterns that mean little to the network the one that turned most images and the strongest. */
    private void note(final int label, final List<Tried> tried) {
        final Tried strongest = tried.stream().max(Comparator.comparingDouble(t -> t.filter.strength())).orElseThrow();
        for (Tried t : tried.get(0) == strongest ? List.of(strongest) : List.of(tried.get(0), strongest)) {
            m_marks.add(new Audit.Mark(label, t.filter.members().length, t.filter.strength(), t.carriers.length, t.taken, pValue(t, tried.size()), -1, false,
                t.stamp.picture()));
        }
    }

    private Trial trial() {
        return new Trial(m_network, m_images, m_options.batchSize(), TaskMonitor.none());
    }

    private double pValue(final Tried tried, final int patterns) {
        return Math.min(1, Binomial.tail(tried.taken, tried.carriers.length, CHANCE) * patterns * m_rows.length);
    }

    private Audit.Mark accept(final int label, final Tried tried, final double p) throws IOException, TaskCancelledException {
        final int[] members = tried.filter.members();
        final int[] answers = trial().without(tried.stamp, members);
        final int[] votes = new int[m_rows.length];
        for (int i = 0; i < members.length; i++) {
            m_markOf[members[i]] = m_marks.size();
            m_evidence[members[i]] = tried.filter.scores()[i] / tried.filter.threshold();
            m_looksLike[members[i]] = answers[i];
            votes[answers[i]]++;
        }
        votes[label] = 0;
        final int likely = IntStream.range(0, votes.length).reduce(0, (a, b) -> votes[b] > votes[a] ? b : a);
        final var mark = new Audit.Mark(label, members.length, tried.filter.strength(), tried.carriers.length, tried.taken, p,
            3 * votes[likely] >= members.length ? likely : -1, true, tried.stamp.picture());
        m_marks.add(mark);
        return mark;
    }

    /** Images of other classes, not the most suspicious ones, that the network takes for what they are. */
    private int[] carriers(final int label, final SplittableRandom random) throws IOException, TaskCancelledException {
        final var candidates = new ArrayList<Integer>();
        for (int c = 0; c < m_rows.length; c++) {
            if (c != label) {
                final int[] ranked = IntStream.of(m_rows[c]).boxed().sorted(Comparator.comparingDouble(i -> m_scores[i])).mapToInt(Integer::intValue).toArray();
                Arrays.stream(ranked, 0, (int)Math.ceil((1 - SUSPICIOUS) * ranked.length)).forEach(candidates::add);
            }
        }
        final int[] drawn = draw(candidates.stream().mapToInt(Integer::intValue).toArray(), 2 * CARRIERS, random);
        final int[] right;
        try (var builder = ImageDataset.builder(m_images.shape(), m_images.classes())) {
            final var pixels = new byte[m_images.shape().size()];
            for (int i : drawn) {
                m_images.copyPixels(i, pixels, 0);
                builder.add(Integer.toString(i), m_images.classes().get(m_images.label(i)), pixels);
            }
            try (ImageDataset asked = builder.build()) {
                final Predictions predictions = Predictor.predict(m_network, asked, m_options.batchSize(), TaskMonitor.none());
                right = IntStream.range(0, drawn.length).filter(k -> predictions.label(k) == asked.label(k)).limit(CARRIERS).map(k -> drawn[k]).toArray();
            }
        }
        return right;
    }

    /** @return at most so many of the indices, drawn without replacement */
    private static int[] draw(final int[] indices, final int count, final SplittableRandom random) {
        final int[] shuffled = indices.clone();
        final int n = Math.min(count, shuffled.length);
        for (int i = 0; i < n; i++) {
            final int j = random.nextInt(i, shuffled.length);
            final int swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        return Arrays.copyOf(shuffled, n);
    }
}
