package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.training.Progress.Verdict;

class ProgressTest {

    private static double[] unknown(final int n) {
        final var values = new double[n];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Ten epochs: the last two are (.80 + .84) / 2, the two before (.70 + .74) / 2. */
    @Test
    void stillRising() {
        final var progress = Progress.of(new double[]{.1, .2, .3, .4, .5, .6, .7, .74, .8, .84}, unknown(10));
        assertEquals(2, progress.span());
        assertEquals(.1, progress.gain(), 1e-12);
        assertTrue(Double.isNaN(progress.gap()));
        assertEquals(Verdict.RISING, progress.verdict());
    }

    @Test
    void validationDecides() {
        final var progress = Progress.of(new double[]{.8, .9, .99}, new double[]{.7, .75, .75});
        assertEquals(0, progress.gain(), 1e-12);
        assertEquals(.24, progress.gap(), 1e-12);
        assertEquals(Verdict.OVERFIT, progress.verdict());
    }

    @Test
    void settledAndFalling() {
        assertEquals(Verdict.SETTLED, Progress.of(new double[]{.9, .9}, unknown(2)).verdict());
        assertEquals(Verdict.FALLING, Progress.of(new double[]{.9, .8}, unknown(2)).verdict());
    }

    @Test
    void oneEpoch() {
        assertEquals(Verdict.SHORT, Progress.of(new double[]{.9}, unknown(1)).verdict());
    }
}
