package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.removal.Verdict.Finding;

/** The three words, and the reason of the third. */
class VerdictTest {

    @Test
    void poisonedAndNothingFoundNeedNoReason() {
        assertEquals(new Verdict(Finding.POISONED, "poisoned", null), Verdict.of(30, 11, true));
        final Verdict nothing = Verdict.of(30, 2, false);
        assertEquals("nothing found", nothing.text());
        assertNull(nothing.reason());
    }

    @Test
    void classThatIsTooSmallSaysHowManyImagesAreNeeded() {
        final Verdict verdict = Verdict.of(22, Double.NaN, false);
        assertEquals(Finding.CANNOT_TELL, verdict.finding());
        assertEquals("cannot tell: too few images to tell (22; 30 are needed)", verdict.text());
    }

    @Test
    void scoresThatDoNotDifferTellNothing() {
        final var same = new double[40];
        final CutOff cutOff = CutOff.of(same);
        assertEquals("cannot tell: the highest scores are all the same or no numbers", Verdict.of(same.length, cutOff.statistic(), false).text());
    }
}
