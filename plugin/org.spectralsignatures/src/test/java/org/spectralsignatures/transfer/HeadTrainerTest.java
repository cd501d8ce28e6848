package org.spectralsignatures.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.DenseHead;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.training.EpochResult;
import org.spectralsignatures.training.TrainingListener;

/** Classifiers of vectors, against scikit-learn, against numeric gradients, and in cases at the edge. */
class HeadTrainerTest {

    private static final int ROWS = 60;

    private static final int COLUMNS = 5;

    private static final int CLASSES = 3;

    @TempDir
    Path folder;

    private interface Value {
        double at(int row, int column);
    }

    private LabelledVectors vectors(final int rows, final int columns, final int[] labels, final Value value) throws IOException {
        final NpyMatrix matrix = NpyMatrix.create(folder.resolve("vectors-%d.npy".formatted(System.nanoTime())), rows, columns);
        final var row = new float[columns];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                row[k] = (float)value.at(i, k);
            }
            matrix.writeRow(i, row, 0);
        }
        return new LabelledVectors(matrix, labels, IntStream.range(0, rows).mapToObj(i -> "image " + i).toList());
    }

    /** As in scikit-learn: rows that are a little, but not clearly, drawn towards the column of their class, far from zero. */
    private LabelledVectors known() throws IOException {
        final int[] labels = IntStream.range(0, ROWS).map(i -> (i * i + i / 7) % CLASSES).toArray();
        return vectors(ROWS, COLUMNS, labels, (i, j) -> Math.sin(1.3 * (i + 1) * (j + 1)) * (j + 1) + (labels[i] == j ? 1.5 : 0) + 10 * j);
    }

    /** Points in a chequered square: no line parts the classes. */
    private LabelledVectors chequered() throws IOException {
        final int n = 300;
        final int[] labels = IntStream.range(0, n).map(i -> (i % 20 / 10 + i / 20 % 2) % 2).toArray();
        return vectors(n, 2, labels, (i, k) -> k == 0 ? i % 20 + (i % 20 < 10 ? 0 : 3) : i / 20 % 2 * 5 + i % 7 * .1);
    }

    private static TrainedHead train(final LabelledVectors vectors, final int classes, final HeadOptions options) throws TaskCancelledException {
        return HeadTrainer.train(vectors, null, classes, options, TrainingListener.none(), TaskMonitor.none());
    }

    private static double[] probabilities(final DenseHead head, final LabelledVectors vectors, final int row) {
        final var values = new float[vectors.matrix().columns()];
        vectors.matrix().readRow(row, values);
        return head.probabilities(values);
    }

    /** {@code LogisticRegression(C=1 / (n * penalty), tol=1e-10, multi_class='multinomial')} of scikit-learn 1.2.1 on standardised values. */
    @Test
    void softmaxRegressionIsThatOfScikitLearn() throws Exception {
        final LabelledVectors vectors = known();
        final TrainedHead weak = train(vectors, CLASSES, new HeadOptions(0, 500, .01, 1));
        assertTrue(weak.converged());
        final EpochResult last = weak.history().get(weak.history().size() - 1);
        assertEquals(.6348077736, last.loss(), 1e-5);
        assertEquals(.5666666667, last.accuracy(), 1e-9);
        assertArrayEquals(new double[]{.9670582885, .0194800179, .0134616935}, probabilities(weak.head(), vectors, 0), 1e-4);
        assertArrayEquals(new double[]{.0046121401, .4993226977, .4960651621}, probabilities(weak.head(), vectors, 7), 1e-4);
        assertArrayEquals(new double[]{.0387440887, .4474261820, .5138297294}, probabilities(weak.head(), vectors, 23), 1e-4);
        final DenseHead strong = train(vectors, CLASSES, new HeadOptions(0, 500, .5, 1)).head();
        assertArrayEquals(new double[]{.2590385061, .3425913914, .3983701026}, probabilities(strong, vectors, 23), 1e-4);
        assertArrayEquals(new double[]{.6243337367, .1450499051, .2306163582}, probabilities(strong, vectors, 59), 1e-4);
        assertEquals(CLASSES * (COLUMNS + 1), strong.parameters());
    }

    /** The loss again, in plain loops and double precision. */
    private static double loss(final LabelledVectors vectors, final Standardisation standardisation, final HeadShape shape, final double[] p) {
        double loss = 0;
        for (int i = 0; i < vectors.size(); i++) {
            final var x = new float[shape.inputs()];
            vectors.matrix().readRow(i, x);
            standardisation.apply(x);
            double[] values = new double[shape.units()];
            for (int u = 0; u < values.length; u++) {
                values[u] = p[shape.firstBiases() + u];
                for (int k = 0; k < x.length; k++) {
                    values[u] += p[u * x.length + k] * x[k];
                }
            }
            if (shape.hidden() > 0) {
                final double[] hidden = values;
                values = new double[shape.classes()];
                for (int c = 0; c < values.length; c++) {
                    values[c] = p[shape.secondBiases() + c];
                    for (int u = 0; u < hidden.length; u++) {
                        values[c] += p[shape.secondWeights() + c * hidden.length + u] * Math.max(0, hidden[u]);
                    }
                }
            }
            loss += Math.log(Arrays.stream(values).map(Math::exp).sum()) - values[vectors.labels()[i]];
        }
        return loss / vectors.size();
    }

    @Test
    void gradientsAreThoseOfDifferences() throws Exception {
        final LabelledVectors vectors = known();
        final Standardisation standardisation = Standardisation.of(vectors, TaskMonitor.none());
        for (int hidden : new int[]{0, 4}) {
            final var shape = new HeadShape(COLUMNS, hidden, CLASSES);
            final double[] parameters = IntStream.range(0, shape.size()).mapToDouble(i -> Math.sin(2.7 * i + 1)).toArray();
            final var gradient = new double[shape.size()];
            try (var losses = new HeadLoss(vectors, standardisation, shape)) {
                assertEquals(loss(vectors, standardisation, shape, parameters), losses.at(parameters, gradient, TaskMonitor.none()), 1e-5);
            }
            for (int i = 0; i < parameters.length; i++) {
                final double before = parameters[i];
                parameters[i] = before + 1e-5;
                final double above = loss(vectors, standardisation, shape, parameters);
                parameters[i] = before - 1e-5;
                final double below = loss(vectors, standardisation, shape, parameters);
                parameters[i] = before;
                assertEquals((above - below) / 2e-5, gradient[i], 1e-5, "hidden %d, parameter %d".formatted(hidden, i));
            }
        }
    }

    @Test
    void hiddenUnitsPartWhatNoLineParts() throws Exception {
        final LabelledVectors vectors = chequered();
        assertTrue(train(vectors, 2, new HeadOptions(0, 300, 1e-4, 1)).accuracy() < .7);
        final TrainedHead hidden = train(vectors, 2, new HeadOptions(16, 300, 1e-4, 1));
        assertEquals(1, hidden.accuracy(), 0);
        for (int i = 0; i < vectors.size(); i++) {
            assertTrue(probabilities(hidden.head(), vectors, i)[vectors.labels()[i]] > .5, "row " + i);
        }
    }

    @Test
    void theLossNeverRisesAndAListenerHearsOfEachEpoch() throws Exception {
        final var heard = new ArrayList<EpochResult>();
        final LabelledVectors vectors = known();
        final TrainedHead trained = HeadTrainer.train(vectors, known(), CLASSES, new HeadOptions(8, 40, 0, 3), heard::add, TaskMonitor.none());
        assertEquals(trained.history(), heard);
        for (int e = 1; e < heard.size(); e++) {
            assertEquals(e + 1, heard.get(e).epoch());
            assertTrue(heard.get(e).loss() <= heard.get(e - 1).loss() * (1 + 1e-6), "epoch " + (e + 1));
        }
        for (EpochResult epoch : heard) { // the same vectors
            assertEquals(epoch.loss(), epoch.validationLoss(), 1e-9);
            assertEquals(epoch.accuracy(), epoch.validationAccuracy(), 0);
        }
    }

    private static List<float[]> weights(final DenseHead head) {
        return head.layers().stream().flatMap(layer -> List.of(layer.weights(), layer.biases()).stream()).toList();
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws Exception {
        final LabelledVectors vectors = chequered();
        final var options = new HeadOptions(5, 60, 1e-3, 7);
        final List<float[]> expected = weights(train(vectors, 2, options).head());
        for (int threads : new int[]{1, 2, 5}) {
            final var pool = new ForkJoinPool(threads);
            try {
                final List<float[]> found = weights(pool.submit(() -> train(vectors, 2, options)).get().head());
                for (int i = 0; i < expected.size(); i++) {
                    assertArrayEquals(expected.get(i), found.get(i), 0, threads + " threads");
                }
            } finally {
                pool.shutdown();
            }
        }
        assertTrue(!Arrays.equals(expected.get(0), weights(train(vectors, 2, new HeadOptions(5, 60, 1e-3, 8)).head()).get(0)), "the seed has a part in it");
    }

    /** Says stop after a number of questions. */
    private record Stop(AtomicInteger asked, int after) implements TaskMonitor {
        @Override
        public void progress(final double fraction, final String message) {
            assertTrue(fraction >= 0 && fraction <= 1, message);
        }

        @Override
        public void checkCancelled() throws TaskCancelledException {
            if (asked.incrementAndGet() > after) {
                throw new TaskCancelledException();
            }
        }
    }

    @Test
    void aCancellationIsHeardAtEachStep() throws Exception {
        final LabelledVectors vectors = chequered();
        final var options = new HeadOptions(16, 20, 0, 1);
        final var all = new Stop(new AtomicInteger(), Integer.MAX_VALUE);
        HeadTrainer.train(vectors, null, 2, options, TrainingListener.none(), all);
        final int asked = all.asked().get();
        assertTrue(asked > 60, "asked " + asked);
        for (int after : new int[]{0, 1, 3, asked / 2, asked - 1}) {
            final var stop = new Stop(new AtomicInteger(), after);
            assertThrows(TaskCancelledException.class, () -> HeadTrainer.train(vectors, null, 2, options, TrainingListener.none(), stop), "after " + after);
        }
    }

    private static void refused(final String part, final LabelledVectors vectors, final int classes, final HeadOptions options) {
        final var e = assertThrows(IllegalArgumentException.class, () -> train(vectors, classes, options));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void whatCannotBeLearnedIsRefused() throws Exception {
        final var options = new HeadOptions(0, 10, .01, 1);
        refused("at least two classes, but there are 4 image(s) of 1 class(es)", vectors(4, 2, new int[4], (i, k) -> i + k), 3, options);
        refused("at least two classes, but there are 1 image(s)", vectors(1, 2, new int[1], (i, k) -> i + k), 3, options);
        refused("A label is 2, but there are 2 classes", vectors(3, 2, new int[]{0, 1, 2}, (i, k) -> i + k), 2, options);
        refused("the same values for all images", vectors(3, 2, new int[]{0, 1, 1}, (i, k) -> 7), 2, options);
        refused("gives NaN as value 2 of the layer for the image 'image 1'", vectors(3, 2, new int[]{0, 1, 1}, (i, k) -> i == 1 && k == 1 ? Double.NaN : i), 2, options);
        refused("gives Infinity as value 1 of the layer for the image 'image 2'",
            vectors(3, 2, new int[]{0, 1, 1}, (i, k) -> i == 2 && k == 0 ? Double.POSITIVE_INFINITY : i), 2, options);
        refused("Set 'Pooling' to Global average", vectors(2, 400_000, new int[]{0, 1}, (i, k) -> i), 2, new HeadOptions(4096, 10, .01, 1));
        final LabelledVectors other = vectors(2, 3, new int[]{0, 1}, (i, k) -> i);
        assertThrows(IllegalArgumentException.class, () -> HeadTrainer.train(vectors(2, 2, new int[]{0, 1}, (i, k) -> i), other, 2, options, TrainingListener.none(),
            TaskMonitor.none()));
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new HeadOptions(-1, 10, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeadOptions(4097, 10, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeadOptions(0, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeadOptions(0, 10, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeadOptions(0, 10, Double.NaN, 1));
    }

    /** Values so large that their differences are no single numbers. */
    @Test
    void hugeValuesAreStandardised() throws Exception {
        final LabelledVectors vectors = vectors(8, 2, new int[]{0, 1, 0, 1, 0, 1, 0, 1}, (i, k) -> k == 0 ? (i % 2 == 0 ? 3e38 : -3e38) : i);
        final TrainedHead trained = train(vectors, 2, new HeadOptions(0, 50, .01, 1));
        assertEquals(1, trained.accuracy(), 0);
        assertTrue(Double.isFinite(trained.history().get(trained.history().size() - 1).loss()));
    }

    /** A class of one image, one without any, a constant column, and one that differs by the rounding of large values only. */
    @Test
    void poorVectorsAreLearnedAllTheSame() throws Exception {
        final int[] labels = {0, 0, 0, 0, 0, 2};
        final LabelledVectors vectors = vectors(6, 4, labels, (i, k) -> switch (k) {
            case 0 -> 3;
            case 1 -> 1e6 + (i % 2) * .0625;
            case 2 -> i == 5 ? 1 : .1 * i;
            default -> 1e-20 * i;
        });
        for (int hidden : new int[]{0, 3}) {
            final DenseHead head = train(vectors, 3, new HeadOptions(hidden, 200, 1e-3, 1)).head();
            for (int i = 0; i < labels.length; i++) {
                assertTrue(probabilities(head, vectors, i)[labels[i]] > .5, "row %d, hidden %d".formatted(i, hidden));
            }
            for (float[] weights : weights(head)) {
                for (float weight : weights) {
                    assertTrue(Float.isFinite(weight));
                }
            }
            final float[] first = head.layers().get(0).weights();
            for (int u = 0; u < first.length / 4; u++) {
                assertEquals(0, first[4 * u], 0, "constant");
                assertEquals(0, first[4 * u + 1], 0, "rounding");
            }
        }
    }
}
