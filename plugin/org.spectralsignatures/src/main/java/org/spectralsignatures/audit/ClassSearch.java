package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.RandomDraw;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.removal.Verdict;

/** The search for marks in one class of a set, and the verdict on it: draws what {@link ClassAuditor} compares with, and asks what becomes of the images of a mark without it. */
final class ClassSearch {

    /** Fewest images that have to share a mark for it to be found. */
    private static final int FEWEST_MARKED = 10;

    /** Most classes of the sets in which it was measured how few marked images are found: with 43 classes a backdoor was missed. */
    private static final int MEASURED_CLASSES = 10;

    /** Largest side of the images with which it was. */
    private static final int MEASURED_SIDE = 64;

    /** Fewest images of the classes with which it was: among 100 or 200, ten images with a faint mark that was learned were missed. */
    private static final int MEASURED_IMAGES = 400;

    /** Fewest images that a mark has to be put on. */
    private static final int FEWEST_CARRIERS = 40;

    /** Of the images of a mark such a share has to look like one other class for it to be named. */
    private static final double NAMED = 1. / 3;

    /** Images of other classes that a pattern is compared with. */
    private static final int OTHERS = 1500;

    private final AuditedSet m_set;

    private final int m_label;

    private final Auditor.Search m_search;

    private final int[] m_own;

    /** {@code [images of the class]} */
    private final int[] m_markOf;

    private final double[] m_evidence;

    private final int[] m_looksLike;

    /**
     * @param set with the images
     * @param label index of the class
     * @param search what is searched for
     */
    ClassSearch(final AuditedSet set, final int label, final Auditor.Search search) {
        m_set = set;
        m_label = label;
        m_search = search;
        m_own = set.rows()[label];
        m_markOf = filled(m_own.length);
        m_evidence = new double[m_own.length];
        m_looksLike = filled(m_own.length);
    }

    private static int[] filled(final int size) {
        final int[] filled = new int[size];
        Arrays.fill(filled, -1);
        return filled;
    }

    /** The same draws for a class whichever classes were searched before. */
    private SplittableRandom random() {
        final var random = new SplittableRandom(m_set.options().seed());
        for (int c = 0; c < m_label; c++) {
            random.split();
        }
        return random.split();
    }

    /** @return what was found in the class */
    Audit.OfClass found() throws IOException, TaskCancelledException {
        final var marks = new ArrayList<Audit.Mark>();
        final Audit.ClassAudit audit = audit(random(), marks);
        return new Audit.OfClass(audit, marks, m_markOf, m_evidence, m_looksLike);
    }

    private Audit.ClassAudit audit(final SplittableRandom random, final List<Audit.Mark> marks) throws IOException, TaskCancelledException {
        final ImageDataset images = m_set.images();
        final int others = images.size() - m_own.length;
        if (m_own.length < Auditor.FEWEST_IMAGES || others < Auditor.FEWEST_IMAGES) {
            return cannotTell(m_own.length < Auditor.FEWEST_IMAGES ? "too few images to tell (%d; %d are needed)".formatted(m_own.length, Auditor.FEWEST_IMAGES)
                : "too few images of other classes to tell (%d; %d are needed)".formatted(others, Auditor.FEWEST_IMAGES));
        }
        final Trial trial = m_set.trial();
        final int[] compared = RandomDraw.of(IntStream.range(0, images.size()).filter(i -> images.label(i) != m_label).toArray(), OTHERS, random);
        final var peers = new Peers(m_label, m_set.rows(), m_search.looks(), trial, m_set.unsuspicious(m_label), random);
        final int carriers = peers.usual().length;
        if (carriers < FEWEST_CARRIERS) {
            return cannotTell(m_set.network().description().training() == null && m_search.doubt() != null ? m_search.doubt()
                : "the network takes only %d of the images of other classes that were tried for what they are: train more epochs".formatted(carriers));
        }
        final List<ClassAuditor.Found> all;
        final int[] needed = IntStream.concat(Arrays.stream(m_own), Arrays.stream(compared)).sorted().toArray();
        try (var pixels = m_set.pixels(needed, m_search.scale(), m_search.looks())) {
            all = new ClassAuditor(m_label, pixels, trial, m_set.scores(), m_set.options().level(), compared, peers, random).search(m_own,
                m_search.repeated().get(m_label), Auditor.FEWEST_IMAGES);
        }
        final boolean poisoned = all.stream().anyMatch(ClassAuditor.Found::poison);
        for (ClassAuditor.Found found : all) {
            marks.add(found.isMark() ? setAside(poisoned ? found.asPoison() : found, trial, marks.size()) : mark(found, -1));
        }
        final int poison = marks.stream().filter(Audit.Mark::poison).mapToInt(Audit.Mark::images).sum();
        final int frames = all.stream().filter(found -> found.kind() == ClassAuditor.Kind.FILM)
            .mapToInt(found -> found.tried().filter().members().length).sum();
        return new Audit.ClassAudit(m_label, m_own.length, poison, verdict(poison, frames, marks));
    }

