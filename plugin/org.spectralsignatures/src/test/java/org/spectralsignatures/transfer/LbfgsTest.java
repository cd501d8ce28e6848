package org.spectralsignatures.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The optimiser on functions whose minimum is known. */
class LbfgsTest {

    private static Lbfgs run(final Lbfgs.Function function, final double[] start, final int steps) throws Exception {
        final var optimiser = new Lbfgs(function, start);
        double before = optimiser.value();
        for (int i = 0; i < steps && optimiser.step(); i++) {
            assertTrue(optimiser.value() <= before);
            before = optimiser.value();
        }
        return optimiser;
    }

    /** Rosenbrock's valley, whose minimum is 0 at (1, 1). */
    @Test
    void bentValley() throws Exception {
        final Lbfgs found = run((x, g) -> {
            final double a = 1 - x[0];
            final double b = x[1] - x[0] * x[0];
            g[0] = -2 * a - 400 * x[0] * b;
            g[1] = 200 * b;
            return a * a + 100 * b * b;
        }, new double[]{-1.2, 1}, 200);
        assertEquals(1, found.point()[0], 1e-4);
        assertEquals(1, found.point()[1], 1e-4);
        assertTrue(found.slope() < 1e-3, "slope " + found.slope());
    }

    /** A bowl ten thousand times as steep in one direction as in another, in fewer steps than the slope alone would take. */
    @Test
    void narrowBowl() throws Exception {
        final int n = 30;
        final Lbfgs found = run((x, g) -> {
            double value = 0;
            for (int i = 0; i < n; i++) {
                final double steepness = Math.pow(10, 4. * i / (n - 1));
                g[i] = steepness * (x[i] - i);
                value += .5 * steepness * (x[i] - i) * (x[i] - i);
            }
            return value;
        }, new double[n], 1000);
        assertTrue(found.value() < 1e-3, "value " + found.value());
    }

    /** Where nothing gets lower it stays. */
    @Test
    void atAMinimumItStays() throws Exception {
        final var flat = new Lbfgs((x, g) -> {
            g[0] = 0;
            return 3;
        }, new double[]{2});
        assertEquals(false, flat.step());
        assertEquals(2, flat.point()[0], 0);
        final var kink = new Lbfgs((x, g) -> { // the slope lies: it rises on either side
            g[0] = 1;
            return Math.abs(x[0]);
        }, new double[]{0});
        assertEquals(false, kink.step());
        assertEquals(0, kink.point()[0], 0);
        assertEquals(0, kink.value(), 0);
    }

    /** Beyond 1 the function is no number; steps end before it. */
    @Test
    void noNumberIsTooFar() throws Exception {
        final Lbfgs found = run((x, g) -> {
            g[0] = 1 / (1 - x[0]) - 5;
            return -Math.log(1 - x[0]) - 5 * x[0];
        }, new double[]{-3}, 100);
        assertEquals(.8, found.point()[0], 1e-3);
    }
}
