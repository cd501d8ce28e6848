package org.spectralsignatures.benchmarks.gpu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
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

    /** Of the matrix that is scored, with as many rows as images are extracted. */
    private static final int COLUMNS = 4096;

    private static final int WARM = 10;

    private final Engine engine;

    private final Sizes sizes;

    private final Path folder;

    Speed(final Engine engine, final Sizes sizes, final Path folder) {
        this.engine = engine;
        this.sizes = sizes;
        this.folder = folder;
    }

    /** One part of a measurement. */
    private interface Part {
        void run() throws Exception; // NOSONAR
    }

    /** The others still say something where one cannot be measured: too large for this card, as a rule, or for its machine's disk. */
    private static void part(final String name, final int images, final Part part) {
        try {
            part.run();
        } catch (Exception | LinkageError e) { // NOSONAR told
            System.err.printf("NOTE   %s, %d images: %s%n", name, images, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            System.out.printf("%s,%d,%n", name, images);
        }
    }

    /** @param all whether not training alone */
    void measure(final boolean all) {
        for (int units : sizes.speed()) {
            for (int batch : sizes.batches()) {
                part("resnet" + units, batch, () -> training("resnet" + units, Data.paper(sizes, units), batch));
            }
        }
        if (all) { // before what takes most of the memory
            part("extraction", Data.CLASSES * sizes.images(), this::extraction);
            part("scores", Data.CLASSES * sizes.images(), this::scoring);
        }
        for (int batch : sizes.batches()) {
            part("resnet18", batch, () -> training("resnet18", Data.large(sizes), batch));
        }
    }

    private void training(final String name, final NetworkOptions options, final int count) {
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
            for (int s = 0; s < WARM; s++) {
                session.step(batch, count, .01, losses);
            }
            int steps = 0;
            final long start = System.nanoTime();
            while (seconds(start) < sizes.seconds()) {
                session.step(batch, count, .01, losses);
                steps++;
            }
            System.out.printf("%s,%d,%.0f%n", name, count, steps * count / seconds(start));
        }
    }

    /** Images on disk and activations, too; 50,000 of them, 4,096 values each. */
    private void extraction() throws Exception { // NOSONAR
        final int units = sizes.speed().get(sizes.speed().size() - 1);
        final NetworkOptions options = Data.paper(sizes, units);
        final ImageShape shape = Data.small(sizes);
        final var random = new Random(1);
        final var pixels = new byte[shape.size()];
        final Path file = Files.createTempFile(folder, "activations", ".npy");
        final NetworkPlan plan = options.plan();
        final List<String> classes = Data.classes(Data.CLASSES);
        try (var builder = ImageDataset.builder(shape, classes)) {
            for (int i = 0; i < Data.CLASSES * sizes.images(); i++) {
                random.nextBytes(pixels);
                builder.add("row" + i, classes.get(i % Data.CLASSES), pixels);
            }
            try (var images = builder.build(); var network = new TrainedNetwork(new NetworkDescription(shape, classes, options.layers(),
                ResNet.unitName(ResNet.GROUPS, units), Map.of()), plan, new TrainingRecord(1, 2e-4, .9, "CONSTANT", .1, 1, 0), engine.open(plan, engine.initial(plan, 1)))) {
                final long start = System.nanoTime();
                ActivationExtractor.extract(network, images, "", Pooling.FLATTEN, 500, file, TaskMonitor.none());
                System.out.printf("extraction,%d,%.2f%n", images.size(), seconds(start));
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Ten classes, 50,000 rows of 4,096 values in all; the second time, when the file is in memory and all kernels are compiled. */
    private void scoring() throws Exception { // NOSONAR
        final Path file = Files.createTempFile(folder, "matrix", ".npy");
        final int rows = Data.CLASSES * sizes.images();
        try (var matrix = Data.matrix(file, Data.CLASSES, sizes.images(), COLUMNS)) {
            double last = 0;
            for (int run = 0; run < 2; run++) {
                final long start = System.nanoTime();
                SpectralScorer.score(matrix.on(engine), Data.labels(Data.CLASSES, sizes.images()), Data.classes(Data.CLASSES), Data.keys(rows), new ScoringMethod.Paper(1), 1,
                    TaskMonitor.none());
                last = seconds(start);
            }
            System.out.printf("scores,%d,%.3f%n", rows, last);
        } finally {
            Files.delete(file);
        }
    }

    private static double seconds(final long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
