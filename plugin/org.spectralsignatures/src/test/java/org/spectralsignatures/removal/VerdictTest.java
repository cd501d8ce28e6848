package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.removal.Verdict.Finding;

/** The three words, and the reason of the third. */
class VerdictTest {

    @Test
    void poisonedAndNothingFoundNeedNoReason() {
        assertEquals("poisoned", Verdict.of(30, 11, true).text());
        assertEquals(Finding.POISONED, Verdict.of(30, 11, true).finding());
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

    @Test
    void wordsTellHowManyFromWhereAndHowSure() {
        assertEquals("poisoned: 1,040 images that look like 'cat' (p = 2e-7)", Verdict.poisoned(1040, 2e-7, "cat").text());
        assertEquals("poisoned: 1 image that looks like 'cat' (p = 0.004)", Verdict.poisoned(1, .004, "cat").text());
        assertEquals("poisoned: 12 images (p < 1e-12)", Verdict.poisoned(12, 0, null).text());
        assertEquals("nothing found (2.5% of poison or more would have been)", Verdict.nothingFound(.025).text());
        assertEquals("nothing found (how little would have been is not known for sets of more than 10 classes)", Verdict.nothingFoundIn("sets of more than 10 classes").text());
        assertEquals(Verdict.Finding.NOTHING_FOUND, Verdict.read(Verdict.nothingFoundIn("sets of more than 10 classes").text()).finding());
    }

    @Test
    void wordsOfATableAreReadBack() {
        for (Verdict verdict : List.of(Verdict.poisoned(40, 2e-7, null), Verdict.nothingFound(Double.NaN), Verdict.cannotTell("too few"))) {
            final Verdict read = Verdict.read(verdict.text());
            assertEquals(verdict.finding(), read.finding());
            assertEquals(verdict.text(), read.text());
            assertEquals(verdict.reason(), read.reason());
        }
        assertThrows(IllegalArgumentException.class, () -> Verdict.read("true"));
    }
}
