package org.spectralsignatures.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.engine.Algebra;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.Products;
import org.spectralsignatures.engine.RowMatrix;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/** Scores of classes that an engine takes to its device, here one in plain Java, against those on the processor. */
class DeviceScoringTest {

    private static final int CLASSES = 2;

    private static final int ROWS = 530;

    private static final int COLUMNS = 2000;

    @TempDir
    Path folder;

    /** Keeps the rows that it was given. */
    private static final class Kept implements RowMatrix {

        private final float[][] rows;

        private final BooleanSupplier cancelled;

        private boolean open = true;

        Kept(final Rows source, final BooleanSupplier cancelled) {
            this.cancelled = cancelled;
            rows = new float[source.count()][source.columns()];
            final FloatBuffer some = FloatBuffer.allocate(100 * source.columns());
            for (int i = 0; i < rows.length; i += 100) {
                final int number = Math.min(100, rows.length - i);
                source.copy(i, number, some.clear());
                assertEquals(number * source.columns(), some.position());
                some.flip();
                for (int r = 0; r < number; r++) {
                    some.get(rows[i + r]);
                }
            }
        }

        private double[] less(final int row, final double[] shift) {
            if (cancelled.getAsBoolean()) {
                throw new IllegalStateException("ended");
            }
            final var x = new double[shift.length];
            Vectors.subtract(rows[row], shift, x);
            return x;
        }

        @Override
        public double[] squaredNorms(final double[] shift) {
            return IntStream.range(0, rows.length).mapToDouble(i -> Vectors.dot(less(i, shift), less(i, shift))).toArray();
        }

        @Override
        public double[][] combine(final double[][] weights, final double[] shift) {
            assertTrue(weights.length <= MOST);
            final var sums = new double[weights.length][shift.length];
            for (int i = 0; i < rows.length; i++) {
                final double[] x = less(i, shift);
                for (int k = 0; k < weights.length; k++) {
                    Vectors.add(sums[k], weights[k][i], x);
                }
            }
            return sums;
        }

        @Override
        public double[][] gram(final double[][] vectors, final double[] shift, final double[][] projections) {
            assertTrue(vectors.length <= MOST);
            final var weights = new double[vectors.length][rows.length];
            for (int i = 0; i < rows.length; i++) {
                final double[] x = less(i, shift);
                for (int k = 0; k < vectors.length; k++) {
                    weights[k][i] = Vectors.dot(x, vectors[k]);
                    if (projections != null) {
                        projections[k][i] = weights[k][i];
                    }
                }
            }
            return combine(weights, shift);
        }

        @Override
        public void close() {
            open = false;
        }
    }

    private static final class Device implements Algebra {

        private final List<Kept> matrices = new ArrayList<>();

        @Override
        public Products products() {
            return Engines.products();
        }

        @Override
        public Optional<RowMatrix> matrix(final RowMatrix.Rows rows, final BooleanSupplier cancelled) {
            matrices.add(new Kept(rows, cancelled));
            return Optional.of(matrices.get(matrices.size() - 1));
        }
    }

    private NpyMatrix activations(final int rows, final int columns, final int odd) throws Exception {
        final var random = new Random(7);
        final Path file = folder.resolve("activations.npy");
        try (var matrix = NpyMatrix.create(file, CLASSES * rows, columns)) {
            final var row = new float[columns];
            for (int i = 0; i < CLASSES * rows; i++) {
                final double along = random.nextGaussian();
                for (int k = 0; k < columns; k++) {
                    row[k] = (float)(2 + along / (1 + k) + (i % 40 == 3 && k % 50 == 0 ? 2 : 0) + random.nextGaussian() / 10);
                }
                if (i == odd) {
                    row[5] = Float.NaN;
                }
                matrix.writeRow(i, row, 0);
            }
        }
        return NpyMatrix.open(file);
    }

    /** Rows of the classes lie partly together and partly one by one. */
    private static int[] labels(final int rows) {
        return IntStream.range(0, CLASSES * rows).map(i -> i < rows ? i % CLASSES : i < rows + rows / 2 ? 0 : 1).toArray();
    }

    private static ScoringResult score(final NpyMatrix matrix, final ScoringMethod.ByClass method, final TaskMonitor monitor) throws TaskCancelledException {
        final int rows = (int)matrix.rows() / CLASSES;
        return SpectralScorer.score(matrix, labels(rows), List.of("a", "b"), IntStream.range(0, CLASSES * rows).mapToObj(i -> "row" + i).toList(), method, 1, monitor);
    }

    @Test
    void scoresAreThoseOfTheProcessor() throws Exception {
        final var device = new Device();
        for (ScoringMethod.ByClass method : List.of(new ScoringMethod.Paper(1), new ScoringMethod.Paper(9), new ScoringMethod.L2Norm())) {
            try (var matrix = activations(ROWS, COLUMNS, -1)) {
                final ScoringResult expected = score(matrix, method, TaskMonitor.none());
                assertTrue(device.matrices.isEmpty());
                final ScoringResult found = score(matrix.on(device), method, TaskMonitor.none());
                assertEquals(CLASSES, device.matrices.size());
                assertTrue(device.matrices.stream().noneMatch(kept -> kept.open));
                for (int i = 0; i < expected.scores().length; i++) {
                    assertEquals(expected.scores()[i], found.scores()[i], 1e-6 * (1 + expected.scores()[i]), method + " " + i);
                }
                assertTrue(found.statistics().stream().allMatch(s -> s.angle() <= SingularVectors.ANGLE));
                if (!method.equals(new ScoringMethod.Paper(9))) { // equal to more digits than the order shows
                    assertArrayEquals(expected.ranks(), found.ranks());
                }
                device.matrices.clear();
            }
        }
    }

    @Test
    void smallClassesStayOnTheProcessor() throws Exception {
        final var device = new Device();
        try (var matrix = activations(ROWS, 100, -1)) {
            final ScoringResult expected = score(matrix, new ScoringMethod.Paper(1), TaskMonitor.none());
            assertArrayEquals(expected.scores(), score(matrix.on(device), new ScoringMethod.Paper(1), TaskMonitor.none()).scores());
            assertTrue(device.matrices.isEmpty());
        }
    }

    @Test
    void aRowThatIsNotFiniteIsNamed() throws Exception {
        try (var matrix = activations(ROWS, COLUMNS, 702)) {
            assertEquals("Row 702 of the activations holds a value that is not finite.",
                assertThrows(IllegalArgumentException.class, () -> score(matrix.on(new Device()), new ScoringMethod.Paper(1), TaskMonitor.none())).getMessage());
        }
    }

    @Test
    void whoeverCancelsIsHeardWithinAPass() throws Exception {
        final var device = new Device();
        final var asked = new int[1];
        final var monitor = new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody looks
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                if (++asked[0] > 700) {
                    throw new TaskCancelledException();
                }
            }
        };
        try (var matrix = activations(ROWS, COLUMNS, -1)) {
            assertThrows(TaskCancelledException.class, () -> score(matrix.on(device), new ScoringMethod.Paper(1), monitor));
            assertEquals(1, device.matrices.size());
            assertTrue(device.matrices.stream().noneMatch(kept -> kept.open));
        }
    }
}
