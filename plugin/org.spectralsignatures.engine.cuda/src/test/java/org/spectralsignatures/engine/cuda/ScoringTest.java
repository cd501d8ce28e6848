package org.spectralsignatures.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.engine.Algebra;
import org.spectralsignatures.engine.DeviceUse;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.scoring.EnsembleScorer;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.ScoringResult;
import org.spectralsignatures.scoring.SpectralScorer;

/**
 * The library's scorer with a device of the processor's as its engine, against the same scorer on the processor: scores, ranks and verdicts of whole sets.
 * Skipped where there is no compiler of C++.
 */
class ScoringTest {

    /**
     * Bound on the sine of the angle between a direction that the scorer found and the true one, which it keeps to on either processor. Two such directions
     * differ by at most twice as much, and squares of projections on them by four times as much of the row's squared length.
     */
    private static final double ANGLE = 1e-5;

    /** Of what needs no direction: sums of single precision on the processor, of double precision on the device. */
    private static final double ROUNDING = 1e-6;

    private static final long SEED = 5;

    private static final long LARGE = 1L << 30;

    @TempDir
    Path folder;

    private final EmulatedDevices devices = new EmulatedDevices();

    private final CudaEngine engine = new CudaEngine(devices, null);

    private int opened;

    /** The rows of a class: how many, and what is in them. */
    private record Rows(String name, int count, Kind kind) {
    }

    private enum Kind {

        /** Along a direction, with poison along another one. */
        POISONED,

        /** Along three directions. */
        CLEAN,

        /** Each row three times. */
        REPEATED,

        /** All the same. */
        EQUAL
    }

    /** Some classes, their rows in any order. */
    private record Set(NpyMatrix matrix, int[] labels, List<String> classes, List<String> keys) implements AutoCloseable {

        ScoringResult score(final Algebra algebra, final ScoringMethod.ByClass method) throws Exception {
            return SpectralScorer.score(matrix.on(algebra), labels, classes, keys, method, SEED, TaskMonitor.none());
        }

        List<Suspicion> verdicts(final ScoringResult result) {
            return Suspicion.of(labels, classes.size(), result.scores(), .05);
        }

        int[] of(final int label) {
            return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
        }

        @Override
        public void close() throws Exception {
            matrix.close();
        }
    }

    @BeforeAll
    static void build() {
        EmulatedDevice.require();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertEquals(0, devices.left());
    }

    private static double[] direction(final Random random, final int columns) {
        return random.doubles(columns, -1, 1).toArray();
    }

    private static void add(final float[] row, final double factor, final double[] direction) {
        for (int k = 0; k < row.length; k++) {
            row[k] += (float)(factor * direction[k]);
        }
    }

    private static float[][] rows(final Rows rows, final int columns, final Random random) {
        final double[] mean = direction(random, columns);
        final double[][] directions = {direction(random, columns), direction(random, columns), direction(random, columns)};
        final double[] poison = direction(random, columns);
        final var values = new float[rows.count][columns];
        for (int i = 0; i < rows.count; i++) {
            if (rows.kind == Kind.REPEATED && i % 3 != 0 || rows.kind == Kind.EQUAL && i > 0) {
                values[i] = values[i - 1];
                continue;
            }
            final float[] row = values[i];
            add(row, 3, mean);
            for (int j = 0; j < directions.length; j++) {
                add(row, random.nextGaussian() / (1 + j), directions[j]);
            }
            add(row, rows.kind == Kind.POISONED && i % 12 == 5 ? 6 : 0, poison);
            for (int k = 0; k < columns; k++) {
                row[k] += (float)(random.nextDouble() - .5);
            }
        }
        return values;
    }

    private Set set(final int columns, final Rows... rows) throws Exception {
        final var random = new Random(11);
        final var labels = new ArrayList<Integer>();
        for (int c = 0; c < rows.length; c++) {
            for (int i = 0; i < rows[c].count; i++) {
                labels.add(random.nextInt(1 + labels.size() / 40) == 0 ? labels.size() : random.nextInt(1 + labels.size()), c); // partly together, partly one by one
            }
        }
        final float[][][] values = Arrays.stream(rows).map(r -> rows(r, columns, random)).toArray(float[][][]::new);
        final var next = new int[rows.length];
        final Path file = folder.resolve("activations.npy");
        try (var matrix = NpyMatrix.create(file, labels.size(), columns)) {
            for (int i = 0; i < labels.size(); i++) {
                matrix.writeRow(i, values[labels.get(i)][next[labels.get(i)]++], 0);
            }
        }
        return new Set(NpyMatrix.open(file), labels.stream().mapToInt(Integer::intValue).toArray(), Arrays.stream(rows).map(Rows::name).toList(),
            IntStream.range(0, labels.size()).mapToObj(i -> "Row" + (labels.size() - i)).toList());
    }

