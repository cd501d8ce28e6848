package org.spectralsignatures.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.RowMatrix;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;
import org.spectralsignatures.engine.cuda.rows.CudaRowMatrix;

/** Passes over rows on a device of the processor's, against sums in the order of the rows; skipped where there is no compiler of C++. */
class CudaRowMatrixTest {

    private static final int N = 301;

    private static final int D = 517;

    private final EmulatedDevices devices = new EmulatedDevices();

    private final float[][] x = new float[N][D];

    private final double[] shift = new double[D];

    private final Random random = new Random(3);

    private boolean cancelled;

    @BeforeAll
    static void build() {
        EmulatedDevice.require();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertEquals(0, devices.left());
    }

    /** All rows at once, or in pieces, on a device of so many bytes. */
    private RowMatrix matrix(final long free) {
        for (float[] row : x) {
            for (int k = 0; k < D; k++) {
                row[k] = (float)(5 + random.nextGaussian());
            }
        }
        for (int k = 0; k < D; k++) {
            shift[k] = 5 + random.nextGaussian() / 10;
        }
        devices.change(device -> device.withMemory(free));
        return new CudaRowMatrix(devices.open(), new ReentrantLock(), new RowMatrix.Rows() {
            @Override
            public int count() {
                return N;
            }

            @Override
            public int columns() {
                return D;
            }

            @Override
            public void copy(final int first, final int number, final FloatBuffer target) {
                for (int i = first; i < first + number; i++) {
                    target.put(x[i]);
                }
            }
        }, () -> cancelled);
    }

    private double[][] random(final int rows, final int columns) {
        final var values = new double[rows][];
        for (int i = 0; i < rows; i++) {
            values[i] = random.doubles(columns, -1, 1).toArray();
        }
        return values;
    }

    private double[][] expected(final double[][] weights) {
        final var sums = new double[weights.length][D];
        for (int v = 0; v < weights.length; v++) {
            for (int i = 0; i < N; i++) {
                for (int k = 0; k < D; k++) {
                    sums[v][k] += weights[v][i] * (x[i][k] - shift[k]);
                }
            }
        }
        return sums;
    }

    private static void assertNear(final double[][] expected, final double[][] found) {
        assertEquals(expected.length, found.length);
        for (int v = 0; v < expected.length; v++) {
            assertArrayEquals(expected[v], found[v], 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 30, 500_000})
    void sumsAreThoseOfTheRowsWhetherTheyFitOrNot(final long free) {
        try (RowMatrix matrix = matrix(free)) {
            for (int k : new int[]{1, 3, RowMatrix.MOST}) {
                final double[][] vectors = random(k, D);
                final var products = new double[k][N];
                for (int v = 0; v < k; v++) {
                    for (int i = 0; i < N; i++) {
                        for (int c = 0; c < D; c++) {
                            products[v][i] += vectors[v][c] * (x[i][c] - shift[c]);
                        }
                    }
                }
                final var projections = new double[k][N];
                assertNear(expected(products), matrix.gram(vectors, shift, projections));
                assertNear(products, projections);
                assertNear(matrix.gram(vectors, shift, projections), matrix.gram(vectors, shift, null));
                final double[][] weights = random(k, N);
                assertNear(expected(weights), matrix.combine(weights, shift));
            }
            final double[] norms = matrix.squaredNorms(shift);
            for (int i = 0; i < N; i++) {
                double norm = 0;
                for (int c = 0; c < D; c++) {
                    norm += (x[i][c] - shift[c]) * (x[i][c] - shift[c]);
                }
                assertEquals(norm, norms[i], 1e-9);
            }
        }
    }

    @Test
    void theSameBitsTwice() {
        try (RowMatrix matrix = matrix(1 << 30)) {
            final double[][] vectors = random(2, D);
            final double[][] first = matrix.gram(vectors, shift, null);
            final double[][] second = matrix.gram(vectors, shift, null);
            assertArrayEquals(first[0], second[0], 0);
            assertArrayEquals(first[1], second[1], 0);
        }
    }

    @Test
    void whoeverCancelsIsHeard() {
        try (RowMatrix matrix = matrix(500_000)) {
            cancelled = true;
            assertThrows(IllegalStateException.class, () -> matrix.squaredNorms(shift));
        }
    }
}
