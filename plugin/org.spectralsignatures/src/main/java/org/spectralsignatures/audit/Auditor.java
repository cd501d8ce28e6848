package org.spectralsignatures.audit;

import java.io.IOException;
import java.io.Serializable;
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

/**
 * Looks for marks that images of a class share and that make a network take other images for the class: that is what a backdoor is.
 * A natural likeness hardly turns any image; a mark that turns more than chance explains makes its class poisoned and its images
 * poison. Marks must lie at the same place of each image. How each class is searched: {@link ClassAuditor}.
 */
public final class Auditor {

    /** Fewest images of a class among which a shared mark can be told from chance. */
    public static final int FEWEST_IMAGES = 50;

    private static final double WHITENED = .3;

    /** So many of the images are asked about where nobody knows how the training went. */
    private static final int ASKED = 1000;

    private static final double SCALED = .06;

    private static final String SEARCH = "marks";

    private static final int RGB = 3;

    private final AuditedSet m_set;

    private final EachClass m_classes;

    private Auditor(final AuditedSet set, final EachClass classes) {
        m_set = set;
        m_classes = classes;
    }

    /**
     * What is searched for in each class.
     *
     * @param scale of the set
     * @param repeated for each class the pixels that its images share exactly
     * @param looks of all images
     * @param doubt why the network may not have learned a backdoor; null where nothing speaks for that
     */
    record Search(PixelScale scale, List<List<RepeatedPixels.Group>> repeated, Looks looks, String doubt) implements Serializable {
    }

    /** A network of others may have been trained on these images, but what was said of its preparation and classes may be wrong. */
    private String doubt() throws IOException, TaskCancelledException {
        final TrainingFacts training = m_set.network().description().training();
        if (training != null) {
            return training.doubt();
        }
        final int[] rows = RandomDraw.of(IntStream.range(0, m_set.images().size()).toArray(), ASKED, new SplittableRandom(m_set.options().seed()));
        final int asked = rows.length;
        final int right = m_set.trial().right(rows).length;
        return right >= TrainingFacts.LEARNED * asked ? null : String.format(Locale.ROOT, "the network takes only %.1f%% of the images for what they are labelled (at least"
            + " %.0f%% are needed): see that preparation, colours and order of the classes are those of its training, and that it was trained on these images long enough",
            Math.floor(1000. * right / asked) / 10, 100 * TrainingFacts.LEARNED);
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
        final var set = new AuditedSet(network, images, scores, options, monitor);
        require(set);
        final PixelScale scale = PixelScale.of(images, monitor.part(0, SCALED));
        try (var pixels = WhitenedPixels.of(images, scale, null, monitor.part(SCALED, WHITENED))) {
            return new Auditor(set.keeping(pixels), told(set)).audit(scale);
        }
    }

    /**
     * The same where the steps are taken somewhere else: what is found is the same wherever that is.
     *
     * @param set as each step has it
     * @param classes takes the steps
     * @return what was found
     * @throws IOException if there is no room for what is computed
     * @throws TaskCancelledException if somebody said so
     * @throws IllegalArgumentException if network, images and scores do not fit
     */
    public static Audit audit(final AuditedSet set, final EachClass classes) throws IOException, TaskCancelledException {
        require(set);
        return new Auditor(set, classes).audit(PixelScale.of(set.images(), set.monitor()));
    }

    private static void require(final AuditedSet set) {
        if (set.images().shape().channels() != RGB) {
            throw new IllegalArgumentException("Marks are looked for in RGB images, but these have %d channel(s): give gray ones with three equal planes."
                .formatted(set.images().shape().channels()));
        }
        if (!set.images().classes().equals(set.network().description().classes())) {
            throw new IllegalArgumentException("The images' classes are not the network's.");
        }
    }

    /** The search in the classes is nearly all that takes time. */
    private static EachClass told(final AuditedSet set) {
        final EachClass oneByOne = set.oneByOne();
        return new EachClass() {
            @Override
            public <S, T> List<T> each(final String name, final S shared, final Step<S, T> step) throws IOException, TaskCancelledException {
                final List<String> names = set.images().classes();
                return oneByOne.each(name, shared, !name.equals(SEARCH) ? step : (all, c, known) -> {
                    set.monitor().progress(WHITENED + (1 - WHITENED) * c / names.size(), "Class '%s' (%d of %d)".formatted(names.get(c), c + 1, names.size()));
                    return step.of(all, c, known);
                });
            }
        };
    }

    private Audit audit(final PixelScale scale) throws IOException, TaskCancelledException {
        final List<List<RepeatedPixels.Group>> repeated = RepeatedPixels.of(m_set.sizes(), m_classes);
        final Looks looks = Looks.of(m_set.rows(), scale, m_classes);
        return Audit.of(m_classes.each(SEARCH, new Search(scale, repeated, looks, doubt()), (set, label, search) -> new ClassSearch(set, label, search).found()),
            m_set.rows());
    }
}
