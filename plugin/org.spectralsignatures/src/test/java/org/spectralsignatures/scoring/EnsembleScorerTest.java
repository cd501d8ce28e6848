package org.spectralsignatures.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.scoring.EnsembleScorer.Ensemble;
import org.spectralsignatures.scoring.EnsembleScorer.Member;

/** The ranking by several methods at once, held against the rankings of the methods themselves. */
class EnsembleScorerTest {

    private static final int ROWS = 150;

    private static final int CHANNELS = 6;

    private static final int POSITIONS = 4;

    private static final double EPSILON = .1;

    /** Three classes, the last of two images. */
    private static final int[] LABELS = IntStream.range(0, ROWS).map(i -> i < 90 ? 0 : i < 148 ? 1 : 2).toArray();

    private static final List<String> CLASSES = List.of("a", "b", "c");

    private static final List<String> KEYS = IntStream.range(0, ROWS).mapToObj(i -> "row" + i).toList();

    @TempDir
    Path folder;

    private interface Use<T> {
        T of(NpyMatrix matrix) throws Exception;
    }

    private <T> T with(final float[][] rows, final Use<T> use) throws Exception {
        final Path file = Files.createTempFile(folder, "ensemble", ".npy");
        Files.delete(file);
        try (var matrix = NpyMatrix.create(file, rows.length, rows[0].length)) {
            for (int i = 0; i < rows.length; i++) {
                matrix.writeRow(i, rows[i], 0);
            }
            return use.of(matrix);
        }
    }

    private static float[][] rows(final long seed) {
        final var random = new SplittableRandom(seed);
        final var rows = new float[ROWS][CHANNELS * POSITIONS];
        for (float[] row : rows) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (float)(random.nextGaussian() * (1 + k % 5));
            }
        }
        return rows;
    }

    private Ensemble ensemble(final float[][] rows, final int positions) throws Exception {
        return with(rows, m -> EnsembleScorer.score(m, positions, LABELS, CLASSES, KEYS, new ScoringMethod.Ensemble(EPSILON), 1, TaskMonitor.none()));
    }

    private ScoringResult alone(final float[][] rows, final ScoringMethod.ByClass method) throws Exception {
        return with(rows, m -> SpectralScorer.score(m, LABELS, CLASSES, KEYS, method, 1, TaskMonitor.none()));
    }

    @Test
    void membersAreTheMethodsThemselves() throws Exception {
        final float[][] rows = rows(1);
        final Ensemble ensemble = ensemble(rows, POSITIONS);
        final var averages = new float[ROWS][CHANNELS];
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < CHANNELS; c++) {
                double sum = 0;
                for (int p = 0; p < POSITIONS; p++) {
                    sum += rows[i][c * POSITIONS + p];
                }
                averages[i][c] = (float)(sum / POSITIONS);
            }
        }
        final List<ScoringResult> alone = List.of(alone(rows, new ScoringMethod.Paper(1)), alone(rows, new ScoringMethod.Spectre(64, EPSILON)),
            alone(rows, new ScoringMethod.ActivationClustering(10)), alone(averages, new ScoringMethod.Spectre(48, EPSILON)));
        assertEquals(List.of("paper", "SPECTRE", "activation clustering", "SPECTRE on averages"), ensemble.members().stream().map(Member::name).toList());
        assertEquals(List.of(false, false, true, false), ensemble.members().stream().map(Member::twoEnded).toList());
        for (int m = 0; m < alone.size(); m++) {
            assertArrayEquals(alone.get(m).scores(), ensemble.members().get(m).result().scores(), 0, ensemble.members().get(m).name());
        }
        assertEquals(alone.get(0).statistics().get(0).singularValues(), ensemble.result().statistics().get(0).singularValues());
    }

    /** For each method, what it ranks first, and of clustering also what it ranks last, is among the first of the ensemble. */
    @Test
    void eachMembersFirstImageIsAmongTheFirst() throws Exception {
        final Ensemble ensemble = ensemble(rows(2), POSITIONS);
        for (Member member : ensemble.members()) {
            for (int i = 0; i < 148; i++) {
                final int n = LABELS[i] == 0 ? 90 : 58;
                final int rank = member.result().ranks()[i];
                if (rank == 1 || member.twoEnded() && rank == n) {
                    // one image may come first by each of four methods, and last by clustering
                    assertTrue(ensemble.result().ranks()[i] <= 5, member.name() + ": rank " + ensemble.result().ranks()[i]);
                    assertEquals((n - 1.) / n, ensemble.result().scores()[i], 1. / n, member.name());
                }
            }
        }
    }

    @Test
    void scoreIsTheLargestShareLeftBehindAndTheMeanBetweenEqualOnes() throws Exception {
        final Ensemble ensemble = ensemble(rows(3), POSITIONS);
        for (int i = 0; i < 90; i++) {
            final int row = i;
            final double[] behind = ensemble.members().stream().mapToDouble(m -> {
                final int rank = m.result().ranks()[row];
                return (m.twoEnded() ? Math.max(90 - rank, rank - 1) : 90 - rank) / 90.;
            }).toArray();
            final double most = Arrays.stream(behind).max().orElseThrow();
            final double mean = Arrays.stream(behind).average().orElseThrow();
            assertEquals(most - (1 - mean) / 90, ensemble.result().scores()[i], 1e-12);
        }
    }

    /** Equal images have equal ranks but for their keys: the ranking of ties does not depend on the order of the rows. */
    @Test
    void equalScoresAreRankedByKey() throws Exception {
        final Ensemble ensemble = ensemble(rows(4), 1);
        final double[] scores = ensemble.result().scores();
        assertEquals(scores[148], scores[149], 1e-12 + .5, "two images");
        assertArrayEquals(ClassRanks.of(LABELS, 3, scores, KEYS), ensemble.result().ranks());
        final Ensemble same = ensemble(new float[ROWS][CHANNELS], 1);
        assertEquals(List.of(1, 2), IntStream.of(0, 1).mapToObj(i -> same.members().get(0).result().ranks()[i]).toList(), "by key");
        assertTrue(Arrays.stream(same.result().scores()).allMatch(Double::isFinite));
    }

    @Test
    void sameSeedSameBits() throws Exception {
        assertArrayEquals(ensemble(rows(5), POSITIONS).result().scores(), ensemble(rows(5), POSITIONS).result().scores(), 0);
    }

    @Test
    void onePositionLeavesOutTheAverages() throws Exception {
        assertEquals(List.of("paper", "SPECTRE", "activation clustering"), ensemble(rows(6), 1).members().stream().map(Member::name).toList());
    }

    @Test
    void positionsThatDoNotDivideTheColumnsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ensemble(rows(7), 5));
        assertThrows(IllegalArgumentException.class, () -> ensemble(rows(7), 0));
    }

    /** Poison that is spread over many directions of small variance: SPECTRE shows it, the paper's score does not. */
    @Test
    void findsWhatTheFirstDirectionDoesNotShow() throws Exception {
        final float[][] rows = rows(8);
        for (int i = 0; i < 6; i++) {
            for (int k = 0; k < 24; k += 5) {
                rows[i][k] += 5; // five deviations each
            }
        }
        final Ensemble ensemble = ensemble(rows, 1);
        assertTrue(IntStream.range(0, 6).filter(i -> ensemble.result().ranks()[i] <= 18).count() >= 5);
    }
}
