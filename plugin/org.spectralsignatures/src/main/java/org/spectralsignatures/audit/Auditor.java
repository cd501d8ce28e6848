package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.RandomDraw;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.removal.Verdict;
import org.spectralsignatures.scoring.RowsByClass;

/**
 * Looks for marks that images of a class share and that make a network take other images for the class: that is what a backdoor is.
 * A natural likeness hardly turns any image; a mark that turns more than chance explains makes its class poisoned and its images
 * poison. Marks must lie at the same place of each image. How each class is searched: {@link ClassAuditor}.
 */
public final class Auditor {

    /** Fewest images of a class among which a shared mark can be told from chance. */
    public static final int FEWEST_IMAGES = 50;

    /** Fewest images that have to share a mark for it to be found. */
    private static final int FEWEST_MARKED = 10;

    /** Most classes of the sets in which it was measured how few marked images are found: with 43 classes a backdoor was missed. */
    private static final int MEASURED_CLASSES = 10;

    /** Largest side of the images with which it was. */
    private static final int MEASURED_SIDE = 64;

    /** Fewest images of the classes with which it was: among 100 or 200, ten images with a faint mark that was learned were missed. */
    private static final int MEASURED_IMAGES = 400;

    /** Share of a class that may be poison itself, so that no mark is put on it. */
    private static final double SUSPICIOUS = .2;

    private static final double WHITENED = .3;

    /** Fewest images that a mark has to be put on. */
    private static final int FEWEST_CARRIERS = 40;

    /** Of the images of a mark such a share has to look like one other class for it to be named. */
    private static final double NAMED = 1. / 3;

    /** Images of other classes that a pattern is compared with. */
    private static final int OTHERS = 1500;

    /** So many of the images are asked about where nobody knows how the training went. */
    private static final int ASKED = 1000;

    private static final int RGB = 3;

    private final RunnableNetwork m_network;

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

    private final List<List<RepeatedPixels.Group>> m_repeated;

    private final Looks m_looks;

    /** Why the network may not have learned a backdoor; null where nothing speaks for that. */
    private final String m_doubt;

    private Auditor(final RunnableNetwork network, final ImageDataset images, final WhitenedPixels pixels, final double[] scores, final AuditOptions options,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        m_network = network;
        m_images = images;
        m_pixels = pixels;
        m_scores = scores;
        m_options = options;
        m_monitor = monitor;
        m_rows = RowsByClass.of(images.labels(), images.classes().size());
        m_repeated = RepeatedPixels.of(images, m_rows, monitor);
        m_looks = Looks.of(pixels, m_rows, monitor);
        m_looks.centre();
        m_markOf = filled(images.size());
        m_evidence = new double[images.size()];
        m_looksLike = filled(images.size());
        final TrainingFacts training = network.description().training();
        m_doubt = training == null ? doubt() : training.doubt();
    }

    /** A network of others may have been trained on these images, but what was said of its preparation and classes may be wrong. */
    private String doubt() throws IOException, TaskCancelledException {
        final int[] rows = RandomDraw.of(IntStream.range(0, m_images.size()).toArray(), ASKED, new SplittableRandom(m_options.seed()));
        final int asked = rows.length;
        final int right = new Trial(m_network, m_images, m_options.batchSize(), m_monitor).right(rows).length;
        return right >= TrainingFacts.LEARNED * asked ? null : String.format(Locale.ROOT, "the network takes only %.1f%% of the images for what they are labelled (at least"
            + " %.0f%% are needed): see that preparation, colours and order of the classes are those of its training, and that it was trained on these images long enough",
            Math.floor(1000. * right / asked) / 10, 100 * TrainingFacts.LEARNED);
    }

    private static int[] filled(final int size) {
        final int[] filled = new int[size];
        Arrays.fill(filled, -1);
        return filled;
    }

