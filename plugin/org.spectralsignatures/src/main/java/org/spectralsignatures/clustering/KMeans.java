package org.spectralsignatures.clustering;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * k-means (Lloyd 1982): clusters whose rows are nearer to the mean of their own cluster than to that of another one, by Euclidean distance. First centres are
 * drawn by k-means++ (Arthur and Vassilvitskii 2007) with some trials for each, of which the best one is kept. Same matrix and seed give the same clusters
 * on any number of threads; the matrix is read row by row and never held in memory.
 *
 * @param clusters k, from 2 to {@value #MOST_CLUSTERS}
 * @param seed of the draw of the first centres
 */
public record KMeans(int clusters, long seed) {

    /** The largest k. */
    public static final int MOST_CLUSTERS = 1000;

    private static final int MOST_ROUNDS = 300;

    /** The first centres are found in this share of the time. */
    private static final double SHARE_OF_SEEDS = .3;

    /** Centres and sums get at most this share of the memory. */
    private static final int SHARE_OF_MEMORY = 4;

    /** @throws IllegalArgumentException unless there are 2 to {@value #MOST_CLUSTERS} clusters */
    public KMeans {
        if (clusters < 2 || clusters > MOST_CLUSTERS) {
            throw new IllegalArgumentException("%d clusters cannot be made, but 2 to %d.".formatted(clusters, MOST_CLUSTERS));
        }
    }

    /**
     * @param file of a matrix of finite values, {@code [n, d]}
     * @param monitor progress and cancellation
     * @return the clusters
     * @throws IOException if the file cannot be read, or has fewer different rows than there shall be clusters
     * @throws TaskCancelledException if the monitor said so
     */
    public Clusters find(final Path file, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try (NpyMatrix matrix = NpyMatrix.open(file)) {
            return find(matrix, monitor);
        }
    }

    private Clusters find(final NpyMatrix matrix, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (matrix.rows() < clusters) {
            throw new IOException("There are %d rows, of which %d clusters cannot be made. Set fewer clusters.".formatted(matrix.rows(), clusters));
        }
        final long bytes = 2L * clusters * matrix.columns() * Double.BYTES;
        if (bytes > Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY) {
            throw new IOException("%d clusters of %d values a row take %d MB of memory. Set fewer clusters, or give Java at least %d MB (-Xmx).".formatted(clusters,
                matrix.columns(), bytes >> 20, SHARE_OF_MEMORY * bytes >> 20));
        }
        final double[][] centres = new Seeding(matrix, new SplittableRandom(seed)).centres(clusters, monitor.part(0, SHARE_OF_SEEDS));
        final var lloyd = new Lloyd(matrix, centres);
        return lloyd.run(MOST_ROUNDS, monitor.part(SHARE_OF_SEEDS, 1));
    }
}
