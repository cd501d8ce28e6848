package org.spectralsignatures.spark.step;

import org.apache.spark.sql.SparkSession;

/** How many rows Spark's reader of Parquet unpacks at a time: 4,096 by default, which are a quarter of a gigabyte where a row is a vector of 16,384 values. */
public final class ReadBatch {

    private static final long BYTES = 8L << 20;

    private static final int MOST = 4096;

    private static final int LEAST = 16;

    private ReadBatch() {
    }

    /**
     * Sets it for all that is read from now on.
     *
     * @param spark where it is read
     * @param row bytes of a row
     */
    public static void forRows(final SparkSession spark, final long row) {
        spark.conf().set("spark.sql.parquet.columnarReaderBatchSize", Long.toString(Math.max(LEAST, Math.min(MOST, BYTES / Math.max(1, row)))));
    }
}
