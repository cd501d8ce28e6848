package org.spectralsignatures.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RemainingTimeTest {

    @Test
    void whatWasDoneInAnotherRunTookNoTimeInThisOne() throws Exception {
        final long start = System.nanoTime();
        final RemainingTime whole = RemainingTime.start();
        final RemainingTime second = RemainingTime.startAt(.9);
        assertEquals(Double.NaN, second.seconds(.9), "nothing is done in this run");
        assertEquals("", second.text(.9, 1000));
        Thread.sleep(1100);
        final double left = second.seconds(.95);
        final double ofWhole = whole.seconds(.95);
        final double elapsed = (System.nanoTime() - start) / 1e9;
        assertTrue(left >= 1.1 && left <= elapsed, "half of what was left at its start took as long as the other half will: " + left);
        assertTrue(ofWhole >= 1.1 / 19 && ofWhole <= elapsed / 19, "of the whole in this run a 19th is left: " + ofWhole);
        final double speed = Double.parseDouble(second.text(.95, 1000).split(" ")[1]);
        assertTrue(speed <= 50 / 1.1 + 1 && speed > 0, "50 images since the start, not 950: " + speed);
    }
}
