package org.spectralsignatures.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class PolylineTest {

    /** A step of 50,000 points has one corner beside its ends. */
    @Test
    void keepsTheCornersOfAStep() {
        final double[][] step = IntStream.rangeClosed(0, 49_999)
            .mapToObj(i -> i < 20_000 ? new double[]{0, i / 20_000.} : new double[]{(i - 20_000) / 29_999., 1}).toArray(double[][]::new);
        assertArrayEquals(new double[][]{{0, 0}, {0, 1}, {1, 1}}, Polyline.thin(step, 1e-9));
    }

    /** The middle point is .3 off the straight line: kept with a tolerance of .2, left out with .4. */
    @Test
    void leavesOutWhatIsWithinTheTolerance() {
        final double[][] bent = {{0, 0}, {1, .3}, {2, 0}};
        assertArrayEquals(bent, Polyline.thin(bent, .2));
        assertArrayEquals(new double[][]{{0, 0}, {2, 0}}, Polyline.thin(bent, .4));
    }

    @Test
    void shortLines() {
        assertEquals(0, Polyline.thin(new double[0][], .1).length);
        assertArrayEquals(new double[][]{{1, 2}}, Polyline.thin(new double[][]{{1, 2}}, .1));
    }
}
