package org.spectralsignatures.scoring;

import java.nio.FloatBuffer;

import org.spectralsignatures.engine.Products;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * Some rows of a matrix, so few that they stay in the processor's second cache while they are multiplied with several
 * vectors in single precision. Rows that lie together in the file are used where they are, others are copied.
 */
final class RowTile implements AutoCloseable {

    /** Most rows of a tile. */
    static final int ROWS = 64;

    private final NpyMatrix matrix;

    private final int columns;

    private final Products.Tile tile;

    RowTile(final NpyMatrix matrix, final Products products) {
        this.matrix = matrix;
        columns = matrix.columns();
        tile = products.tile(ROWS, columns);
    }

    /** Takes some rows, at most {@value #ROWS}. */
    void take(final int[] indices, final int first, final int count) {
        boolean together = matrix.rowsInPlace(indices[first]) >= count;
        for (int r = 1; r < count && together; r++) {
            together = indices[first + r] == indices[first] + r;
        }
        if (together) {
            tile.use(matrix.rows(indices[first], count), count);
        } else {
            copy(indices, first, count);
        }
    }

    /** Takes some rows less a common vector. */
    void take(final int[] indices, final int first, final int count, final Products.Vector subtracted) {
        copy(indices, first, count);
        tile.subtract(subtracted);
    }

    private void copy(final int[] indices, final int first, final int count) {
        final FloatBuffer memory = tile.memory();
        for (int r = 0; r < count; r++) {
            memory.put(r * columns, matrix.rows(indices[first + r], 1), 0, columns);
        }
        tile.use(memory, count);
    }

    /** @return the squared length of a row */
    float squaredNorm(final int row) {
        return tile.squaredNorm(row);
    }

    /** @param products receives the products of the rows with a vector */
    void multiply(final Products.Vector vector, final float[] products) {
        tile.multiply(vector, products);
    }

    /** Adds the rows, each times its factor, to a sum in double precision. */
    void addTo(final double[] total, final float[] factors) {
        tile.addTo(total, factors);
    }

    /** Frees the native buffers. */
    @Override
    public void close() {
        tile.close();
    }
}
