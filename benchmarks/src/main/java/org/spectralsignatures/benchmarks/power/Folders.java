package org.spectralsignatures.benchmarks.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageDatasetBuilder;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.reader.ClassLevel;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.LabelOptions;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReaderOptions;
import org.spectralsignatures.reader.Split;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.scoring.EnsembleScorer;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.CheckpointOptions;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.Trainer;
import org.spectralsignatures.training.TrainingOptions;
import org.spectralsignatures.training.TrainingResult;

/**
 * Trains networks on sets of folders with planted poison, as benchmarks/sets draws them, and judges them. A set is a folder with Final_Training/Images,
 * poison.csv, and Marked where the network is asked about new images with the mark. What is done is not done again.
 */
public final class Folders {

    private static final int SIDE = 32;

    private static final int EPOCHS = 10;

    private static final int BATCH = 64;

    private Folders() {
    }

    /** @param all train and folders of sets; or audit, the folder of the results, and folders of sets; and {@code --checkpoints DIR}, see {@link Series} */
    public static void main(final String[] all) throws Exception {
        final Series series = Series.of(all);
        final List<String> arguments = series.arguments();
        final boolean train = arguments.get(0).equals("train");
        for (int k = train ? 1 : 2; k < arguments.size(); k++) {
            final Path set = Path.of(arguments.get(k));
            if (train && !Files.exists(set.resolve("scores.npy"))) {
                train(set, series.checkpoints(set.getFileName().toString()));
            } else if (!train) {
                audit(set, Files.createDirectories(Path.of(arguments.get(1))).resolve(set.getFileName() + ".csv"));
            }
        }
    }

    private static ImageDataset read(final Path folder, final List<String> classes) throws Exception {
        final var builder = new ImageDatasetBuilder[1];
        final var reader = LabelledImageReader.open(new ReaderOptions(folder, ImageSetFormat.CLASS_FOLDERS, Split.ALL, List.of(), 0, List.of(), 1, false,
            ClassLevel.FIRST, new ImageFit(ImageFit.Way.STRETCH, SIDE, SIDE), LabelOptions.NONE), TaskMonitor.none());
        reader.read(image -> image, (key, label, shape, image) -> {
            if (builder[0] == null) {
                builder[0] = ImageDataset.builder(shape, classes == null ? reader.classes() : classes);
            }
            builder[0].add(key, label, image.pixels());
        }, TaskMonitor.none());
        return builder[0].build();
    }

    private static ImageDataset images(final Path set) throws Exception {
        return read(set.resolve("Final_Training").resolve("Images"), null);
    }

    private static Set<String> poison(final Path set) throws IOException {
        return Files.readAllLines(set.resolve("poison.csv")).stream().skip(1).map(line -> line.split(",")[0]).collect(Collectors.toSet());
    }

    private static void train(final Path set, final CheckpointOptions checkpoints) throws Exception {
        final long start = System.nanoTime();
        try (var images = images(set)) {
            Trainer.train(images, null, new ResNetOptions(images.shape(), images.classes().size(), 1, 16, 2e-4, 1),
                new TrainingOptions(EPOCHS, BATCH, Schedule.ONE_CYCLE, .1, .9, Augmentation.NONE, 1, TrainingOptions.ALL_EPOCHS), Engines.get(), checkpoints,
                Series.keeper(result -> keep(result, set, images, start)), e -> { }, TaskMonitor.none());
            score(set, images);
            Files.delete(set.resolve("flat.npy"));
        }
    }

    private static void keep(final TrainingResult result, final Path set, final ImageDataset images, final long start) throws Exception {
        final TrainedNetwork network = result.network();
        NetworkFile.save(network, set.resolve("network.zip"));
        final Path flat = set.resolve("flat.npy");
        Files.deleteIfExists(flat);
        ActivationExtractor.extract(network, images, "", Pooling.FLATTEN, 250, flat, TaskMonitor.none());
        System.out.printf("train %s: %d epochs, accuracy %.3f, success %s, %.0f s%n", set.getFileName(), result.history().size(),
            result.history().get(result.history().size() - 1).accuracy(), success(network, set, images.classes()), (System.nanoTime() - start) / 1e9);
    }

