package org.spectralsignatures.scoring;

import java.util.Arrays;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * Mean and leading singular values of some rows (the figures of the paper's Table 1).
 *
 * @param rows their number n
 * @param mean of the representations, {@code [d]}
 * @param singularValues the three largest of the centred rows, descending; 0 where there are fewer
 */
public record ClassSpectrum(int rows, double[] mean, double[] singularValues) { // NOSONAR never compared

    private static final int VALUES = 3;

    /**
     * @param activations the representations, {@code [n, d]}
     * @param rows which of them, at least one
     * @param monitor asked during each pass
     * @return their spectrum
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if there are no rows or a value is not finite
     */
    public static ClassSpectrum of(final NpyMatrix activations, final int[] rows, final TaskMonitor monitor) throws TaskCancelledException {
        if (rows.length == 0) {
            throw new IllegalArgumentException("There are no rows to take the spectrum of.");
        }
        try (var matrix = new ClassMatrix(activations, rows, SingularVectors.starts(1), 1, monitor)) {
            final double[] values = matrix.varies() ? SingularVectors.of(matrix, 1, 0, VALUES).values() : new double[0];
            return new ClassSpectrum(rows.length, matrix.mean(), Arrays.copyOf(values, VALUES));
        }
    }

    /** @return the euclidean norm of the mean */
    public double meanNorm() {
        return Vectors.norm(mean);
    }

    /**
     * @param other the spectrum of other rows
     * @return the euclidean distance of the means
     */
    public double shift(final ClassSpectrum other) {
        final double[] difference = mean.clone();
        Vectors.add(difference, -1, other.mean);
        return Vectors.norm(difference);
    }
}
