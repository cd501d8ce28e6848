package org.spectralsignatures.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.spectralsignatures.attack.AttackMode;
import org.spectralsignatures.attack.Backdoor;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.PoisonSelection;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.ResNet;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.reader.ClassLevel;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.LabelOptions;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReadReport;
import org.spectralsignatures.reader.ReaderOptions;
import org.spectralsignatures.reader.Split;
import org.spectralsignatures.removal.RemovalRule;
import org.spectralsignatures.removal.TopKSelection;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.SpectralScorer;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.Trainer;
import org.spectralsignatures.training.TrainingOptions;

/** The worker's tasks. */
final class Tasks {

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    private static final List<String> CLASSES = IntStream.range(0, 10).mapToObj(c -> "class" + c).toList();

    private static final int ROWS = 50_000;

    private Tasks() {
    }

    static Worker.Task create(final String[] words) throws Exception { // NOSONAR a benchmark may fail in any way
        return switch (words[0]) {
            case "train" -> training(number(words, 1), number(words, 2));
            case "learn" -> learning(number(words, 1), number(words, 2));
            case "extract" -> extraction(number(words, 1), number(words, 2));
            case "score" -> scoring(Path.of(words[1]), number(words, 2), number(words, 3));
            case "remove" -> removal();
            case "inject" -> injection();
            case "decode" -> decoding(Path.of(words[1]));
            case "read", "encode" -> reading(Path.of(words[1]), number(words, 2), words[0].equals("encode"));
            default -> throw new IllegalArgumentException("Unknown task " + words[0]);
        };
    }

    private static int number(final String[] words, final int index) {
        return Integer.parseInt(words[index]);
    }

