package org.spectralsignatures.engine.cuda;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.Stem;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * A small network that is trained for some steps before a graphics processor is used for the first time in a process, of which it is known what comes out:
 * wrong results of a card, a driver or a library would look like results. The known ones are those of the engine on the processor, and of this one's kernels there.
 */
final class SelfCheck {

    /** What comes out: the mean loss before the first and before the last step, and the probability of the first class for the first image. */
    record Outcome(double first, double last, double probability) {

        private double distance(final Outcome other) {
            return Math.max(Math.abs(first - other.first), Math.max(Math.abs(last - other.last), Math.abs(probability - other.probability)));
        }

        private String text() {
            return String.format(Locale.ROOT, "%.4f, %.4f and %.4f", first, last, probability);
        }
    }

    /** Losses in nats. */
    static final Outcome KNOWN = new Outcome(1.5531, .8689, .3630);

    /** Products of TF32 have 10 bits; those of bfloat16 with 8 bits come within .002, and a descent without momentum does not come within .2. */
    private static final double TOLERANCE = .02;

    private static final int IMAGES = 8;

    private static final int CLASSES = 3;

    private static final int STEPS = 4;

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private String found;

    /** @return the network */
    static NetworkPlan plan() {
        return new ResNetOptions(SHAPE, CLASSES, 1, 16, Stem.of(SHAPE), 2e-4, 1).plan();
    }

    /**
     * @param device what it is called
     * @param training opens a session for {@link #plan()} with the parameters that are drawn for it with the seed 1
     * @return why it must not be used, in a sentence; empty if it may. It is found out once, but for what may pass, such as memory that others take.
     */
    synchronized String problem(final Supplier<String> device, final Function<FloatBuffer, TrainingSession> training) {
        if (found != null) {
            return found;
        }
        try (var session = training.apply(InitialParameters.draw(plan(), 1))) {
            final Outcome outcome = run(session);
            found = outcome.distance(KNOWN) <= TOLERANCE ? "" // no number is at no distance
                : "The graphics processor (%s) computes a known network wrongly: %s in place of %s. Update NVIDIA's driver, CUDA and cuDNN.".formatted(device.get(), outcome.text(),
                    KNOWN.text());
            return found;
        } catch (RuntimeException | LinkageError e) { // NOSONAR whatever it is, it cannot compute
            return "The graphics processor (%s) could not compute a small network: %s".formatted(device.get(), e.getMessage());
        }
    }

    /** @return what comes out of a session */
    static Outcome run(final TrainingSession session) {
        final var random = new SplittableRandom(1);
        final var pixels = new byte[SHAPE.size()];
        final var losses = new double[IMAGES];
        final var probabilities = new float[IMAGES * CLASSES];
        try (Batch batch = session.batch(IMAGES)) {
            for (int i = 0; i < IMAGES; i++) {
                random.nextBytes(pixels);
                batch.image(i, pixels);
                batch.label(i, i % CLASSES);
            }
            double first = 0;
            for (int step = 0; step < STEPS; step++) {
                session.step(batch, IMAGES, .01, losses);
                first = step == 0 ? mean(losses) : first;
            }
            session.probabilities(batch, IMAGES, probabilities, 0);
            return new Outcome(first, mean(losses), probabilities[0]);
        }
    }

    private static double mean(final double[] losses) {
        return Arrays.stream(losses).average().orElseThrow();
    }
}