    /**
     * @param network trained on the images
     * @param images the training set, RGB, n of them
     * @param scores {@code [n]}, outlier scores, the higher the more suspicious in the class; they say where to look first
     * @param options level, batch, seed
     * @param monitor progress and cancellation
     * @return what was found
     * @throws IOException if there is no room for what is computed
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if network, images and scores do not fit
     */
    public static Audit audit(final RunnableNetwork network, final ImageDataset images, final double[] scores, final AuditOptions options,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (scores.length != images.size()) {
            throw new IllegalArgumentException("There are %d images, but %d scores.".formatted(images.size(), scores.length));
        }
        if (images.shape().channels() != RGB) {
            throw new IllegalArgumentException("Marks are looked for in RGB images, but these have %d channel(s): give gray ones with three equal planes."
                .formatted(images.shape().channels()));
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
        sortMarks();
        final var poison = new boolean[m_images.size()];
        for (int i = 0; i < poison.length; i++) {
            poison[i] = m_markOf[i] >= 0 && m_marks.get(m_markOf[i]).poison();
        }
        return new Audit(List.copyOf(audits), List.copyOf(m_marks), m_markOf, m_evidence, m_looksLike, poison);
    }

    /** The most suspicious first. */
    private void sortMarks() {
        final List<Audit.Mark> found = List.copyOf(m_marks);
        final int[] order = IntStream.range(0, found.size()).boxed().sorted(Comparator.<Integer, Boolean>comparing(k -> !found.get(k).poison())
            .thenComparing(k -> found.get(k).pValue()).thenComparing(k -> -found.get(k).strength())).mapToInt(Integer::intValue).toArray();
        final int[] places = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            m_marks.set(k, found.get(order[k]));
            places[order[k]] = k;
        }
        Arrays.setAll(m_markOf, i -> m_markOf[i] < 0 ? -1 : places[m_markOf[i]]);
    }

    private Audit.ClassAudit audit(final int label, final SplittableRandom random) throws IOException, TaskCancelledException {
        final int[] own = m_rows[label];
        final int others = m_images.size() - own.length;
        if (own.length < FEWEST_IMAGES || others < FEWEST_IMAGES) {
            return new Audit.ClassAudit(label, own.length, 0, Verdict.cannotTell(own.length < FEWEST_IMAGES
                ? "too few images to tell (%d; %d are needed)".formatted(own.length, FEWEST_IMAGES)
                : "too few images of other classes to tell (%d; %d are needed)".formatted(others, FEWEST_IMAGES)));
        }
        final var trial = new Trial(m_network, m_images, m_options.batchSize(), m_monitor);
        final int[] compared = RandomDraw.of(IntStream.range(0, m_images.size()).filter(i -> m_images.label(i) != label).toArray(), OTHERS, random);
        final var peers = new Peers(label, m_rows, m_looks, trial, unsuspicious(label), random);
        final var auditor = new ClassAuditor(label, m_pixels, trial, m_scores, m_options.level(), compared, peers, random);
        if (auditor.carriers() < FEWEST_CARRIERS) {
            return new Audit.ClassAudit(label, own.length, 0, Verdict.cannotTell(m_network.description().training() == null && m_doubt != null ? m_doubt
                : "the network takes only %d of the images of other classes that were tried for what they are: train more epochs".formatted(auditor.carriers())));
        }
        final var marks = new ArrayList<Audit.Mark>();
        final List<ClassAuditor.Found> all = auditor.search(own, m_repeated.get(label), FEWEST_IMAGES);
        final boolean poisoned = all.stream().anyMatch(ClassAuditor.Found::poison);
        for (ClassAuditor.Found found : all) {
            marks.add(found.isMark() ? setAside(label, poisoned ? found.asPoison() : found, trial, m_marks.size() + marks.size()) : mark(label, found, -1));
        }
        m_marks.addAll(marks);
        final int poison = marks.stream().filter(Audit.Mark::poison).mapToInt(Audit.Mark::images).sum();
        final int frames = all.stream().filter(found -> found.kind() == ClassAuditor.Kind.FILM)
            .mapToInt(found -> found.tried().filter().members().length).sum();
        return new Audit.ClassAudit(label, own.length, poison, verdict(own.length, poison, frames, marks));
    }

