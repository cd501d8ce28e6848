package org.spectralsignatures.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.spectralsignatures.attack.AttackMode;
import org.spectralsignatures.attack.Backdoor;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.PoisonSelection;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageDatasetBuilder;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.LabelledImage;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReaderOptions;
import org.spectralsignatures.reader.Split;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.SpectralScorer;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.Trainer;
import org.spectralsignatures.training.TrainingOptions;

/**
 * Trains a small network on poisoned images of two classes of CIFAR-10, and writes its activations and the scores of every
 * method, for {@code peers/scorers.py compare} to hold against NumPy.
 */
public final class Scorers {

    private static final List<String> CLASSES = List.of("airplane", "bird");

    private static final int IMAGES_PER_CLASS = 1500;

    /** A method under the name that {@code peers/scorers.py} gives it. */
    private record Named(String name, ScoringMethod.ByClass method) {
    }

    private static final List<Named> METHODS = List.of(new Named("PAPER", new ScoringMethod.Paper(1)), new Named("REFERENCE_CODE", new ScoringMethod.ReferenceCode(1)),
        new Named("L2_NORM", new ScoringMethod.L2Norm()), new Named("ACTIVATION_CLUSTERING", new ScoringMethod.ActivationClustering(10)),
        new Named("SPECTRE", new ScoringMethod.Spectre(64, ScoringMethod.DEFAULT_EPSILON)));

    private Scorers() {
    }

    /**
     * @param arguments folder or archive of CIFAR-10, and a folder for activations.npy, rows.csv and scores.csv
     */
    public static void main(final String[] arguments) throws Exception {
        final Path out = Files.createDirectories(Path.of(arguments[1]));
        final Path activations = out.resolve("activations.npy");
        try (var images = poisoned(Path.of(arguments[0]));
                var network = Trainer.train(images, null, new ResNetOptions(images.shape(), CLASSES.size(), 1, 16, 2e-4, 1),
                    new TrainingOptions(10, 64, Schedule.ONE_CYCLE, .1, .9, Augmentation.NONE, 1), e -> { }, TaskMonitor.none()).network()) {
            ActivationExtractor.extract(network, images, "", Pooling.FLATTEN, 250, activations, TaskMonitor.none());
            Files.write(out.resolve("rows.csv"), IntStream.range(0, images.size()).mapToObj(i -> images.classes().get(images.label(i))).toList());
            score(images, activations, out.resolve("scores.csv"));
        }
    }

    private static ImageDataset poisoned(final Path cifar) throws Exception {
        final var images = new ArrayList<LabelledImage>();
        LabelledImageReader.read(new ReaderOptions(cifar, ImageSetFormat.GUESS, Split.TRAINING, CLASSES, IMAGES_PER_CLASS, List.of(), 1, false),
            images::add, TaskMonitor.none());
        final var backdoor = new Backdoor(new PixelTrigger(TriggerShape.X, 11, 16, 255, 255, 0), CLASSES.get(0), CLASSES.get(1), .1, AttackMode.ADD, 1);
        try (ImageDatasetBuilder builder = ImageDataset.builder(images.get(0).shape(), CLASSES)) {
            for (LabelledImage image : images) {
                builder.add(image.key(), image.label(), image.pixels());
            }
            for (int chosen : PoisonSelection.select(images.stream().map(LabelledImage::label).toList(), new BitSet(), backdoor)) {
                final byte[] marked = images.get(chosen).pixels().clone();
                backdoor.trigger().mark(marked, images.get(chosen).shape());
                builder.add(images.get(chosen).key() + "_poisoned", backdoor.targetClass(), marked);
            }
            return builder.build();
        }
    }

    private static void score(final ImageDataset images, final Path activations, final Path file) throws Exception {
        final var columns = new ArrayList<double[]>();
        try (var matrix = NpyMatrix.open(activations)) {
            for (Named named : METHODS) {
                final long start = System.nanoTime();
                columns.add(SpectralScorer.score(matrix, images.labels(), images.classes(), images.keys(), named.method(), 1,
                    TaskMonitor.none()).scores());
                System.out.printf("%s %.2f s%n", named.name(), (System.nanoTime() - start) / 1e9);
            }
        }
        write(columns, images.size(), file);
    }

    private static void write(final List<double[]> columns, final int rows, final Path file) throws IOException {
        final Stream<String> lines = IntStream.range(0, rows)
            .mapToObj(i -> columns.stream().map(c -> Double.toString(c[i])).collect(Collectors.joining(",")));
        Files.write(file, Stream.concat(Stream.of(METHODS.stream().map(Named::name).collect(Collectors.joining(","))), lines).toList());
    }
}
