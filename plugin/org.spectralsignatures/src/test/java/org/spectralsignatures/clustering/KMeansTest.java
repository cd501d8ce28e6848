package org.spectralsignatures.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;

/** Compared with scikit-learn, whose numbers {@code kmeans.py} prints. */
class KMeansTest {

    private static final int ROWS = 60;

    private static final int COLUMNS = 3;

    @TempDir
    Path folder;

    private Path matrix(final int rows, final IntFunction<float[]> row) throws IOException {
        final Path file = folder.resolve("matrix.npy");
        try (NpyMatrix matrix = NpyMatrix.create(file, rows, row.apply(0).length)) {
            for (int i = 0; i < rows; i++) {
                matrix.writeRow(i, row.apply(i), 0);
            }
        }
        return file;
    }

    private static float[] rule(final int i) {
        final float[] row = new float[COLUMNS];
        for (int j = 0; j < COLUMNS; j++) {
            row[j] = (i * 31 + j * 17 + i * j * 7) % 97 / 10f + i % 3 * 2;
        }
        return row;
    }

    /** Three heaps of 300, 200 and 100 rows in 70 dimensions, a part of which is noise. */
    private static float[] heaps(final int i) {
        final float[] row = new float[70];
        for (int j = 0; j < row.length; j++) {
            row[j] = (i * 131 + j * 71) % 53 / 53f + (j == heap(i) ? 10 : 0);
        }
        return row;
    }

    private static int heap(final int i) {
        return i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2;
    }

    private static double[] centre(final float[] row) {
        final double[] centre = new double[row.length];
        Arrays.setAll(centre, j -> row[j]);
        return centre;
    }

    @ParameterizedTest
    @CsvSource({"4, false, 785.8336724290, 4, 012303313312202312303013321131031032021021131031132032023122",
        "2, false, 1206.4570270249, 6, 011001010011101011001010011101011001011011101011101011011011",
        "3, true, 782.5424588536, 10, 012313313312202012303013321132032032021021131031132032023122"})
    void clustersAreThoseOfScikitLearn(final int k, final boolean hasEmpty, final double inertia, final int rounds, final String labels) throws Exception {
        try (NpyMatrix matrix = NpyMatrix.open(matrix(ROWS, KMeansTest::rule))) {
            final double[][] centres = new double[hasEmpty ? k + 1 : k][];
            Arrays.setAll(centres, c -> centre(rule(c)));
            if (hasEmpty) {
                Arrays.fill(centres[k], 1e6);
            }
            final Clusters found = new Lloyd(matrix, centres).run(300, TaskMonitor.none());
            final Clusters expected = Clusters.of(labels.chars().map(c -> c - '0').toArray(), centres.length, inertia, rounds, true);
            assertArrayEquals(expected.labels(), found.labels());
            assertArrayEquals(expected.sizes(), found.sizes());
            assertEquals(inertia, found.inertia(), 1e-9 * inertia);
            assertEquals(rounds, found.rounds());
            assertTrue(found.isSettled());
        }
    }

    @Test
    void aRunThatIsCutShortSaysSoAndMeasuresWhatItHas() throws Exception {
        try (NpyMatrix matrix = NpyMatrix.open(matrix(ROWS, KMeansTest::rule))) {
            final double[][] centres = {centre(rule(0)), centre(rule(1))};
            final Clusters found = new Lloyd(matrix, centres).run(2, TaskMonitor.none());
            assertFalse(found.isSettled());
            double inertia = 0;
            for (int c = 0; c < 2; c++) {
                for (int j = 0; j < COLUMNS; j++) {
                    double sum = 0;
                    double squares = 0;
                    for (int i = 0; i < ROWS; i++) {
                        if (found.labels()[i] == c) {
                            sum += rule(i)[j];
                            squares += (double)rule(i)[j] * rule(i)[j];
                        }
                    }
                    inertia += squares - sum * sum / found.sizes()[c];
                }
            }
            assertEquals(inertia, found.inertia(), 1e-9 * inertia);
            assertTrue(found.note().endsWith("They were still changing after 2 rounds."), found.note());
        }
    }

