package org.spectralsignatures.spark.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.scoring.Vectors;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.vector.ClassSizes;
import org.spectralsignatures.spark.vector.RowBlock;

/** Directions are those of the covariance, whatever the number of parts and however little memory the driver has. */
class DirectionSearchTest {

    private static final int COLUMNS = 40;

    private static final int CLASSES = 5;

    private static final int STARTS = DirectionSearch.starts(2);

    private static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(SparkSession.builder().config(new SparkConf().setMaster("local[2]").setAppName("tests")
            .set("spark.ui.enabled", "false").set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")).getOrCreate().sparkContext());
    }

    /** Blocks of different sizes, far from zero, so that means matter. */
    private static List<RowBlock> blocks() {
        final var random = new SplittableRandom(3);
        final List<RowBlock> blocks = new ArrayList<>();
        for (int b = 0; b < 140; b++) {
            final int rows = 1 + b % 4;
            final var values = new float[rows * COLUMNS];
            final var weights = new float[rows * STARTS];
            for (int r = 0; r < rows; r++) {
                final double common = random.nextGaussian();
                for (int k = 0; k < COLUMNS; k++) {
                    values[r * COLUMNS + k] = (float)(100 + b % CLASSES + random.nextGaussian() * (k < 5 ? 2 : .5) + common * (k % 3));
                }
            }
            for (int w = 0; w < weights.length; w++) {
                weights[w] = (float)(random.nextDouble() - .5);
            }
            blocks.add(new RowBlock(b % CLASSES, rows, values, weights, null));
        }
        return blocks;
    }

    private static List<Direction> search(final int parts, final DriverMemory memory) {
        final JavaRDD<RowBlock> blocks = context().parallelize(blocks(), parts);
        final List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
        final List<Direction> found = new ArrayList<>();
        new DirectionSearch(context(), blocks, new ClassSizes(names, new long[CLASSES], COLUMNS), 2, memory).run(found::addAll);
        found.sort(Comparator.comparingInt(Direction::label));
        return found;
    }

    @Test
    void directionsAreThoseOfTheCovariance() {
        final List<Direction> found = search(70, new DriverMemory(1 << 30, COLUMNS)); // three levels of sums
        assertEquals(CLASSES, found.size());
        for (Direction direction : found) {
            final double[][] covariance = covariance(direction.label(), direction.mean());
            final var exact = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
            for (int j = 0; j < 2; j++) {
                final double cosine = Math.abs(Vectors.dot(exact.getEigenvector(j).toArray(), direction.vectors()[j]));
                assertEquals(1, cosine, 1e-12);
                assertEquals(exact.getRealEigenvalue(j), direction.values()[j] * direction.values()[j], 1e-10 * exact.getRealEigenvalue(0));
            }
            double trace = 0;
            for (int k = 0; k < COLUMNS; k++) {
                trace += covariance[k][k];
            }
            assertEquals(trace, direction.squaredNorm(), 1e-11 * trace);
            assertTrue(direction.angle() < 1e-7);
        }
    }

    private static double[][] covariance(final int label, final double[] foundMean) {
        final List<double[]> rows = new ArrayList<>();
        for (RowBlock block : blocks()) {
            for (int r = 0; r < block.rows() && block.label() == label; r++) {
                final var x = new double[COLUMNS];
                for (int k = 0; k < COLUMNS; k++) {
                    x[k] = block.values()[r * COLUMNS + k];
                }
                rows.add(x);
            }
        }
        final var mean = new double[COLUMNS];
        rows.forEach(x -> Vectors.add(mean, 1. / rows.size(), x));
        assertArrayEquals(mean, foundMean, 1e-10);
        final var covariance = new double[COLUMNS][COLUMNS];
        for (double[] x : rows) {
            Vectors.add(x, -1, mean);
            for (int k = 0; k < COLUMNS; k++) {
                Vectors.add(covariance[k], x[k], x);
            }
        }
        return covariance;
    }

    @Test
    void littleMemoryMeansFewerClassesAtATimeAndTheSameBits() {
        final List<Direction> together = search(7, new DriverMemory(1 << 30, COLUMNS));
        // room for two usual processes: three waves; and for so few vectors that classes are put off in the middle
        for (long bytes : new long[]{2L * 40 * COLUMNS * Double.BYTES, 90L * COLUMNS * Double.BYTES, 10L * COLUMNS * Double.BYTES}) {
            final List<Direction> apart = search(7, new DriverMemory(bytes, COLUMNS));
            assertEquals(CLASSES, apart.size());
            for (int c = 0; c < CLASSES; c++) {
                assertArrayEquals(together.get(c).mean(), apart.get(c).mean());
                assertArrayEquals(together.get(c).vectors(), apart.get(c).vectors());
            }
        }
    }

    @Test
    void driversThatAreTooSmallForOneClassAreRefusedAtTheStart() {
        final String message = assertThrows(Refusal.class, () -> new DriverMemory(100L << 20, 1 << 17).check()).getMessage();
        assertTrue(message.startsWith("Vectors of 131,072 values need up to 340 MB of the driver for a single class, and 100 MB are there for them"), message);
        new DriverMemory(400L << 20, 1 << 17).check();
    }
}
