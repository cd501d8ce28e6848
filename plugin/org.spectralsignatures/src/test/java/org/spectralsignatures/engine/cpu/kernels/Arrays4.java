package org.spectralsignatures.engine.cpu.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random arrays and comparisons for the tests of kernels and layers. */
public final class Arrays4 {

    private Arrays4() {
    }

    static float[] random(final long seed, final int size) {
        final var random = new Random(seed);
        final var values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = (float)random.nextGaussian();
        }
        return values;
    }

    static INDArray array(final float[] values, final long... shape) {
        return Nd4j.createFromArray(values).reshape('c', shape);
    }

    static INDArray empty(final long... shape) {
        return Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    }

    static float[] values(final INDArray array) {
        final var values = new float[(int)array.length()];
        Floats.of(array).get(0, values);
        return values;
    }

    static void assertClose(final double[] expected, final float[] actual, final double relative, final String what) {
        assertClose(expected, IntStream.range(0, actual.length).mapToDouble(k -> actual[k]).toArray(), relative, what);
    }

    /** The Euclidean norm of the difference must be below a share of that of the expected values. */
    public static void assertClose(final double[] expected, final double[] actual, final double relative, final String what) {
        assertEquals(expected.length, actual.length, what);
        double norm = 0;
        double difference = 0;
        for (int k = 0; k < expected.length; k++) {
            norm += expected[k] * expected[k];
            difference += (expected[k] - actual[k]) * (expected[k] - actual[k]);
        }
        assertTrue(norm > 0, what + ": nothing to compare");
        assertTrue(Math.sqrt(difference) <= relative * Math.sqrt(norm), what + ": relative error " + Math.sqrt(difference / norm));
    }
}
