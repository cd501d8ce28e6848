package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.removal.Verdict.Finding;

/** Verdicts of classes by the scores of several methods. */
class SuspicionTest {

    private static final int N = 600;

    private static final int[] LABELS = IntStream.range(0, N).map(i -> i % 2).toArray();

    /** Clean scores; in class 0 the first 40 rows are poison where it is asked for. */
    private static double[] scores(final long seed, final double poison) {
        final var random = new SplittableRandom(seed);
        return IntStream.range(0, N).mapToDouble(i -> {
            final double x = random.nextGaussian() + (i % 2 == 0 && i < 80 ? poison : 0);
            return x * x;
        }).toArray();
    }

    private static Evidence evidence(final String method, final double[] scores) {
        return new Evidence(method, false, scores);
    }

    private static List<Suspicion> judge(final TrainingFacts training, final Evidence... evidence) {
        return Suspicion.of(LABELS, 2, List.of(evidence), .01, training);
    }

    @Test
    void theMethodThatSpeaksIsNamedAndPaysForTheOthers() {
        final Suspicion alone = judge(null, evidence("b", scores(2, 9))).get(0);
        final Suspicion suspicion = judge(null, evidence("a", scores(1, 0)), evidence("b", scores(2, 9)), evidence("c", scores(3, 0))).get(0);
        assertEquals("b", suspicion.method());
        assertEquals(3 * alone.cutOff().pValue(), suspicion.cutOff().pValue(), 1e-15);
        assertEquals(Finding.POISONED, suspicion.verdict().finding());
        assertEquals("poisoned: 40 images (%s)".formatted(suspicion.verdict().text().replaceAll(".*\\(|\\)", "")), suspicion.verdict().text());
        assertArrayEquals(IntStream.range(0, 40).map(i -> 2 * i).toArray(), suspicion.apart());
        assertEquals(1, suspicion.rank());
    }

    @Test
    void bothEndsOfATwoEndedMethodAreAskedAndCountTwice() {
        final var random = new SplittableRandom(2);
        final double[] negative = IntStream.range(0, N).mapToDouble(i -> random.nextGaussian() - (i % 2 == 0 && i < 80 ? 9 : 0)).toArray();
        final Suspicion oneEnd = judge(null, evidence("clusters", negative)).get(0);
        final Suspicion bothEnds = judge(null, new Evidence("clusters", true, negative)).get(0);
        assertEquals(Finding.NOTHING_FOUND, oneEnd.verdict().finding());
        assertEquals(Finding.POISONED, bothEnds.verdict().finding());
        assertArrayEquals(IntStream.range(0, 40).map(i -> 2 * i).toArray(), bothEnds.apart());
        assertTrue(bothEnds.cutOff().score() < 0, "its own units");
    }

    /** Four methods of two classes that are clean: at level .01 about one set in a hundred. */
    @Test
    void askingMoreMethodsCallsNoMoreCleanClasses() {
        int called = 0;
        for (int seed = 0; seed < 150; seed++) {
            final long s = 10L * seed;
            called += judge(null, evidence("a", scores(s, 0)), evidence("b", scores(s + 1, 0)), evidence("c", scores(s + 2, 0)),
                new Evidence("d", true, new SplittableRandom(s).doubles(N).map(u -> u < .5 ? -1 + u * u : 1 - u * u).map(Math::sin).toArray())).stream()
                .anyMatch(Suspicion::poisoned) ? 1 : 0;
        }
        assertTrue(called <= 5, called + " of 150 clean sets");
    }

    @Test
    void moreThanAThirdIsTooMuchToTell() {
        final var random = new SplittableRandom(4);
        final int[] labels = IntStream.range(0, 4000).map(i -> i % 2).toArray();
        final double[] scores = IntStream.range(0, 4000).mapToDouble(i -> Math.pow(random.nextGaussian() + (i % 2 == 0 && i < 1400 ? 8 : 0), 2)).toArray();
        final List<Suspicion> suspicions = Suspicion.of(labels, 2, scores, .01); // 35%
        assertEquals("cannot tell: more than a third of the class stands apart: too much poison for this test", suspicions.get(0).verdict().text());
        assertEquals(0, suspicions.get(0).apart().length);
        assertEquals("nothing found", suspicions.get(1).verdict().text());
    }

    @Test
    void trainingThatMayNotHaveLearnedTakesNothingFoundBackButNotPoisoned() {
        final var poor = new TrainingFacts(.835, false, 12, 4000);
        final List<Suspicion> suspicions = judge(poor, evidence("b", scores(2, 9)));
        assertEquals(Finding.POISONED, suspicions.get(0).verdict().finding());
        assertEquals("cannot tell: " + poor.doubt(), suspicions.get(1).verdict().text());
        assertEquals("nothing found", judge(new TrainingFacts(.99, false, 12, 4000), evidence("b", scores(2, 9))).get(1).verdict().text());
    }

    @Test
    void smallClassesCannotBeTold() {
        final int[] labels = IntStream.range(0, 50).map(i -> i < 20 ? 1 : 0).toArray();
        final List<Suspicion> suspicions = Suspicion.of(labels, 3, Arrays.copyOf(scores(1, 0), 50), .01);
        assertEquals("cannot tell: too few images to tell (20; 30 are needed)", suspicions.get(1).verdict().text());
        assertEquals("cannot tell: too few images to tell (0; 30 are needed)", suspicions.get(2).verdict().text());
    }

    @Test
    void sameScoresSameVerdict() {
        final Suspicion first = judge(null, evidence("a", scores(1, 0)), evidence("b", scores(2, 9))).get(0);
        final Suspicion again = judge(null, evidence("a", scores(1, 0)), evidence("b", scores(2, 9))).get(0);
        assertEquals(first.cutOff(), again.cutOff());
        assertArrayEquals(first.apart(), again.apart());
    }
}
