package org.spectralsignatures.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.ResNet18Options;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.Stem;
import org.spectralsignatures.network.VggOptions;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * One network on images of one size, in a process of its own: speed of training and extraction, and memory. Arguments: the network
 * ({@code resnet UNITS}, {@code resnet18 FILTERS} or {@code vgg16 FILTERS}), side of the images, batch size, steps. Prints seconds a training
 * step, seconds to run the default layer on a batch, bytes that the process grew by, and bytes that the engine had said it would.
 */
public final class Sizes {

    private static final int CLASSES = 10;

    private static final int PAPERS_FILTERS = 16;

    private static final long WARM_UP_NANOSECONDS = 6_000_000_000L;

    private Sizes() {
    }

    private static NetworkOptions options(final String name, final int number, final ImageShape shape) {
        return switch (name) {
            case "resnet" -> new ResNetOptions(shape, CLASSES, number, PAPERS_FILTERS, Stem.of(shape), 2e-4, 1);
            case "resnet18" -> new ResNet18Options(shape, CLASSES, number, Stem.of(shape), 2e-4, 1);
            case "vgg16" -> new VggOptions(shape, CLASSES, 16, number, 2e-4, 1);
            default -> throw new IllegalArgumentException("No network " + name);
        };
    }

    /** In bytes: VmRSS is what is resident now, VmHWM the most that ever was. */
    private static long resident(final String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }

    private static void fill(final Batch batch, final int count, final ImageShape shape) {
        final var random = new Random(1);
        final var pixels = new byte[shape.size()];
        for (int i = 0; i < count; i++) {
            random.nextBytes(pixels);
            batch.image(i, pixels);
            batch.label(i, i % CLASSES);
        }
    }

    /** Java compiles what runs often while it runs: a step counts only once that is done. */
    private static void warmUp(final Runnable step) {
        final long end = System.nanoTime() + WARM_UP_NANOSECONDS;
        do {
            step.run();
        } while (System.nanoTime() < end);
    }

    private static double median(final int steps, final Runnable step) {
        final double[] seconds = IntStream.range(0, steps).mapToDouble(k -> {
            final long start = System.nanoTime();
            step.run();
            return (System.nanoTime() - start) / 1e9;
        }).sorted().toArray();
        return seconds[steps / 2];
    }

    /**
     * @param arguments network, its number, side, batch size, steps
     * @throws IOException if the process cannot look at its memory
     */
    public static void main(final String[] arguments) throws IOException {
        final int side = Integer.parseInt(arguments[2]);
        final int count = Integer.parseInt(arguments[3]);
        final int steps = Integer.parseInt(arguments[4]);
        final var shape = new ImageShape(3, side, side);
        final NetworkOptions options = options(arguments[0], Integer.parseInt(arguments[1]), shape);
        final NetworkPlan plan = options.plan();
        final Engine engine = Engines.get();
        engine.describe();
        final long before = resident("VmRSS");
        final long estimate = engine.trainingMemory(plan).bytes(count);
        final double training;
        final double extraction;
        final long peak;
        try (TrainingSession session = engine.train(plan, engine.initial(plan, 1), .9, 2e-4); var batch = session.batch(count); var other = session.batch(count)) {
            fill(batch, count, shape);
            fill(other, count, shape);
            final var losses = new double[count];
            warmUp(() -> session.step(batch, count, .01, losses));
            training = median(steps, () -> session.step(other, count, .01, losses));
            peak = resident("VmHWM") - before;
            final int most = session.fitting(count);
            final Runnable run = () -> session.activations(options.defaultLayer(), batch, most, values -> values.get(0));
            warmUp(run);
            extraction = median(steps, run) / most;
        }
        System.out.println(String.join(" ", List.of(arguments)) + String.format(Locale.ROOT, " %.5f %.5f %d %d %d", training / count, extraction, peak, estimate,
            resident("VmHWM") - before)); // NOSONAR what the caller reads
    }
}