    private Verdict verdict(final int images, final int poison, final int frames, final List<Audit.Mark> marks) {
        if (poison > 0) {
            final Audit.Mark largest = marks.stream().filter(Audit.Mark::poison).max(Comparator.comparingInt(Audit.Mark::images)).orElseThrow();
            return Verdict.poisoned(poison, marks.stream().filter(Audit.Mark::poison).mapToDouble(Audit.Mark::pValue).min().orElseThrow(),
                largest.looksLike() < 0 ? null : m_images.classes().get(largest.looksLike()));
        }
        final int unheeded = marks.stream().filter(m -> !Double.isNaN(m.pValue())).mapToInt(Audit.Mark::images).sum();
        if (m_doubt != null) {
            return Verdict.cannotTell(unheeded == 0 ? m_doubt
                : "%s; %d images share a mark all the same: look at them among the suspicious images".formatted(m_doubt, unheeded));
        }
        if (frames > 0) {
            return Verdict.cannotTell(("%d images look like another class and share what turns images of that class, but show few scenes: "
                + "poison, a film under a wrong name, or frames on which little is to be seen; look at them among the suspicious images").formatted(frames));
        }
        if (unheeded > 0) {
            return Verdict.cannotTell(("%d images share a mark that the network takes little notice of, so that it may not have learned it: "
                + "look at them among the suspicious images, or train more epochs").formatted(unheeded));
        }
        final String unmeasured = unmeasured(images);
        return unmeasured == null ? Verdict.nothingFound(Math.min(1, (double)FEWEST_MARKED / images)) : Verdict.nothingFoundIn(unmeasured);
    }

    /** @return the sets of which it is not known how little poison is found, of which this is one; null if that is known */
    private String unmeasured(final int images) {
        if (m_rows.length > MEASURED_CLASSES) {
            return "sets of more than %d classes".formatted(MEASURED_CLASSES);
        }
        if (Math.max(m_images.shape().height(), m_images.shape().width()) > MEASURED_SIDE) {
            return "images of more than %d pixels a side".formatted(MEASURED_SIDE);
        }
        return images < MEASURED_IMAGES ? "classes of fewer than %d images".formatted(MEASURED_IMAGES) : null;
    }

    private static Audit.Mark mark(final int label, final ClassAuditor.Found found, final int looksLike) {
        final Tried tried = found.tried();
        return new Audit.Mark(label, tried.filter().members().length, tried.filter().strength(), tried.asked(), tried.taken(), found.pValue(), looksLike,
            found.poison(), tried.stamp().picture());
    }

    /** Notes the images that carry a mark, and asks what they are without it. */
    private Audit.Mark setAside(final int label, final ClassAuditor.Found found, final Trial trial, final int number)
        throws IOException, TaskCancelledException {
        final MatchedFilter filter = found.tried().filter();
        final int[] members = filter.members();
        final int[] answers = trial.without(found.tried().stamp(), members);
        final int[] votes = new int[m_rows.length];
        for (int i = 0; i < members.length; i++) {
            m_markOf[members[i]] = number;
            m_evidence[members[i]] = filter.scores()[i] / filter.threshold();
            m_looksLike[members[i]] = answers[i];
            votes[answers[i]]++;
        }
        votes[label] = 0;
        final int likely = IntStream.range(0, votes.length).reduce(0, (a, b) -> votes[b] > votes[a] ? b : a);
        return mark(label, found, votes[likely] >= NAMED * members.length ? likely : -1);
    }

    /** Images of the other classes, without the most suspicious of each. */
    private int[] unsuspicious(final int label) {
        return IntStream.range(0, m_rows.length).filter(c -> c != label).flatMap(c -> {
            final int[] ranked = IntStream.of(m_rows[c]).boxed().sorted(Comparator.comparingDouble(i -> m_scores[i])).mapToInt(Integer::intValue).toArray();
            return Arrays.stream(ranked, 0, (int)Math.ceil((1 - SUSPICIOUS) * ranked.length));
        }).toArray();
    }
}
