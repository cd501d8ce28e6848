package org.spectralsignatures.scoring;

import java.util.Optional;

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

    /** Products in single precision, with sums in double precision. */
    interface Rough {

        /**
         * @param vectors each of length d
         * @param mean of the rows
         * @return M^T M v of each vector
         */
        double[][] of(double[][] vectors, double[] mean) throws TaskCancelledException;
    }

    /** @return quicker products than {@link #gram}, which are less precise; empty where there are none */
    Optional<Rough> rough();

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