    /** Vectors longer than there are rows, in classes of which some are too small to be taken to a device. */
    private Set several() throws Exception {
        return set(8_700, new Rows("poisoned", 132, Kind.POISONED), new Rows("one", 1, Kind.CLEAN), new Rows("clean", 123, Kind.CLEAN), new Rows("none", 0, Kind.CLEAN),
            new Rows("repeated", 126, Kind.REPEATED), new Rows("equal", 121, Kind.EQUAL), new Rows("small", 40, Kind.POISONED));
    }

    /** As long as a device has so many bytes; counts those that are opened, one a class. */
    private CudaEngine with(final long bytes) {
        opened = 0;
        devices.change(device -> {
            opened++;
            return device.withMemory(bytes);
        });
        return engine;
    }

    /** In the order of the ranks here the scores there may rise by no more than both may be off; equal rows have equal scores, and the order of their keys. */
    private static void assertRanks(final Set set, final ScoringResult expected, final ScoringResult found, final double[] tolerance) {
        for (int c = 0; c < set.classes.size(); c++) {
            final int[] ranked = Arrays.stream(set.of(c)).boxed().sorted(Comparator.comparingInt(i -> expected.ranks()[i])).mapToInt(i -> i).toArray();
            for (int r = 1; r < ranked.length; r++) {
                final int above = ranked[r - 1];
                final int below = ranked[r];
                assertTrue(found.scores()[below] <= found.scores()[above] + tolerance[above] + tolerance[below], set.classes.get(c) + ", rank " + r);
                if (expected.scores()[above] == expected.scores()[below]) {
                    assertEquals(found.scores()[above], found.scores()[below], set.classes.get(c));
                    assertTrue(found.ranks()[above] < found.ranks()[below], set.classes.get(c));
                }
                if (expected.scores()[above] - expected.scores()[below] > tolerance[above] + tolerance[below]) {
                    assertTrue(found.ranks()[above] < found.ranks()[below], set.classes.get(c) + ", rank " + r);
                }
            }
        }
    }

    private static void assertVerdicts(final Set set, final ScoringResult expected, final ScoringResult found) {
        final List<Suspicion> verdicts = set.verdicts(expected);
        final List<Suspicion> others = set.verdicts(found);
        for (int c = 0; c < verdicts.size(); c++) {
            final String name = set.classes.get(c);
            assertEquals(verdicts.get(c).verdict().text(), others.get(c).verdict().text(), name);
            assertEquals(verdicts.get(c).rank(), others.get(c).rank(), name);
            if (verdicts.get(c).poisoned()) {
                assertArrayEquals(verdicts.get(c).apart(), others.get(c).apart(), name);
            }
        }
    }

    /** @param tolerance of each score */
    private static void assertSame(final Set set, final ScoringResult expected, final ScoringResult found, final double[] tolerance) {
        for (int i = 0; i < tolerance.length; i++) {
            assertEquals(expected.scores()[i], found.scores()[i], tolerance[i], set.classes.get(set.labels[i]) + ", row " + i);
        }
        assertRanks(set, expected, found, tolerance);
        assertVerdicts(set, expected, found);
        for (int c = 0; c < set.classes.size(); c++) {
            final var one = expected.statistics().get(c);
            final var other = found.statistics().get(c);
            assertEquals(one.label(), other.label());
            assertEquals(one.rows(), other.rows());
            if (one.rows() > 0) { // else there are no numbers
                assertEquals(one.meanNorm(), other.meanNorm(), ROUNDING * one.meanNorm());
            }
            if (Double.isNaN(one.explainedVariance())) {
                assertEquals(one.explainedVariance(), other.explainedVariance());
            } else {
                assertEquals(one.explainedVariance(), other.explainedVariance(), ANGLE);
            }
            assertTrue(other.angle() <= ANGLE && one.angle() <= ANGLE, one.label());
        }
    }

    /** @return the squared lengths of the rows, from the mean of their class */
    private static double[] squares(final Set set) throws Exception {
        return Arrays.stream(set.score(new Algebra() { }, new ScoringMethod.L2Norm()).scores()).map(norm -> norm * norm).toArray();
    }

    private void compare(final Set set, final ScoringMethod.ByClass method, final long memory, final int taken, final double[] tolerance) throws Exception {
        final ScoringResult expected = set.score(new Algebra() { }, method);
        final ScoringResult found = set.score(with(memory), method);
        assertEquals(taken, opened);
        assertSame(set, expected, found, tolerance);
    }

    private static double[] times(final double factor, final double[] values) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    @Test
    void whatIsPoisonedIsFound() throws Exception {
        try (Set set = several()) {
            final var use = new DeviceUse(with(LARGE));
            final List<Suspicion> verdicts = set.verdicts(set.score(use, new ScoringMethod.Paper(1)));
            assertEquals(engine.describe() + "; small classes on the CPU", use.describe());
            assertTrue(verdicts.get(0).poisoned(), verdicts.get(0).verdict().text());
            assertEquals(11, verdicts.get(0).apart().length);
            assertTrue(verdicts.subList(1, verdicts.size()).stream().noneMatch(Suspicion::poisoned));
        }
    }

