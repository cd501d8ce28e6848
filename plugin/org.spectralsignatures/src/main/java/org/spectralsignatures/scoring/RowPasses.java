package org.spectralsignatures.scoring;

import org.spectralsignatures.monitor.TaskCancelledException;

/** Passes over the rows of a class, wherever they are made. */
interface RowPasses extends AutoCloseable {

    /**
     * What the first look at the rows gives.
     *
     * @param mean of the rows, {@code [d]}
     * @param squaredNorm sum of the squared entries of the centred rows
     * @param start random combinations of the centred rows, each {@code [d]}
     */
    record Beginning(double[] mean, double squaredNorm, double[][] start) { // NOSONAR never compared
    }

    /**
     * @param starts number of random combinations
     * @param seed of them
     * @throws IllegalArgumentException if a value is not finite; the message names the row's index
     */
    Beginning begin(int starts, long seed) throws TaskCancelledException;

    /** @return whether {@link #rough} is as precise as {@link #gram}, or nearly, so that nothing is won by it */
    boolean precise();

    /**
     * @param vectors each of length d
     * @param mean of the rows
     * @return M^T M v of each vector in single precision, with sums in double precision
     * @throws UnsupportedOperationException if all passes are {@link #precise()}
     */
    double[][] rough(double[][] vectors, double[] mean) throws TaskCancelledException;

    /**
     * @param vectors each of length d
     * @param mean of the rows
     * @param projections receives M v of each vector, each of length n; null for no use
     * @return M^T M v of each vector in double precision
     */
    double[][] gram(double[][] vectors, double[] mean, double[][] projections) throws TaskCancelledException;

    /**
     * @param mean of the rows
     * @return the squared length of each centred row
     */
    double[] squaredNorms(double[] mean) throws TaskCancelledException;

    /** Frees what they need. */
    @Override
    void close();
}