    @Test
    void heapsAreFoundAndNamedByTheirSizes() throws Exception {
        final Clusters found = new KMeans(3, 1).find(matrix(600, KMeansTest::heaps), TaskMonitor.none());
        assertArrayEquals(new int[]{300, 200, 100}, found.sizes());
        for (int i = 0; i < 600; i++) {
            assertEquals(heap(i), found.labels()[i]);
        }
        assertEquals(List.of("cluster 1", "cluster 2", "cluster 3"), found.names());
        assertTrue(found.note().startsWith("The classes are 3 clusters that k-means made, of 300, 200, 100 rows; sum of squared distances to their means: "), found.note());
        final Clusters many = new KMeans(12, 1).find(folder.resolve("matrix.npy"), TaskMonitor.none());
        assertTrue(many.note().contains(" and fewer (down to %d) rows; ".formatted(many.sizes()[11])), many.note());
        final var poisoned = new BitSet();
        final List<String> keys = List.of("a");
        final LabelledRows rows = found.label(new LabelledRows(List.of("all"), new int[600], keys, poisoned));
        assertEquals(found.names(), rows.classes());
        assertEquals(found.labels(), rows.labels());
        assertEquals(keys, rows.keys());
        assertEquals(poisoned, rows.poisoned());
    }

    @Test
    void theSameSeedGivesTheSameOnAnyNumberOfThreads() throws Exception {
        final Path file = matrix(5000, i -> Arrays.copyOf(heaps(i * 7919 % 100_003), 40));
        final Clusters one = new ForkJoinPool(1).submit(() -> new KMeans(9, 5).find(file, TaskMonitor.none())).get();
        final Clusters many = new ForkJoinPool(7).submit(() -> new KMeans(9, 5).find(file, TaskMonitor.none())).get();
        assertArrayEquals(one.labels(), many.labels());
        assertEquals(one.inertia(), many.inertia());
        assertEquals(one.rounds(), many.rounds());
        final Clusters other = new KMeans(9, 6).find(file, TaskMonitor.none());
        assertFalse(Arrays.equals(one.labels(), other.labels()), "another seed draws other first centres");
    }

    @Test
    void tooFewRowsAreTold() throws Exception {
        final Path same = matrix(20, i -> new float[]{i % 2, 5});
        assertEquals("There are only 2 different rows, of which 3 clusters cannot be made. Set at most 2 clusters.",
            assertThrows(IOException.class, () -> new KMeans(3, 1).find(same, TaskMonitor.none())).getMessage());
        assertArrayEquals(new int[]{10, 10}, new KMeans(2, 1).find(same, TaskMonitor.none()).sizes());
        final Path equal = matrix(20, i -> new float[]{7, 5});
        assertEquals("There are only 1 different rows, of which 2 clusters cannot be made. Set one class for all.",
            assertThrows(IOException.class, () -> new KMeans(2, 1).find(equal, TaskMonitor.none())).getMessage());
        final Path few = matrix(3, i -> new float[]{i});
        assertEquals("There are 3 rows, of which 4 clusters cannot be made. Set fewer clusters.",
            assertThrows(IOException.class, () -> new KMeans(4, 1).find(few, TaskMonitor.none())).getMessage());
        assertArrayEquals(new int[]{1, 1, 1}, new KMeans(3, 1).find(few, TaskMonitor.none()).sizes());
        assertThrows(IllegalArgumentException.class, () -> new KMeans(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new KMeans(1001, 1));
    }

    @Test
    void cancellingIsHeardInEveryPart() throws Exception {
        final Path file = matrix(600, KMeansTest::heaps);
        final var asked = new AtomicInteger();
        final TaskMonitor counter = new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                assertTrue(fraction >= 0 && fraction <= 1, message);
            }

            @Override
            public void checkCancelled() {
                asked.incrementAndGet();
            }
        };
        new KMeans(3, 1).find(file, counter);
        final int all = asked.get();
        assertTrue(all > 8, all + " times");
        for (int last = 0; last < all; last++) {
            final var left = new AtomicInteger(last);
            assertThrows(TaskCancelledException.class, () -> new KMeans(3, 1).find(file, new TaskMonitor() {
                @Override
                public void progress(final double fraction, final String message) {
                    // not looked at
                }

                @Override
                public void checkCancelled() throws TaskCancelledException {
                    if (left.getAndDecrement() == 0) {
                        throw new TaskCancelledException();
                    }
                }
            }));
        }
    }
}
