package org.spectralsignatures.removal;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class CutOffTest {

    /**
     * Of 0, 2, 3, 4 the tail of three behind 0. Between 0 and 4: positions .5 and .75, t = sqrt(6) * .25, so 6 / 32 - log(3/3);
     * between 0 and 3: 2/3, t = sqrt(12) / 6, so 1/6 - log(3/2), which is less.
     */
    @Test
    void statisticByHand() {
        assertEquals(6. / 32, TailTest.statistic(new double[]{-9, 0, 2, 3, 4}, 1), 1e-12);
        assertEquals(-Math.log(3), TailTest.statistic(new double[]{0, 1, 2.1, 4}, 0), 1e-12); // nothing tends to the right
    }

    private static double[] sample(final int n, final long seed, final ToDoubleFunction<SplittableRandom> draw) {
        final var random = new SplittableRandom(seed);
        return IntStream.range(0, n).mapToDouble(i -> draw.applyAsDouble(random)).sorted().toArray();
    }

    @Test
    void uniformSamplesHaveUniformPValues() {
        final double[] p = IntStream.range(0, 400).mapToDouble(s -> {
            final double[] x = sample(300, 1000 + s, SplittableRandom::nextDouble);
            return TailTest.pValue(TailTest.statistic(x, 0));
        }).sorted().toArray();
        for (double level : new double[]{.05, .25, .5, .75}) {
            final double share = Arrays.stream(p).filter(v -> v <= level).count() / 400.;
            assertEquals(level, share, 4 * Math.sqrt(level * (1 - level) / 400), "level " + level);
        }
    }

    private interface Shape extends ToDoubleFunction<SplittableRandom> {
    }

    private static double ratio(final SplittableRandom random) {
        final double above = random.nextGaussian();
        return above / random.nextGaussian();
    }

    private static double chiSquare(final int k, final SplittableRandom random) {
        return IntStream.range(0, k).mapToDouble(i -> square(random.nextGaussian())).sum();
    }

    /** Scores as those of clean classes: squares of what has one mode, sums of squares, lengths; with heavy tails, skewed, of two kinds of images. */
    private static final Map<String, Shape> CLEAN = Map.ofEntries(entry("Gaussian", r -> square(r.nextGaussian())),
        entry("Laplace", r -> square(r.nextExponential())), entry("Cauchy", r -> square(ratio(r))),
        entry("Gaussian over root of uniform", r -> square(r.nextGaussian() / Math.sqrt(r.nextDouble()))),
        entry("chi-square, 5", r -> chiSquare(5, r)), entry("chi-square, 64", r -> chiSquare(64, r)), entry("length, 20", r -> Math.sqrt(chiSquare(20, r))),
        entry("lognormal", r -> Math.exp(r.nextGaussian())), entry("wide lognormal", r -> Math.exp(2 * r.nextGaussian())),
        entry("triangle", r -> square(r.nextDouble() + r.nextDouble() - 1)), entry("uncentred", r -> Math.abs(5 + r.nextGaussian())),
        entry("mixture of deviations 1 and 3", r -> square(r.nextGaussian() * (r.nextDouble() < .2 ? 3 : 1))),
        entry("mixture of two kinds", r -> square(r.nextGaussian() + (r.nextDouble() < .5 ? 3 : -3))),
        entry("mixture of unequal kinds", r -> square(r.nextGaussian() + (r.nextDouble() < .6 ? -.8 : 1.2))));

    @Test
    void cleanScoresAreLeftAlone() {
        int all = 0;
        for (var shape : CLEAN.entrySet()) {
            int called = 0;
            for (int seed = 0; seed < 120; seed++) {
                called += CutOff.of(sample(seed % 3 == 0 ? 300 : 1000, 17L * seed, shape.getValue())).significant(.01, 1) ? 1 : 0;
            }
            assertTrue(called <= 5, called + " of 120 clean classes were called poisoned at level .01: " + shape.getKey());
            all += called;
        }
        assertTrue(all <= .01 * 120 * CLEAN.size(), all + " clean classes were called poisoned at level .01");
    }

    /** A logarithm bends: what the scores or their roots show, their logarithms show as well. */
    @Test
    void logarithmFindsAtLeastWhatTheRootFinds() {
        for (int seed = 0; seed < 20; seed++) {
            for (Shape shape : CLEAN.values()) {
                final double[] scores = sample(200, seed, shape);
                final double[] roots = Arrays.stream(scores).map(Math::sqrt).toArray();
                assertTrue(CutOff.of(scores).statistic() >= TailTest.statistic(roots, 133) - 1e-9);
            }
        }
    }

    /** Root scores of poison from 37 to 249 beyond clean ones up to 23: no heap on the scale of the roots, one on that of their logarithms. */
    @Test
    void poisonThatIsSpreadWideIsCutOff() {
        final var scores = new double[540];
        System.arraycopy(sample(500, 1, r -> square(7 * r.nextGaussian())), 0, scores, 0, 500);
        System.arraycopy(sample(40, 2, r -> square(37 * Math.pow(6.7, r.nextDouble()))), 0, scores, 500, 40);
        Arrays.sort(scores);
        final double[] roots = Arrays.stream(scores).map(Math::sqrt).toArray();
        assertTrue(TailTest.pValue(TailTest.statistic(roots, 539 - 180)) > .1, "the test of the roots misses it");
        final CutOff cutOff = CutOff.of(scores);
        assertTrue(cutOff.significant(.01, 2), cutOff.toString());
        assertEquals(40, cutOff.above(), 2);
    }

    @Test
    void zerosBelowTheUpperThirdDoNotMatter() {
        final double[] scores = sample(300, 9, r -> square(r.nextGaussian()));
        final CutOff before = CutOff.of(scores);
        Arrays.fill(scores, 0, 50, 0);
        assertEquals(before.statistic(), CutOff.of(scores).statistic(), 1e-12);
        assertTrue(Double.isFinite(CutOff.of(scores).pValue()));
    }

    private static double square(final double x) {
        return x * x;
    }

    @Test
    void poisonThatStandsApartIsCutOffInTheValley() {
        for (int poison : new int[]{50, 100, 300}) {
            final var scores = new double[1000 + poison];
            System.arraycopy(sample(1000, 1, r -> square(r.nextGaussian())), 0, scores, 0, 1000);
            System.arraycopy(sample(poison, 2, r -> square(8 + r.nextGaussian())), 0, scores, 1000, poison);
            Arrays.sort(scores);
            final CutOff cutOff = CutOff.of(scores);
            assertTrue(cutOff.significant(.01, 10), poison + " poisons: " + cutOff);
            assertEquals(poison, cutOff.above(), .02 * poison + 2, "poisons");
            assertTrue(cutOff.score() > 9 && cutOff.score() < 49, "between 3 and 7 deviations: " + cutOff);
        }
    }

    @Test
    void halfOfAClassIsNoPoison() {
        final double[] scores = sample(2000, 3, r -> square(r.nextDouble() < .5 ? r.nextGaussian() : 9 + r.nextGaussian()));
        assertFalse(CutOff.of(scores).significant(.01, 1));
    }

    @Test
    void fewOrEqualOrInfiniteScoresSayNothing() {
        assertEquals(1, CutOff.of(new double[29]).pValue());
        assertEquals(1, CutOff.of(new double[100]).pValue());
        assertEquals(0, new RemovalRule.Automatic(.01).removed(new double[0], 0));
        final double[] broken = sample(100, 1, SplittableRandom::nextDouble);
        broken[99] = Double.POSITIVE_INFINITY;
        assertEquals(0, CutOff.of(broken).above());
    }

    @Test
    void classesAreRankedBySuspicion() {
        final var scores = new double[3000];
        final var labels = new int[3000];
        final var random = new SplittableRandom(5);
        for (int i = 0; i < 3000; i++) {
            labels[i] = i % 3;
            scores[i] = square(random.nextGaussian() + (labels[i] == 1 && i < 300 ? 9 : 0));
        }
        final List<Suspicion> suspicions = Suspicion.of(labels, 4, scores, .01);
        assertEquals(1, suspicions.get(1).rank());
        assertEquals(List.of(false, true, false, false), suspicions.stream().map(Suspicion::poisoned).toList());
        final List<String> keys = IntStream.range(0, 3000).mapToObj(i -> "k" + i).toList();
        final boolean[] removed = TopKSelection.select(labels, 4, scores, keys, new RemovalRule.Automatic(.01), true);
        int found = 0;
        int others = 0;
        for (int i = 0; i < 3000; i++) {
            found += removed[i] && labels[i] == 1 && i < 300 ? 1 : 0;
            others += removed[i] && !(labels[i] == 1 && i < 300) ? 1 : 0;
        }
        assertTrue(found >= 98 && others <= 3, found + " of 100 poisons, " + others + " others");
    }
}
