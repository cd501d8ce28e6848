package org.spectralsignatures.scoring;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * The two subgroups that points of one class, of covariance 1, fall into best: by turns the direction between the subgroups' means
 * (Fisher's discriminant, since the covariance is 1) and the cut along it with the largest variance between both sides.
 */
final class TwoSubgroups {

    private static final int STARTS = 3;

    private static final int MAX_ROUNDS = 100;

    private final double[][] points;

    private boolean[] smaller;

    private double between = -1;

    /**
     * @param points {@code [n, k]}, n at least 2
     * @param matrix asked before each round whether to go on
     */
    TwoSubgroups(final double[][] points, final ClassMatrix matrix) throws TaskCancelledException {
        this.points = points;
        final int[] all = IntStream.range(0, points.length).toArray();
        final double[][] axes = new Moments(points, all, points[0].length, matrix).axes();
        for (int start = 0; start < Math.min(STARTS, axes.length); start++) {
            improve(axes[start], matrix);
        }
    }

    private void improve(final double[] start, final ClassMatrix matrix) throws TaskCancelledException {
        double[] direction = start;
        boolean[] groups = null;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            matrix.checkCancelled();
            final boolean[] next = cut(direction);
            if (next == null || Arrays.equals(next, groups)) {
                break;
            }
            groups = next;
            direction = mean(groups, true);
            Vectors.add(direction, -1, mean(groups, false));
        }
        if (groups != null) {
            final double share = (double)count(groups) / groups.length;
            final double sum = groups.length * share * (1 - share) * Vectors.dot(direction, direction);
            if (sum > between) {
                between = sum;
                smaller = groups;
            }
        }
    }

    /** @return which points lie on the side of fewer points; null if all lie in one place */
    private boolean[] cut(final double[] direction) {
        final int n = points.length;
        final double[] t = Arrays.stream(points).mapToDouble(p -> Vectors.dot(direction, p)).toArray();
        final int[] order = IntStream.range(0, n).boxed().sorted((a, b) -> Double.compare(t[a], t[b])).mapToInt(Integer::intValue).toArray();
        final double mean = Arrays.stream(t).sum() / n;
        double sum = 0;
        double largest = 0;
        int below = 0;
        for (int i = 1; i < n; i++) {
            sum += t[order[i - 1]] - mean;
            final double variance = sum * sum / i / (n - i);
            if (t[order[i - 1]] < t[order[i]] && variance > largest) {
                largest = variance;
                below = i;
            }
        }
        if (below == 0) {
            return null;
        }
        final var side = new boolean[n];
        final boolean high = 2 * below >= n;
        for (int i = 0; i < n; i++) {
            side[order[i]] = i >= below == high;
        }
        return side;
    }

    private static int count(final boolean[] groups) {
        int count = 0;
        for (boolean member : groups) {
            count += member ? 1 : 0;
        }
        return count;
    }

    private double[] mean(final boolean[] groups, final boolean which) {
        return SharedCovariance.mean(points, IntStream.range(0, groups.length).filter(i -> groups[i] == which).toArray());
    }

    /** @return twice the logarithm of the likelihood of two subgroups over that of one, an image; 0 if all points lie in one place */
    double ratio() {
        return Math.max(0, between) / points.length;
    }

    /** @return for each point the logarithm of the odds that it belongs to the smaller subgroup */
    double[] logOdds() {
        if (smaller == null) {
            return new double[points.length];
        }
        final double[] few = mean(smaller, true);
        final double[] many = mean(smaller, false);
        final double share = (double)count(smaller) / points.length;
        final double[] direction = few.clone();
        Vectors.add(direction, -1, many);
        final double constant = (Vectors.dot(many, many) - Vectors.dot(few, few)) / 2 + Math.log(share / (1 - share));
        return Arrays.stream(points).mapToDouble(p -> Vectors.dot(direction, p) + constant).toArray();
    }
}
