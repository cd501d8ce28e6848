package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The tail against sums worked out by hand. */
class BinomialTest {

    @Test
    void tails() {
        assertEquals(1, Binomial.tail(0, 10, .3), 1e-12);
        assertEquals(1 - Math.pow(.7, 10), Binomial.tail(1, 10, .3), 1e-12);
        assertEquals(Math.pow(.3, 10), Binomial.tail(10, 10, .3), 1e-18);
        assertEquals(.5, Binomial.tail(6, 11, .5), 1e-12);
    }

    @Test
    void smallTailsKeepTheirDigits() {
        assertEquals(Math.pow(.05, 200), Binomial.tail(200, 200, .05), 1e-8 * Math.pow(.05, 200));
    }
}
