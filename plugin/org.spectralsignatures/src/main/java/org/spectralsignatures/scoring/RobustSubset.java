package org.spectralsignatures.scoring;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * The rows that a covariance is to be estimated from where some of them are outliers: those of the minimum covariance
 * determinant (Rousseeuw and Van Driessen 1999), found by concentration steps from a few starts that need no random draw.
 */
final class RobustSubset {

    private static final int MAX_STEPS = 30;

    private RobustSubset() {
    }

    /**
     * @param points each of at least k coordinates
     * @param k number of coordinates that count
     * @param size number of rows to take, more than k
     * @param matrix asked before each step whether to go on
     * @return the rows, ascending
     */
    static int[] of(final double[][] points, final int k, final int size, final ClassMatrix matrix) throws TaskCancelledException {
        int[] best = null;
        double smallest = Double.POSITIVE_INFINITY;
        for (double[] distances : new double[][]{leading(points), standardised(points, k)}) {
            int[] rows = nearest(distances, size);
            var moments = new Moments(points, rows, k, matrix);
            for (int step = 0; step < MAX_STEPS; step++) {
                matrix.checkCancelled();
                final Moments current = moments;
                final int[] next = nearest(Arrays.stream(points).parallel().mapToDouble(current::squaredDistance).toArray(), size);
                if (Arrays.equals(next, rows)) {
                    break;
                }
                rows = next;
                moments = new Moments(points, rows, k, matrix);
            }
            if (moments.logDeterminant() < smallest) {
                smallest = moments.logDeterminant();
                best = rows;
            }
        }
        return best;
    }

    /** By the first coordinate, the direction of largest variance: the spectral signature's own order. */
    private static double[] leading(final double[][] points) {
        return Arrays.stream(points).mapToDouble(p -> p[0] * p[0]).toArray();
    }

    /** By the coordinates less their medians, divided by their median absolute deviations. */
    private static double[] standardised(final double[][] points, final int k) {
        final var distances = new double[points.length];
        for (int j = 0; j < k; j++) {
            final int column = j;
            final double median = median(Arrays.stream(points).mapToDouble(p -> p[column]).toArray());
            final double deviation = median(Arrays.stream(points).mapToDouble(p -> Math.abs(p[column] - median)).toArray());
            for (int i = 0; i < points.length && deviation > 0; i++) {
                final double z = (points[i][j] - median) / deviation;
                distances[i] += z * z;
            }
        }
        return distances;
    }

    private static double median(final double[] values) {
        Arrays.sort(values);
        final int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /** @return indices of the smallest distances, ascending; of equal ones the first */
    private static int[] nearest(final double[] distances, final int size) {
        return IntStream.range(0, distances.length).boxed().sorted((a, b) -> Double.compare(distances[a], distances[b])).limit(size)
            .mapToInt(Integer::intValue).sorted().toArray();
    }
}