    private static double seconds(final long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static ResNetOptions options(final int units) {
        return new ResNetOptions(SHAPE, CLASSES.size(), units, 16, 2e-4, 1);
    }

    private static TrainingSession network(final int units) {
        final Engine engine = Engines.get();
        final var plan = options(units).plan();
        return engine.train(plan, engine.initial(plan, 1), .9, 2e-4);
    }

    /** One step of training on a batch that is ready in memory. */
    private static Worker.Task training(final int units, final int count) {
        final TrainingSession session = network(units);
        final Batch batch = session.batch(count); // NOSONAR for as long as the worker lives
        final var random = new Random(1);
        final var pixels = new byte[SHAPE.size()];
        for (int i = 0; i < count; i++) {
            random.nextBytes(pixels);
            batch.image(i, pixels);
            batch.label(i, i % CLASSES.size());
        }
        final var losses = new double[count];
        return () -> {
            final long start = System.nanoTime();
            session.step(batch, count, .1, losses);
            return seconds(start);
        };
    }

    private static ImageDataset images(final int count) throws IOException {
        final var random = new Random(1);
        try (var builder = ImageDataset.builder(SHAPE, CLASSES)) {
            final var pixels = new byte[SHAPE.size()];
            for (int i = 0; i < count; i++) {
                random.nextBytes(pixels);
                builder.add("row" + i, CLASSES.get(i % CLASSES.size()), pixels);
            }
            return builder.build();
        }
    }

    /** One epoch as the node does it: shuffled, cropped, flipped and standardised images, rubbish collected; no validation. */
    private static Worker.Task learning(final int units, final int count) throws IOException {
        final ImageDataset images = images(count);
        return () -> {
            final long start = System.nanoTime();
            Trainer.train(images, null, options(units), new TrainingOptions(1, 128, Schedule.ONE_CYCLE, .1, .9, Augmentation.CROP_AND_FLIP, 1),
                e -> { }, TaskMonitor.none()).network().close();
            return seconds(start);
        };
    }

    /** Activations of the last unit of some images, 4,096 values each, into a file as the node does it. */
    private static Worker.Task extraction(final int units, final int count) throws IOException {
        final ImageDataset images = images(count);
        final ResNetOptions options = options(units);
        final var network = new TrainedNetwork(new NetworkDescription(SHAPE, CLASSES, options.layers(), ResNet.unitName(ResNet.GROUPS, units),
            java.util.Map.of()), options.plan(), new TrainingRecord(1, 2e-4, .9, "CONSTANT", .1, 1, 0), network(units));
        final Path file = Files.createTempFile("activations", ".npy");
        file.toFile().deleteOnExit();
        return () -> {
            final long start = System.nanoTime();
            ActivationExtractor.extract(network, images, "", Pooling.FLATTEN, 250, file, TaskMonitor.none());
            return seconds(start);
        };
    }

    private static Worker.Task scoring(final Path file, final int classes, final int components) throws IOException {
        final var matrix = NpyMatrix.open(file); // NOSONAR for as long as the worker lives
        final int n = (int)matrix.rows();
        final int[] labels = IntStream.range(0, n).map(i -> (int)((long)i * classes / n)).toArray();
        final List<String> names = IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
        final List<String> keys = IntStream.range(0, n).mapToObj(i -> "row" + i).toList();
        return () -> {
            final long start = System.nanoTime();
            SpectralScorer.score(matrix, labels, names, keys, new ScoringMethod.Paper(components), 1, TaskMonitor.none());
            return seconds(start);
        };
    }

    private static Worker.Task removal() {
        final var random = new Random(1);
        final int[] labels = IntStream.range(0, ROWS).map(i -> i % CLASSES.size()).toArray();
        final double[] scores = random.doubles(ROWS).toArray();
        final List<String> keys = IntStream.range(0, ROWS).mapToObj(i -> "row" + i).toList();
        return () -> {
            final long start = System.nanoTime();
            TopKSelection.select(labels, CLASSES.size(), scores, keys, new RemovalRule.TopShare(.1, 1.5), true);
            return seconds(start);
        };
    }

    /** Chooses 500 of 50,000 images, reads, marks and writes them (PNG), as the node does it. */
    private static Worker.Task injection() throws IOException {
        final var random = new Random(1);
        final List<String> labels = IntStream.range(0, ROWS).mapToObj(i -> CLASSES.get(i % CLASSES.size())).toList();
        final var backdoor = new Backdoor(new PixelTrigger(TriggerShape.X, 11, 16, 255, 255, 0), CLASSES.get(0), CLASSES.get(1), .1, AttackMode.ADD, 1);
        final var pixels = new byte[SHAPE.size()];
        random.nextBytes(pixels);
        final byte[] encoded = ImageCodec.encodePng(pixels, SHAPE);
        return () -> {
            final long start = System.nanoTime();
            for (int chosen : PoisonSelection.select(labels, new java.util.BitSet(), backdoor)) {
                final var image = ImageCodec.decode(encoded);
                backdoor.trigger().mark(image.pixels(), image.shape());
                if (ImageCodec.encodePng(image.pixels(), image.shape()).length == chosen) {
                    throw new IllegalStateException("only to use the result");
                }
            }
            return seconds(start);
        };
    }

    /** Decodes all files of a folder, which are read beforehand. */
    private static Worker.Task decoding(final Path folder) throws IOException {
        final var files = new ArrayList<byte[]>();
        try (var paths = Files.list(folder)) {
            for (Path path : (Iterable<Path>)paths.sorted()::iterator) {
                files.add(Files.readAllBytes(path));
            }
        }
        return () -> {
            final long start = System.nanoTime();
            int sum = 0;
            for (byte[] file : files) {
                sum += ImageCodec.decode(file).pixels().length;
            }
            if (sum == 0) {
                throw new IOException("No images in " + folder);
            }
            return seconds(start);
        };
    }

    /** Reads a set of folders of classes, each image stretched to a square of that edge (0: as it is); as PNG files, or as pixels alone. */
    private static Worker.Task reading(final Path folder, final int edge, final boolean asPng) {
        final var fit = edge == 0 ? null : new ImageFit(ImageFit.Way.STRETCH, edge, edge);
        return () -> {
            final long start = System.nanoTime();
            final var options = new ReaderOptions(folder, ImageSetFormat.CLASS_FOLDERS, Split.ALL, List.of(), 0, List.of(), 1, false, ClassLevel.FIRST, fit,
                LabelOptions.NONE);
            final long[] bytes = {0};
            final ReadReport report = LabelledImageReader.open(options, TaskMonitor.none()).read(
                image -> asPng ? ImageCodec.encodePng(image.pixels(), image.shape()) : image.pixels(), (key, label, shape, image) -> bytes[0] += image.length,
                TaskMonitor.none());
            System.err.printf("%d images, %d bytes%n", report.images(), bytes[0]);
            return seconds(start);
        };
    }
}
