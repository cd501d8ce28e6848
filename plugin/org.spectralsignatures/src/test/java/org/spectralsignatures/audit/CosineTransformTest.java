package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

/** The transform against its definition, and back. */
class CosineTransformTest {

    @Test
    void backwardUndoesForwardAndLengthsStay() {
        final double[] plane = new SplittableRandom(1).doubles(6 * 10).toArray();
        final double[] changed = plane.clone();
        final var transform = new CosineTransform(6, 10);
        transform.forward(changed);
        assertEquals(Arrays.stream(plane).map(x -> x * x).sum(), Arrays.stream(changed).map(x -> x * x).sum(), 1e-12);
        transform.backward(changed);
        assertArrayEquals(plane, changed, 1e-12);
    }

    @Test
    void waveIsOneCoefficient() {
        final int w = 8;
        final var plane = new double[4 * w];
        for (int k = 0; k < plane.length; k++) {
            plane[k] = Math.cos(Math.PI * (k % w + .5) * 3 / w);
        }
        final var transform = new CosineTransform(4, w);
        transform.forward(plane);
        final var expected = new double[4 * w];
        expected[3] = Math.sqrt(4. * w / 2);
        assertArrayEquals(expected, plane, 1e-12);
        assertEquals(3. / 8, transform.frequency(3));
        assertEquals(1. / 4 + 2. / 8, transform.frequency(w + 2));
    }
}
