package org.spectralsignatures.scoring;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/** The leading principal components of some rows of a matrix. */
public final class PrincipalComponents {

    private PrincipalComponents() {
    }

    /**
     * @param matrix representations
     * @param rows indices of those to look at, at least two
     * @param components number of components asked for
     * @param seed of the vectors that the iteration starts from
     * @param monitor asked in each pass
     * @return {@code [rows.length, k]}, the projections of the centred rows; k is smaller than asked for where the rank is
     * @throws TaskCancelledException if the monitor said so
     */
    public static double[][] of(final NpyMatrix matrix, final int[] rows, final int components, final long seed, final TaskMonitor monitor)
        throws TaskCancelledException {
        try (var blas = SequentialBlas.enter(matrix.algebra()); var centred = new ClassMatrix(matrix, rows, SingularVectors.starts(components), seed, monitor)) {
            return centred.varies() ? SingularVectors.of(centred, components, 0, components).coordinates() : new double[rows.length][0];
        }
    }
}
