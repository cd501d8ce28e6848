package org.spectralsignatures.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** {@link Products} in plain Java, for engines that bring no library of linear algebra. Sums are made in double precision and rounded once. */
public final class JavaProducts implements Products {

    private record Values(float[] values) implements Vector { // NOSONAR never compared
        @Override
        public void close() {
            // nothing native
        }
    }

    private static final class Rows implements Tile {

        private final int most;

        private final int columns;

        private final float[] row;

        private FloatBuffer memory;

        private FloatBuffer used;

        private int count;

        Rows(final int most, final int columns) {
            this.most = most;
            this.columns = columns;
            row = new float[columns];
        }

        @Override
        public FloatBuffer memory() {
            if (memory == null) {
                memory = ByteBuffer.allocateDirect(most * columns * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
            }
            return memory;
        }

        @Override
        public void use(final FloatBuffer rows, final int number) {
            used = rows;
            count = number;
        }

        private float[] read(final int index) {
            used.get(index * columns, row);
            return row;
        }

        @Override
        public void subtract(final Vector vector) {
            final float[] values = ((Values)vector).values();
            for (int r = 0; r < count; r++) {
                final float[] x = read(r);
                for (int k = 0; k < columns; k++) {
                    x[k] -= values[k];
                }
                used.put(r * columns, x);
            }
        }

        @Override
        public float squaredNorm(final int index) {
            final float[] x = read(index);
            return (float)dot(x, x);
        }

        @Override
        public void multiply(final Vector vector, final float[] products) {
            final float[] values = ((Values)vector).values();
            for (int r = 0; r < count; r++) {
                products[r] = (float)dot(read(r), values);
            }
        }

        @Override
        public void addTo(final double[] total, final float[] factors) {
            for (int r = 0; r < count; r++) {
                final float[] x = read(r);
                for (int k = 0; k < columns; k++) {
                    total[k] += (double)factors[r] * x[k];
                }
            }
        }

        private static double dot(final float[] x, final float[] y) {
            double sum = 0;
            for (int k = 0; k < x.length; k++) {
                sum += (double)x[k] * y[k];
            }
            return sum;
        }

        @Override
        public void close() {
            memory = null;
            used = null;
        }
    }

    @Override
    public Scope sequential() {
        return () -> { }; // it never starts a thread
    }

    @Override
    public Vector vector(final float[] values) {
        return new Values(values.clone());
    }

    @Override
    public Tile tile(final int rows, final int columns) {
        return new Rows(rows, columns);
    }
}