    private Audit.ClassAudit cannotTell(final String reason) {
        return new Audit.ClassAudit(m_label, m_own.length, 0, Verdict.cannotTell(reason));
    }

    private Verdict verdict(final int poison, final int frames, final List<Audit.Mark> marks) {
        if (poison > 0) {
            final Audit.Mark largest = marks.stream().filter(Audit.Mark::poison).max(Comparator.comparingInt(Audit.Mark::images)).orElseThrow();
            return Verdict.poisoned(poison, marks.stream().filter(Audit.Mark::poison).mapToDouble(Audit.Mark::pValue).min().orElseThrow(),
                largest.looksLike() < 0 ? null : m_set.images().classes().get(largest.looksLike()));
        }
        final int unheeded = marks.stream().filter(m -> !Double.isNaN(m.pValue())).mapToInt(Audit.Mark::images).sum();
        final String doubt = m_search.doubt();
        if (doubt != null) {
            return Verdict.cannotTell(unheeded == 0 ? doubt
                : "%s; %d images share a mark all the same: look at them among the suspicious images".formatted(doubt, unheeded));
        }
        if (frames > 0) {
            return Verdict.cannotTell(("%d images look like another class and share what turns images of that class, but show few scenes: "
                + "poison, a film under a wrong name, or frames on which little is to be seen; look at them among the suspicious images").formatted(frames));
        }
        if (unheeded > 0) {
            return Verdict.cannotTell(("%d images share a mark that the network takes little notice of, so that it may not have learned it: "
                + "look at them among the suspicious images, or train more epochs").formatted(unheeded));
        }
        final String unmeasured = unmeasured(m_own.length);
        return unmeasured == null ? Verdict.nothingFound(Math.min(1, (double)FEWEST_MARKED / m_own.length)) : Verdict.nothingFoundIn(unmeasured);
    }

    /** @return the sets of which it is not known how little poison is found, of which this is one; null if that is known */
    private String unmeasured(final int images) {
        if (m_set.rows().length > MEASURED_CLASSES) {
            return "sets of more than %d classes".formatted(MEASURED_CLASSES);
        }
        if (Math.max(m_set.images().shape().height(), m_set.images().shape().width()) > MEASURED_SIDE) {
            return "images of more than %d pixels a side".formatted(MEASURED_SIDE);
        }
        return images < MEASURED_IMAGES ? "classes of fewer than %d images".formatted(MEASURED_IMAGES) : null;
    }

    private Audit.Mark mark(final ClassAuditor.Found found, final int looksLike) {
        final Tried tried = found.tried();
        return new Audit.Mark(m_label, tried.filter().members().length, tried.filter().strength(), tried.asked(), tried.taken(), found.pValue(), looksLike,
            found.poison(), tried.stamp().picture());
    }

    /** Notes the images that carry a mark, and asks what they are without it. */
    private Audit.Mark setAside(final ClassAuditor.Found found, final Trial trial, final int number)
        throws IOException, TaskCancelledException {
        final MatchedFilter filter = found.tried().filter();
        final int[] members = filter.members();
        final int[] answers = trial.without(found.tried().stamp(), members);
        final int[] votes = new int[m_set.rows().length];
        for (int i = 0; i < members.length; i++) {
            final int at = Arrays.binarySearch(m_own, members[i]);
            m_markOf[at] = number;
            m_evidence[at] = filter.scores()[i] / filter.threshold();
            m_looksLike[at] = answers[i];
            votes[answers[i]]++;
        }
        votes[m_label] = 0;
        final int likely = IntStream.range(0, votes.length).reduce(0, (a, b) -> votes[b] > votes[a] ? b : a);
        return mark(found, votes[likely] >= NAMED * members.length ? likely : -1);
    }
}
