package org.spectralsignatures.engine.cpu;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_sdot;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas.cblas_sger;

import java.nio.FloatBuffer;

import org.bytedeco.javacpp.FloatPointer;
import org.spectralsignatures.engine.Products;

/** {@link Products} by OpenBLAS. */
final class OpenBlasProducts implements Products {

    static {
        NativeFolder.choose();
    }

    private static int open;

    private static int threadsBefore;

    private record NativeVector(FloatPointer values) implements Vector {
        @Override
        public void close() {
            values.close();
        }
    }

    private static final class NativeTile implements Tile {

        private final int most;

        private final int columns;

        private final FloatPointer product;

        private final FloatPointer sum;

        private final float[] values;

        private FloatPointer memory;

        private FloatBuffer memoryBuffer;

        private FloatPointer rows;

        private int count;

        NativeTile(final int most, final int columns) {
            this.most = most;
            this.columns = columns;
            product = new FloatPointer(most);
            sum = new FloatPointer(columns);
            values = new float[columns];
        }

        @Override
        public FloatBuffer memory() {
            if (memory == null) {
                memory = new FloatPointer((long)most * columns);
                memoryBuffer = memory.asBuffer();
            }
            return memoryBuffer;
        }

        @Override
        public void use(final FloatBuffer used, final int number) {
            count = number;
            rows = used == memoryBuffer ? memory : new FloatPointer(used);
        }

        @Override
        public void subtract(final Vector vector) {
            for (int r = 0; r < count; r++) {
                product.put(r, 1);
            }
            cblas_sger(CblasRowMajor, count, columns, -1, product, 1, ((NativeVector)vector).values(), 1, rows, columns);
        }

        @Override
        public float squaredNorm(final int row) {
            final FloatPointer x = rows.getPointer((long)row * columns);
            return cblas_sdot(columns, x, 1, x, 1);
        }

        @Override
        public void multiply(final Vector vector, final float[] products) {
            cblas_sgemv(CblasRowMajor, CblasNoTrans, count, columns, 1, rows, columns, ((NativeVector)vector).values(), 1, 0, product, 1);
            product.get(products, 0, count);
        }

        @Override
        public void addTo(final double[] total, final float[] factors) {
            product.put(factors, 0, count);
            cblas_sgemv(CblasRowMajor, CblasTrans, count, columns, 1, rows, columns, product, 1, 0, sum, 1);
            sum.get(values);
            for (int k = 0; k < columns; k++) {
                total[k] += values[k];
            }
        }

        @Override
        public void close() {
            if (memory != null) {
                memory.close();
            }
            product.close();
            sum.close();
        }
    }

    @Override
    public Scope sequential() {
        synchronized (OpenBlasProducts.class) {
            if (open++ == 0) {
                threadsBefore = blas_get_num_threads();
                blas_set_num_threads(1);
            }
        }
        return OpenBlasProducts::leave;
    }

    private static void leave() {
        synchronized (OpenBlasProducts.class) {
            if (--open == 0) {
                blas_set_num_threads(threadsBefore);
            }
        }
    }

    @Override
    public Vector vector(final float[] values) {
        return new NativeVector(new FloatPointer(values));
    }

    @Override
    public Tile tile(final int rows, final int columns) {
        return new NativeTile(rows, columns);
    }
}
