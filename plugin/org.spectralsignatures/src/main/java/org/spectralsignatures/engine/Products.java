package org.spectralsignatures.engine;

import java.nio.FloatBuffer;

/**
 * Products of a few rows of a matrix with vectors, in single precision: all that scoring asks of a library of linear algebra. Each tile and
 * each vector belongs to one thread at a time; several threads may have tiles of their own.
 */
public interface Products {

    /** Ends what it stands for. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** A vector that is ready to be multiplied with again and again. */
    interface Vector extends AutoCloseable {
        @Override
        void close();
    }

    /** So few rows that they stay in the processor's second cache while they are multiplied with several vectors. */
    interface Tile extends AutoCloseable {

        /** @return memory of the tile's own for all its rows, {@code [rows, columns]}, to be filled by the caller */
        FloatBuffer memory();

        /**
         * @param rows a direct buffer that begins with the rows, {@code [count, columns]}; it must stay as it is while they are in use
         * @param count number of rows
         */
        void use(FloatBuffer rows, int count);

        /** @param vector is subtracted from each of the rows in use, which must lie in {@link #memory()} */
        void subtract(Vector vector);

        /**
         * @param row index of a row in use
         * @return its squared length
         */
        float squaredNorm(int row);

        /**
         * @param vector of as many values as there are columns
         * @param products receives its product with each of the rows in use
         */
        void multiply(Vector vector, float[] products);

        /**
         * @param total a sum in double precision, one value a column; the rows in use, each times its factor, are added to it
         * @param factors one of each row
         */
        void addTo(double[] total, float[] factors);

        @Override
        void close();
    }

    /** @return until it is closed, each product stays in the thread that asks for it, so that no sum hangs on the number of threads */
    Scope sequential();

    /**
     * @param values of the vector, copied
     * @return the vector, to be closed by the caller
     */
    Vector vector(float[] values);

    /**
     * @param rows most of them
     * @param columns values of each
     * @return a tile, to be closed by the caller
     */
    Tile tile(int rows, int columns);
}