    /** Share of the new marked images that the network takes for the class of the poison. */
    private static String success(final TrainedNetwork network, final Path set, final List<String> classes) throws Exception {
        if (!Files.exists(set.resolve("Marked"))) {
            return "-";
        }
        final String target = Files.readAllLines(set.resolve("poison.csv")).get(1).split(",")[2];
        try (var marked = read(set.resolve("Marked"), classes)) {
            return String.format(Locale.ROOT, "%.2f", Predictor.predict(network, marked, 250, TaskMonitor.none()).rate(classes.indexOf(target)));
        }
    }

    private static void score(final Path set, final ImageDataset images) throws Exception {
        try (var activations = NpyMatrix.open(set.resolve("flat.npy")); var network = NetworkFile.load(set.resolve("network.zip"))) {
            final var layer = network.description().layer("");
            final double[] scores = EnsembleScorer.score(activations, layer.height() * layer.width(), images.labels(), images.classes(), images.keys(),
                new ScoringMethod.Ensemble(ScoringMethod.DEFAULT_EPSILON), 1, TaskMonitor.none()).result().scores();
            try (var file = NpyMatrix.create(set.resolve("scores.npy"), scores.length, 1, TaskMonitor.none())) {
                for (int i = 0; i < scores.length; i++) {
                    file.writeRow(i, new float[] {(float)scores[i]}, 0);
                }
            }
        }
    }

    private static double[] scores(final Path set) throws IOException {
        try (var file = NpyMatrix.open(set.resolve("scores.npy"))) {
            final var row = new float[1];
            final var scores = new double[(int)file.rows()];
            for (int i = 0; i < scores.length; i++) {
                file.readRow(i, row);
                scores[i] = row[0];
            }
            return scores;
        }
    }

    private static void audit(final Path set, final Path out) throws Exception {
        if (!Files.exists(set.resolve("scores.npy")) || Files.exists(out)) {
            return;
        }
        final Set<String> poison = poison(set);
        try (var images = images(set); var network = NetworkFile.load(set.resolve("network.zip"))) {
            final long start = System.nanoTime();
            final Audit audit = Auditor.audit(network, images, scores(set), new AuditOptions(AuditOptions.DEFAULT_LEVEL, 250, 1), TaskMonitor.none());
            final double seconds = (System.nanoTime() - start) / 1e9;
            final var lines = new ArrayList<String>();
            lines.add("class,images,poison,taken out,of it poison,verdict");
            for (Audit.ClassAudit c : audit.classes()) {
                final int[] own = IntStream.range(0, images.size()).filter(i -> images.label(i) == c.label()).toArray();
                lines.add("%s,%d,%d,%d,%d,\"%s\"".formatted(images.classes().get(c.label()), own.length,
                    Arrays.stream(own).filter(i -> poison.contains(images.keys().get(i))).count(), c.poison(),
                    Arrays.stream(own).filter(i -> audit.poison()[i] && poison.contains(images.keys().get(i))).count(), c.verdict().text()));
            }
            Files.write(out, lines);
            System.out.printf("audit %s: %d of %d poisons found, %d clean images lost, %d of %d classes poisoned, %d cannot tell, %.0f s%n", set.getFileName(),
                IntStream.range(0, images.size()).filter(i -> audit.poison()[i] && poison.contains(images.keys().get(i))).count(), poison.size(),
                IntStream.range(0, images.size()).filter(i -> audit.poison()[i] && !poison.contains(images.keys().get(i))).count(),
                lines.stream().filter(l -> l.contains("\"poisoned")).count(), audit.classes().size(),
                lines.stream().filter(l -> l.contains("\"cannot tell")).count(), seconds);
        }
    }
}
