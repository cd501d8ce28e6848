package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.removal.Conclusion.Judged;
import org.spectralsignatures.removal.Verdict.Finding;

/** The sentence for every mixture of verdicts, and the step that follows. */
class ConclusionTest {

    private static final Verdict POISONED = Verdict.poisoned(40, 1e-9, "rows");

    private static final Verdict NOTHING = Verdict.nothingFound(.03);

    private static final Verdict SMALL = Verdict.cannotTell("too few images");

    private static final Verdict SHORT = Verdict.cannotTell("the training accuracy is only 70%: train more epochs");

    /** Classes a, b, c and so on. */
    private static Conclusion of(final Verdict... verdicts) {
        final var classes = new ArrayList<Judged>();
        for (Verdict verdict : verdicts) {
            classes.add(new Judged(Character.toString('a' + classes.size()), verdict));
        }
        return Conclusion.of(classes);
    }

    private static void says(final String sentence, final Verdict... verdicts) {
        assertEquals(sentence, of(verdicts).sentence());
    }

    @Test
    void onePoisonedClassIsNamedWithTheClassThatItsImagesLookLike() {
        says("One of 4 classes is poisoned: 40 images of 'a' look like 'rows' (p = 1e-9).", POISONED, NOTHING, NOTHING, NOTHING);
        says("One of 2 classes is poisoned: 1 image of 'a' looks like 'cat' (p = 0.004).", Verdict.poisoned(1, .004, "cat"), NOTHING);
        says("One of 2 classes is poisoned: 1,040 images of 'b' stand out (p < 1e-12).", NOTHING, Verdict.poisoned(1040, 0, null));
        says("One of 2 classes is poisoned: 1 image of 'a' stands out (p = 0.004).", Verdict.poisoned(1, .004, null), NOTHING);
        says("The only class is poisoned: 40 images of 'a' look like 'rows' (p = 1e-9).", POISONED);
    }

    @Test
    void poisonedByScoresAloneIsNamedWithoutNumbers() {
        says("One of 2 classes is poisoned: 'a'.", Verdict.of(40, 11, true), NOTHING);
    }

    @Test
    void severalPoisonedClassesAreNamedAndManyCounted() {
        says("2 of 3 classes are poisoned: 40 images of 'a' look like 'rows' (p = 1e-9) and 2 images of 'b' look like 'c' (p = 0.001).", POISONED,
            Verdict.poisoned(2, .001, "c"), NOTHING);
        says("All 3 classes are poisoned: 'a', 'b' and 'c'.", Verdict.of(40, 11, true), Verdict.of(40, 11, true), Verdict.of(40, 11, true));
        says("5 of 6 classes are poisoned: 'a', 'b', 'c' and 2 more.", Verdict.of(40, 11, true), Verdict.of(40, 11, true), Verdict.of(40, 11, true),
            Verdict.of(40, 11, true), NOTHING, Verdict.of(40, 11, true));
    }

    @Test
    void besidePoisonTheClassesThatCannotBeJudgedAreCounted() {
        says("One of 4 classes is poisoned: 'b'; nothing was found in 2, and one cannot be judged.", NOTHING, Verdict.of(40, 11, true), SMALL, NOTHING);
        says("One of 3 classes is poisoned: 'c'; the other 2 cannot be judged.", SHORT, SMALL, Verdict.of(40, 11, true));
        says("One of 2 classes is poisoned: 'b'; the other cannot be judged.", SHORT, Verdict.of(40, 11, true));
    }

    @Test
    void nothingFoundComesWithTheLeastShareThatWouldHaveBeenFoundInEachClass() {
        says("Nothing was found in 4 classes; poison of 3% of a class or more would have been found.", NOTHING, Verdict.nothingFound(.01), NOTHING, NOTHING);
        says("Nothing was found in 2 classes; poison of 2.5% of a class or more would have been found.", Verdict.nothingFound(.025), Verdict.nothingFound(.001));
        says("Nothing was found in 2 classes.", NOTHING, Verdict.nothingFound(Double.NaN));
        says("Nothing was found in the only class.", Verdict.nothingFound(Double.NaN));
    }

    @Test
    void whatCannotBeJudgedSaysWhy() {
        says("None of 2 classes can be judged: the training accuracy is only 70%: train more epochs.", SHORT, SHORT);
        says("The only class cannot be judged: too few images.", SMALL);
        says("None of 3 classes can be judged: 'a' and 'c' (too few images) and 'b' (the training accuracy is only 70%: train more epochs).", SMALL, SHORT, SMALL);
        says("Of 4 classes 2 cannot be judged: 'a' and 'd' (too few images); nothing was found in the other 2 (poison of 3% of a class or more would have been).",
            SMALL, NOTHING, NOTHING, SMALL);
        says("Of 2 classes one cannot be judged: 'b' (too few images); nothing was found in the other.", Verdict.nothingFound(Double.NaN), SMALL);
        says("Of 6 classes 5 cannot be judged: 'b', 'c', 'd' and 2 more (too few images); nothing was found in the other (poison of 3% of a class or more would have been).",
            NOTHING, SMALL, SMALL, SMALL, SMALL, SMALL);
    }

    @Test
    void nextStepFitsTheFinding() {
        assertTrue(of(POISONED, NOTHING).nextStep().startsWith("Look at the 40 suspicious images: a mark that they share"), of(POISONED, NOTHING).nextStep());
        assertTrue(of(Verdict.poisoned(1, .01, null), NOTHING).nextStep().startsWith("Look at the suspicious image: a mark that does not belong there"));
        assertTrue(of(POISONED, NOTHING).nextStep().endsWith("trained on the whole set."));
        assertTrue(of(POISONED, SMALL).nextStep().endsWith("What keeps the other class from being judged stands in its verdict."));
        assertTrue(of(POISONED, SMALL, SHORT).nextStep().endsWith("What keeps each of the other 2 from being judged stands in its verdict."));
        assertTrue(of(NOTHING).nextStep().contains("less poison than that, and poison whose labels are right (clean-label) cannot be found"));
        assertTrue(of(Verdict.nothingFound(Double.NaN)).nextStep().contains("no proof: poison whose labels are right"));
        assertEquals("Mend what the reason names, and run it again. Until then the set is not examined.", of(SMALL, SHORT).nextStep());
        assertTrue(of(SMALL, NOTHING).nextStep().endsWith("Until then this class is not examined."));
        assertTrue(of(SMALL, NOTHING, SMALL).nextStep().endsWith("Until then these classes are not examined."));
    }

    @Test
    void numbersAreWrittenAlikeEverywhere() {
        final Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertTrue(of(Verdict.poisoned(1040, 1e-9, "b"), NOTHING).sentence().contains("1,040 images of 'a' look like 'b' (p = 1e-9)"));
            assertTrue(of(Verdict.poisoned(1040, 1e-9, "b"), NOTHING).nextStep().contains("1,040 suspicious images"));
            assertTrue(of(Verdict.nothingFound(.025)).sentence().contains("2.5%"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void thereIsNoConclusionWithoutClasses() {
        assertThrows(IllegalArgumentException.class, () -> Conclusion.of(List.of()));
        assertEquals(3, Finding.values().length, "each finding has its sentence");
    }
}
