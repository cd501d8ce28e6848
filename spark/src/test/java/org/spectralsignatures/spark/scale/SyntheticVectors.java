package org.spectralsignatures.spark.scale;

import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Labelled vectors of any number, made where they are written: some common factors and uniform noise, and 5% of class 0 pushed in one direction. */
final class SyntheticVectors {

    private static final StructType SCHEMA = new StructType().add("id", DataTypes.StringType, false).add("label", DataTypes.IntegerType, false)
        .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false), false);

    /** Common factors of a class, each half as strong as the one before, as activations of networks have them. */
    private static final int FACTORS = 8;

    private static final int ROWS_OF_A_FILE = 50_000;

    /** Values are rounded to multiples of its inverse, so that ten million rows of 512, 20 GB in memory, take a third of that on disk. */
    private static final float STEPS = 64;

    private SyntheticVectors() {
    }

    static void write(final SparkSession spark, final String folder, final long rows, final int columns, final int classes) {
        final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        final int files = (int)((rows + ROWS_OF_A_FILE - 1) / ROWS_OF_A_FILE);
        context.setJobDescription("Make %d rows".formatted(rows));
        spark.createDataFrame(context.parallelize(LongStream.range(0, files).boxed().toList(), files).flatMap(file -> {
            final var random = new SplittableRandom(file);
            final Iterator<Row> made = LongStream.range(file * ROWS_OF_A_FILE, Math.min(rows, (file + 1) * ROWS_OF_A_FILE))
                .mapToObj(i -> row(i, random, columns, classes)).iterator();
            return made;
        }), SCHEMA).write().option("compression", "none").parquet(folder);
    }

    private static Row row(final long index, final SplittableRandom random, final int columns, final int classes) {
        final int label = label(index, classes);
        final boolean pushed = label == 0 && index / Math.max(1, Math.abs(classes)) % 20 == 0;
        final var vector = new Float[columns];
        final var values = new float[columns];
        for (int f = 0; f < FACTORS; f++) {
            final float amount = random.nextInt() * 0x1p-31f / (1 << f);
            for (int k = 0; k < columns; k++) {
                values[k] += amount * (mix(k + 1031 * f + 65_537 * label) >> 16) * 0x1p-15f;
            }
        }
        for (int k = 0; k < columns; k++) {
            vector[k] = Math.round(STEPS * (1 + values[k] + random.nextInt() * 0x1p-33f + (pushed ? (k * 31 % 7 - 3) * .3f : 0))) / STEPS;
        }
        return RowFactory.create("row" + index, label, vector);
    }

    /** A negative number of classes stands for so many of which each has half as many rows as the one before it, down to a few. */
    private static int label(final long index, final int classes) {
        return classes > 0 ? (int)(index % classes) : Math.min(-classes - 1, Long.numberOfTrailingZeros(index + 1));
    }

    private static int mix(final int value) {
        final int z = value * 0x9E3779B9;
        return (z ^ z >>> 15) * 0x85EBCA6B;
    }
}
