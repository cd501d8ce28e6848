package org.spectralsignatures.benchmarks.gpu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.ResNet;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.SpectralScorer;

/** How fast an engine is; a line of {@code name,batch,value} each: images a second for steps of training, seconds for the rest. */
final class Speed {

    private static final int ROWS_PER_CLASS = 5000;

    private static final int COLUMNS = 4096;

    /** Of each measurement, in seconds. */
    private static final double BUDGET = 1.5;

    private Speed() {
    }

    static void main(final Engine engine, final Path folder, final boolean all) throws Exception { // NOSONAR
        for (int units : new int[]{1, 3, 5}) {
            for (int batch : new int[]{128, 512}) {
                training(engine, "resnet%d".formatted(units), Data.paper(units), batch);
            }
        }
        training(engine, "resnet18", Data.large(), 128);
        training(engine, "resnet18", Data.large(), 512);
        if (all) {
            extraction(engine, folder);
            scoring(engine, folder);
        }
    }

    private static void training(final Engine engine, final String name, final NetworkOptions options, final int count) {
        final NetworkPlan plan = options.plan();
        final var random = new Random(1);
        final var pixels = new byte[plan.input().size()];
        final var losses = new double[count];
        try (TrainingSession session = engine.train(plan, engine.initial(plan, 1), .9, 2e-4); var batch = session.batch(count)) {
            for (int i = 0; i < count; i++) {
                random.nextBytes(pixels);
                batch.image(i, pixels);
                batch.label(i, i % Data.CLASSES);
            }
            for (int s = 0; s < 10; s++) {
                session.step(batch, count, .01, losses);
            }
            int steps = 0;
            final long start = System.nanoTime();
            while (seconds(start) < BUDGET) {
                session.step(batch, count, .01, losses);
                steps++;
            }
            System.out.printf("%s,%d,%.0f%n", name, count, steps * count / seconds(start));
        } catch (IllegalStateException | IllegalArgumentException e) { // too large for this card, as a rule
            System.err.printf("NOTE   %s in batches of %d: %s%n", name, count, e.getMessage());
            System.out.printf("%s,%d,%n", name, count);
        }
    }

    /** 50,000 images, disk included, 4,096 values each. */
    private static void extraction(final Engine engine, final Path folder) throws Exception { // NOSONAR
        final NetworkOptions options = Data.paper(5);
        final var random = new Random(1);
        final var pixels = new byte[Data.SMALL.size()];
        final Path file = Files.createTempFile(folder, "activations", ".npy");
        final NetworkPlan plan = options.plan();
        try (var builder = ImageDataset.builder(Data.SMALL, Data.classes())) {
            for (int i = 0; i < Data.CLASSES * ROWS_PER_CLASS; i++) {
                random.nextBytes(pixels);
                builder.add("row" + i, Data.classes().get(i % Data.CLASSES), pixels);
            }
            try (var images = builder.build(); var network = new TrainedNetwork(new NetworkDescription(Data.SMALL, Data.classes(), options.layers(),
                ResNet.unitName(ResNet.GROUPS, 5), Map.of()), plan, new TrainingRecord(1, 2e-4, .9, "CONSTANT", .1, 1, 0), engine.open(plan, engine.initial(plan, 1)))) {
                final long start = System.nanoTime();
                ActivationExtractor.extract(network, images, "", Pooling.FLATTEN, 500, file, TaskMonitor.none());
                System.out.printf("extraction,500,%.2f%n", seconds(start));
            }
        } finally {
            Files.delete(file);
        }
    }

    /** 50,000 rows of 4,096 values in ten classes; the second time, when the file is in memory and all kernels are compiled. */
    private static void scoring(final Engine engine, final Path folder) throws Exception { // NOSONAR
        final Path file = Files.createTempFile(folder, "matrix", ".npy");
        try (var matrix = Data.matrix(file, ROWS_PER_CLASS, COLUMNS)) {
            double last = 0;
            for (int run = 0; run < 2; run++) {
                final long start = System.nanoTime();
                SpectralScorer.score(matrix.on(engine), Data.labels(ROWS_PER_CLASS), Data.classes(), Data.keys(Data.CLASSES * ROWS_PER_CLASS), new ScoringMethod.Paper(1), 1,
                    TaskMonitor.none());
                last = seconds(start);
            }
            System.out.printf("scores,0,%.3f%n", last);
        } finally {
            Files.delete(file);
        }
    }

    private static double seconds(final long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
