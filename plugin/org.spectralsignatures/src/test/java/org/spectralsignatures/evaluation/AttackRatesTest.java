package org.spectralsignatures.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AttackRatesTest {

    /** 100 times .07 is 7.000000000000001. */
    @Test
    void percentsHaveNoRoundingErrors() {
        final var rates = new AttackRates(.07, 1. / 3);
        assertEquals(7, rates.accuracyInPercent(), 0);
        assertEquals(33.333333, rates.successInPercent(), 0);
        assertEquals(Double.NaN, new AttackRates(Double.NaN, 1).accuracyInPercent());
        assertEquals(100, new AttackRates(0, 1).successInPercent(), 0);
    }
}
