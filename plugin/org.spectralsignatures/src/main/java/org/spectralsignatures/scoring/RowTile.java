package org.spectralsignatures.scoring;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sdot;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas.cblas_sger;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.storage.NativeFolder;

/**
 * Some rows of a matrix, so few that they stay in the processor's second cache while BLAS multiplies them with several
 * vectors in single precision. Rows that lie together in the file are used where they are, others are copied.
 */
final class RowTile implements AutoCloseable {

    /** Most rows of a tile. */
    static final int ROWS = 64;

    static {
        NativeFolder.choose();
    }

    private final NpyMatrix matrix;

    private final int columns;

    private FloatPointer copy;

    private final FloatPointer product;

    private final FloatPointer sum;

    private final float[] values;

    private FloatPointer rows;

    private int count;

    RowTile(final NpyMatrix matrix) {
        this.matrix = matrix;
        columns = matrix.columns();
        product = new FloatPointer(ROWS);
        sum = new FloatPointer(columns);
        values = new float[columns];
    }

    /** Takes some rows, at most {@value #ROWS}. */
    void take(final int[] indices, final int first, final int number) {
        count = number;
        boolean together = matrix.rowsInPlace(indices[first]) >= count;
        for (int r = 1; r < count && together; r++) {
            together = indices[first + r] == indices[first] + r;
        }
        if (together) {
            rows = matrix.address(indices[first]);
        } else {
            copy(indices, first);
        }
    }

    /** Takes some rows less a common vector. */
    void take(final int[] indices, final int first, final int number, final FloatPointer subtracted) {
        count = number;
        copy(indices, first);
        for (int r = 0; r < count; r++) {
            product.put(r, 1);
        }
        cblas_sger(CblasRowMajor, count, columns, -1, product, 1, subtracted, 1, rows, columns);
    }

    private void copy(final int[] indices, final int first) {
        if (copy == null) {
            copy = new FloatPointer((long)ROWS * columns);
        }
        for (int r = 0; r < count; r++) {
            Pointer.memcpy(copy.getPointer((long)r * columns), matrix.address(indices[first + r]), (long)columns * Float.BYTES);
        }
        rows = copy;
    }

    /** @return the squared length of a row */
    float squaredNorm(final int row) {
        final FloatPointer x = rows.getPointer((long)row * columns);
        return cblas_sdot(columns, x, 1, x, 1);
    }

    /** @param products receives the products of the rows with a vector */
    void multiply(final FloatPointer vector, final float[] products) {
        cblas_sgemv(CblasRowMajor, CblasNoTrans, count, columns, 1, rows, columns, vector, 1, 0, product, 1);
        product.get(products, 0, count);
    }

    /** Adds the rows, each times its factor, to a sum in double precision. */
    void addTo(final double[] total, final float[] factors) {
        product.put(factors, 0, count);
        cblas_sgemv(CblasRowMajor, CblasTrans, count, columns, 1, rows, columns, product, 1, 0, sum, 1);
        sum.get(values);
        for (int k = 0; k < columns; k++) {
            total[k] += values[k];
        }
    }

    @Override
    public void close() {
        if (copy != null) {
            copy.close();
        }
        product.close();
        sum.close();
    }
}