    @Test
    void theSameBitsTwice() throws Exception {
        try (Set set = several()) {
            assertArrayEquals(set.score(with(LARGE), new ScoringMethod.Paper(1)).scores(), set.score(engine, new ScoringMethod.Paper(1)).scores());
        }
    }

    @Test
    void scoresByDirectionsAreThoseOfTheProcessor() throws Exception {
        try (Set set = several()) {
            final double[] squares = squares(set);
            compare(set, new ScoringMethod.Paper(1), LARGE, 4, times(4 * ANGLE, squares));
            compare(set, new ScoringMethod.Paper(3), LARGE, 4, times(3 * 4 * ANGLE, squares));
        }
    }

    @Test
    void aClassLargerThanItsPiecesIsScoredTheSame() throws Exception {
        try (Set set = several()) {
            final double[] squares = squares(set);
            final long pieces = 3_500_000; // for 4.2 to 4.6 MB of a class, and for what is computed
            compare(set, new ScoringMethod.Paper(1), pieces, 4, times(4 * ANGLE, squares));
            final double[] resident = set.score(with(LARGE), new ScoringMethod.Paper(3)).scores();
            compare(set, new ScoringMethod.Paper(3), pieces, 4, times(3 * 4 * ANGLE, squares));
            final double[] streamed = set.score(engine, new ScoringMethod.Paper(3)).scores();
            for (int i = 0; i < squares.length; i++) {
                assertEquals(resident[i], streamed[i], 1e-9 * squares[i]); // sums in another order
            }
        }
    }

    @Test
    void scoresWithoutDirectionsAreThoseOfTheProcessor() throws Exception {
        try (Set set = several()) {
            final double[] squares = squares(set);
            final double[] lengths = Arrays.stream(squares).map(Math::sqrt).toArray();
            compare(set, new ScoringMethod.L2Norm(), LARGE, 4, times(ROUNDING, lengths));
            compare(set, new ScoringMethod.RandomVector(), LARGE, 4, times(ROUNDING, lengths));
        }
    }

    /** They take a space of directions, not each by itself, and some divide by how little the rows vary along it, which makes more of what it is off. */
    @Test
    void methodsOnManyDirectionsComeToTheSame() throws Exception {
        try (Set set = set(5_100, new Rows("poisoned", 216, Kind.POISONED), new Rows("clean", 210, Kind.CLEAN))) {
            for (ScoringMethod.ByClass method : List.of(new ScoringMethod.ActivationClustering(4), new ScoringMethod.Spectre(6, .1), new ScoringMethod.ReferenceCode(1))) {
                final ScoringResult expected = set.score(new Algebra() { }, method);
                final double largest = Arrays.stream(expected.scores()).map(Math::abs).max().orElseThrow();
                compare(set, method, LARGE, 2, IntStream.range(0, set.labels.length).mapToDouble(i -> 1e-3 * largest).toArray());
            }
        }
    }

    @Test
    void severalMethodsAtOnceComeToTheSame() throws Exception {
        try (Set set = set(5_100, new Rows("poisoned", 216, Kind.POISONED), new Rows("clean", 210, Kind.CLEAN))) {
            final var method = new ScoringMethod.Ensemble(.1);
            final var expected = EnsembleScorer.score(set.matrix.on(new Algebra() { }), 1, set.labels, set.classes, set.keys, method, SEED, TaskMonitor.none());
            final var found = EnsembleScorer.score(set.matrix.on(with(LARGE)), 1, set.labels, set.classes, set.keys, method, SEED, TaskMonitor.none());
            assertEquals(6, opened);
            assertArrayEquals(expected.result().scores(), found.result().scores(), 3. / 210); // a rank or two of neighbours
            assertVerdicts(set, expected.result(), found.result());
        }
    }

    /** More rows than they are long. */
    @Test
    void manyShortVectors() throws Exception {
        try (Set set = set(257, new Rows("poisoned", 4_100, Kind.POISONED))) {
            compare(set, new ScoringMethod.Paper(1), LARGE, 1, times(4 * ANGLE, squares(set)));
        }
    }

    /** One image has no direction, two have one; as vectors they are long enough for a device. */
    @Test
    void classesOfOneAndTwoLongVectors() throws Exception {
        try (Set set = set(1_100_003, new Rows("two", 2, Kind.CLEAN), new Rows("one", 1, Kind.CLEAN))) {
            compare(set, new ScoringMethod.Paper(1), LARGE, 2, times(4 * ANGLE, squares(set)));
            final int one = set.of(1)[0];
            final ScoringResult found = set.score(engine, new ScoringMethod.Paper(1));
            assertEquals(0, found.scores()[one]);
            assertEquals(1, found.ranks()[one]);
            assertEquals(1, found.statistics().get(0).explainedVariance(), 1e-9);
        }
    }
}
