package org.spectralsignatures.benchmarks.gpu;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.SpectralScorer;
import org.spectralsignatures.training.Trainer;

/**
 * What the engine on the processor gives, to compare with.
 *
 * @param accuracy of images that the network was not trained on, 0 to 1
 * @param activations of the first images in the trained network, one after the other
 * @param scores of the rows of {@link Data#matrix}
 */
record Records(double accuracy, double[] activations, double[] scores) { // NOSONAR never compared

    private static final int COMPARED = 40;

    private static final String VALUES = "records.bin";

    private static final String NETWORK = "network.zip";

    /** Makes them on this machine's processor. */
    static void make(final Path folder, final Sizes sizes) throws Exception { // NOSONAR
        Files.createDirectories(folder);
        try (var training = Data.textures(false, sizes); var test = Data.textures(true, sizes)) {
            final var trained = Trainer.train(training, null, Data.paper(sizes, 1), Data.training(sizes), e -> { }, TaskMonitor.none());
            final double accuracy;
            try (var network = trained.network()) {
                accuracy = Predictor.predict(network, test, 250, TaskMonitor.none()).accuracy(test);
                NetworkFile.save(network, folder.resolve(NETWORK));
            }
            final double[] activations;
            try (var network = NetworkFile.load(folder.resolve(NETWORK))) {
                final Path file = Files.createTempFile("activations", ".npy");
                ActivationExtractor.extract(network, test, "", Pooling.FLATTEN, 100, file, TaskMonitor.none());
                activations = values(file);
            }
            write(folder.resolve(VALUES), new Records(accuracy, activations, scores(folder, sizes, Engines.get())));
            System.out.printf("Records of %s: accuracy %.3f%n", Engines.get().describe(), accuracy);
        }
    }

    /** @return values of the first rows of a matrix, whose file goes */
    static double[] values(final Path file) throws IOException {
        try (var matrix = NpyMatrix.open(file)) {
            final int rows = (int)Math.min(COMPARED, matrix.rows());
            final var values = new double[rows * matrix.columns()];
            final var row = new float[matrix.columns()];
            for (int i = 0; i < rows; i++) {
                matrix.readRow(i, row);
                for (int k = 0; k < row.length; k++) {
                    values[i * row.length + k] = row[k];
                }
            }
            return values;
        } finally {
            Files.delete(file);
        }
    }

    static double[] scores(final Path folder, final Sizes sizes, final Engine engine) throws Exception { // NOSONAR
        final Path file = Files.createTempFile(folder, "matrix", ".npy");
        try (var matrix = Data.matrix(file, sizes.scored(), sizes.rows(), sizes.columns())) {
            return SpectralScorer.score(matrix.on(engine), Data.labels(sizes.scored(), sizes.rows()), Data.classes(sizes.scored()), Data.keys(sizes.scoredRows()),
                new ScoringMethod.Paper(1), Data.SEED, TaskMonitor.none()).scores();
        } finally {
            Files.delete(file);
        }
    }

    private static void write(final Path file, final Records records) throws IOException {
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeDouble(records.accuracy);
            for (double[] values : new double[][]{records.activations, records.scores}) {
                out.writeInt(values.length);
                for (double value : values) {
                    out.writeFloat((float)value);
                }
            }
        }
    }

    static Records read(final Path folder) throws IOException {
        final var values = new double[2][];
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(VALUES))))) {
            final double accuracy = in.readDouble();
            for (int v = 0; v < 2; v++) {
                values[v] = new double[in.readInt()];
                for (int i = 0; i < values[v].length; i++) {
                    values[v][i] = in.readFloat();
                }
            }
            return new Records(accuracy, values[0], values[1]);
        }
    }

    static Path network(final Path folder) {
        return folder.resolve(NETWORK);
    }

    /** @return the largest difference, as a share of the largest value */
    static double difference(final double[] found, final double[] expected) {
        if (found.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        final double largest = Arrays.stream(expected).map(Math::abs).max().orElse(1);
        double difference = 0;
        for (int i = 0; i < found.length; i++) {
            difference = Math.max(difference, Math.abs(found[i] - expected[i]) / largest);
        }
        return difference;
    }
}
