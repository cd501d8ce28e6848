package org.spectralsignatures.spark.score;

import java.io.Serializable;
import java.nio.ByteBuffer;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.scoring.Vectors;

/**
 * What a class is scored by: its mean and the leading right singular vectors of its centred rows.
 *
 * @param label index of the class
 * @param rows number of its rows that can be scored
 * @param mean {@code [d]}; empty if there are no such rows
 * @param squaredNorm squared Frobenius norm of the centred rows
 * @param vectors {@code [k, d]}, unit length, the entry of largest magnitude positive; none if the class has fewer than two rows or no variance
 * @param values the largest singular values, descending
 * @param passes over the rows
 * @param angle bound on the sine of the angle between a vector and the true one
 */
record Direction(int label, long rows, double[] mean, double squaredNorm, double[][] vectors, double[] values, int passes, double angle)
    implements Serializable { // NOSONAR never compared

    /** The columns of a table of directions; arrays of doubles are bytes there, so that no value becomes an object. */
    static final StructType SCHEMA = new StructType().add("label", DataTypes.IntegerType).add("rows", DataTypes.LongType).add("mean", DataTypes.BinaryType)
        .add("squaredNorm", DataTypes.DoubleType).add("vectors", DataTypes.BinaryType).add("values", DataTypes.BinaryType)
        .add("passes", DataTypes.IntegerType).add("angle", DataTypes.DoubleType);

    Row row() {
        final int d = mean.length;
        final var all = new double[vectors.length * d];
        for (int j = 0; j < vectors.length; j++) {
            System.arraycopy(vectors[j], 0, all, j * d, d);
        }
        return RowFactory.create(label, rows, bytes(mean), squaredNorm, bytes(all), bytes(values), passes, angle);
    }

    /** @param row of {@link #SCHEMA} */
    static Direction of(final Row row) {
        final double[] mean = doubles((byte[])row.get(2));
        final double[] all = doubles((byte[])row.get(4));
        final var vectors = new double[mean.length == 0 ? 0 : all.length / mean.length][mean.length];
        for (int j = 0; j < vectors.length; j++) {
            System.arraycopy(all, j * mean.length, vectors[j], 0, mean.length);
        }
        return new Direction(row.getInt(0), row.getLong(1), mean, row.getDouble(3), vectors, doubles((byte[])row.get(5)), row.getInt(6), row.getDouble(7));
    }

    /**
     * The paper's score (Algorithm 1, line 8), summed over the directions.
     *
     * @param x a row of the class
     * @return the squared projection of the centred row
     */
    double score(final float[] x) {
        double score = 0;
        if (vectors.length > 0) {
            final var centred = new double[mean.length];
            Vectors.subtract(x, 0, mean, centred);
            for (double[] v : vectors) {
                final double projection = Vectors.dot(centred, v);
                score += projection * projection;
            }
        }
        return score;
    }

    /** @return bytes that it takes, nearly */
    static long bytes(final int columns, final int vectors) {
        return (1L + vectors) * columns * Double.BYTES + 200;
    }

    /** @return without mean and vectors */
    Direction figures() {
        return new Direction(label, rows, new double[]{Vectors.norm(mean)}, squaredNorm, new double[0][], values, passes, angle);
    }


    private static byte[] bytes(final double[] values) {
        final ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
        buffer.asDoubleBuffer().put(values);
        return buffer.array();
    }

    private static double[] doubles(final byte[] bytes) {
        final var values = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
        return values;
    }
}
