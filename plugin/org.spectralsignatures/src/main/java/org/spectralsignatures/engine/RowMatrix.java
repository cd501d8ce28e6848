package org.spectralsignatures.engine;

import java.nio.FloatBuffer;

/**
 * A matrix of single precision on an engine, {@code [n, d]}, of which whole passes over all rows are asked. Products and sums are made in double precision, in
 * an order that hangs on nothing but the sizes. One thread at a time may use it.
 */
public interface RowMatrix extends AutoCloseable {

    /** Where the rows come from. */
    interface Rows {

        /** @return n, at least 1 */
        int count();

        /** @return d, at least 1 */
        int columns();

        /**
         * @param first index of a row
         * @param number of rows from it on
         * @param target receives {@code [number, d]} from its position on, which moves behind them
         */
        void copy(int first, int number, FloatBuffer target);
    }

    /**
     * @param shift is subtracted from each row, {@code [d]}
     * @return the squared length of each row, {@code [n]}
     */
    double[] squaredNorms(double[] shift);

    /** Most vectors or weights of a row at a time. */
    int MOST = 8;

    /**
     * @param weights of the rows, {@code [k, n]}, k from 1 to {@value #MOST}
     * @param shift is subtracted from each row, {@code [d]}
     * @return for each k the sum of the rows, each times its weight, {@code [k, d]}
     */
    double[][] combine(double[][] weights, double[] shift);

    /**
     * @param vectors {@code [k, d]}, k from 1 to {@value #MOST}
     * @param shift is subtracted from each row, {@code [d]}
     * @param projections receives the products of the rows with each vector, {@code [k, n]}; null for no use
     * @return for each vector the sum of the rows, each times its product with the vector, {@code [k, d]}
     */
    double[][] gram(double[][] vectors, double[] shift, double[][] projections);

    /** Frees its memory. */
    @Override
    void close();
}
