package org.spectralsignatures.scoring;

import java.util.SplittableRandom;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * Activation clustering (Chen et al. 2018): 2-means in the space of the leading principal components; the smaller cluster is
 * suspect. The score is {@code (|x - a| - |x - b|) / |a - b|} for the centres a of the larger and b of the smaller cluster: it
 * lies between -1 and 1 and is positive for members of the smaller one.
 */
record ClusterScore(int directions, long seed) implements ClassScore {

    private static final int STARTS = 10;

    private static final int MAX_ROUNDS = 300;

    /** What 2-means found. */
    private static final class Clusters {
        final double[][] centres = new double[2][];

        boolean[] second;

        double error;
    }

    @Override
    public int certainDirections() {
        return 0;
    }

    @Override
    public double[] scores(final ClassMatrix matrix, final SingularVectors found) throws TaskCancelledException {
        final double[][] points = found.coordinates();
        final var random = new SplittableRandom(seed);
        Clusters best = null;
        for (int start = 0; start < STARTS; start++) {
            final Clusters clusters = cluster(points, random, matrix);
            if (best == null || clusters.error < best.error) {
                best = clusters;
            }
        }
        int second = 0;
        for (boolean member : best.second) {
            second += member ? 1 : 0;
        }
        final double[] small = best.centres[2 * second > points.length ? 0 : 1];
        final double[] large = best.centres[2 * second > points.length ? 1 : 0];
        final double apart = Math.sqrt(squaredDistance(small, large));
        final var scores = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            scores[i] = apart == 0 ? 0 : (Math.sqrt(squaredDistance(points[i], large)) - Math.sqrt(squaredDistance(points[i], small))) / apart;
        }
        return scores;
    }

    /** Lloyd's iteration from two centres drawn as k-means++ does (Arthur and Vassilvitskii 2007). */
    private static Clusters cluster(final double[][] points, final SplittableRandom random, final ClassMatrix matrix) throws TaskCancelledException {
        final var clusters = new Clusters();
        clusters.centres[0] = points[random.nextInt(points.length)].clone();
        clusters.centres[1] = farPoint(points, clusters.centres[0], random).clone();
        clusters.second = new boolean[points.length];
        for (int round = 0; round < MAX_ROUNDS && (assign(points, clusters) || round == 0); round++) {
            matrix.checkCancelled();
            move(points, clusters);
        }
        return clusters;
    }

    private static double[] farPoint(final double[][] points, final double[] centre, final SplittableRandom random) {
        final var sums = new double[points.length];
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            sum += squaredDistance(points[i], centre);
            sums[i] = sum;
        }
        final double drawn = random.nextDouble() * sum;
        int i = 0;
        while (i < points.length - 1 && sums[i] <= drawn) {
            i++;
        }
        return points[i];
    }

    private static boolean assign(final double[][] points, final Clusters clusters) {
        boolean changed = false;
        clusters.error = 0;
        for (int i = 0; i < points.length; i++) {
            final double first = squaredDistance(points[i], clusters.centres[0]);
            final double second = squaredDistance(points[i], clusters.centres[1]);
            changed |= clusters.second[i] != second < first;
            clusters.second[i] = second < first;
            clusters.error += Math.min(first, second);
        }
        return changed;
    }

    /** A cluster without members keeps its centre. */
    private static void move(final double[][] points, final Clusters clusters) {
        for (int c = 0; c < 2; c++) {
            final var sum = new double[points[0].length];
            int members = 0;
            for (int i = 0; i < points.length; i++) {
                if (clusters.second[i] == (c == 1)) {
                    Vectors.add(sum, 1, points[i]);
                    members++;
                }
            }
            if (members > 0) {
                Vectors.scale(sum, 1.0 / members);
                clusters.centres[c] = sum;
            }
        }
    }

    private static double squaredDistance(final double[] x, final double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += (x[k] - y[k]) * (x[k] - y[k]);
        }
        return sum;
    }
}
