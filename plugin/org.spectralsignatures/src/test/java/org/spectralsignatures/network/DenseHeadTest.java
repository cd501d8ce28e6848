package org.spectralsignatures.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.network.DenseHead.Dense;

class DenseHeadTest {

    private static final Dense FIRST = new Dense(new float[]{1, 2, -1, 1}, new float[]{.5f, -10});

    private static final Dense SECOND = new Dense(new float[]{1, 0, 0, 1, 2, 3}, new float[]{0, 1, 0});

    /** By hand: the first layer gives 3.5 and -10, of which the rectifier leaves 3.5 and 0. */
    @Test
    void probabilitiesAreThoseOfTheFormula() {
        final var head = new DenseHead(new float[]{1, 1}, List.of(FIRST, SECOND));
        final double sum = Math.exp(3.5) + Math.exp(1) + Math.exp(7);
        assertArrayEquals(new double[]{Math.exp(3.5) / sum, Math.exp(1) / sum, Math.exp(7) / sum}, head.probabilities(new float[]{2, 2}), 1e-12);
        assertEquals(3, head.classes());
        assertEquals(6 + 9, head.parameters());
        final var straight = new DenseHead(new float[]{1, 1}, List.of(FIRST));
        final double share = 1 / (1 + Math.exp(-13.5));
        assertArrayEquals(new double[]{share, 1 - share}, straight.probabilities(new float[]{2, 2}), 1e-12);
    }

    @Test
    void layersThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Dense(new float[3], new float[2]));
        assertThrows(IllegalArgumentException.class, () -> new Dense(new float[0], new float[0]));
        assertThrows(IllegalArgumentException.class, () -> new DenseHead(new float[3], List.of(FIRST)));
        assertThrows(IllegalArgumentException.class, () -> new DenseHead(new float[2], List.of(SECOND, FIRST)));
        assertThrows(IllegalArgumentException.class, () -> new DenseHead(new float[2], List.of()));
        assertThrows(IllegalArgumentException.class, () -> new DenseHead(new float[2], List.of(FIRST, FIRST, FIRST)));
    }
}
