package org.spectralsignatures.spark.scale;

import java.util.Locale;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.spectralsignatures.spark.vector.VectorRow;
import org.spectralsignatures.spark.vector.VectorTable;

/**
 * The leading singular vector of each class by MLlib, a class at a time, on vectors that {@link ScaleBenchmark} made: its folder is the only argument. The rows
 * lie in memory and on disk as ours do; means come first, since MLlib does not take them out.
 */
public final class MllibComparison {

    private MllibComparison() {
    }

    /** @param arguments the folder */
    public static void main(final String[] arguments) throws Exception {
        final SparkSession spark = SparkSession.builder().config(new SparkConf().setIfMissing("spark.master", "local[2]").setIfMissing("spark.app.name", "MLlib")
            .setIfMissing("spark.ui.enabled", "false")).getOrCreate();
        final var meter = new Meter();
        spark.sparkContext().addSparkListener(meter);
        final var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        final VectorTable table = VectorTable.open(spark, arguments[0] + "/vectors", new VectorTable.Columns("id", "label", "vector"));
        final var labels = table.rows().select("label").distinct().collectAsList().stream().map(row -> row.getString(0)).sorted().toList();
        System.out.println(meter.line("labels"));
        final JavaRDD<VectorRow> rows = table.vectors().persist(StorageLevel.MEMORY_AND_DISK());
        for (String label : labels) {
            final JavaRDD<VectorRow> ofClass = rows.filter(row -> row.getLabel().equals(label));
            final var first = new RowMatrix(ofClass.map(row -> vector(row, null)).rdd());
            final double[] mean = first.computeColumnSummaryStatistics().mean().toArray();
            final var sent = context.broadcast(mean);
            final var matrix = new RowMatrix(ofClass.map(row -> vector(row, sent.value())).rdd());
            System.out.printf(Locale.ROOT, "class %s: %.6f%n", label, matrix.computeSVD(1, false, 1e-9).s().apply(0));
        }
        System.out.println(meter.line("MLlib"));
        spark.stop();
    }

    private static Vector vector(final VectorRow row, final double[] mean) {
        final var values = new double[row.getVector().length];
        for (int k = 0; k < values.length; k++) {
            values[k] = row.getVector()[k] - (mean == null ? 0 : mean[k]);
        }
        return Vectors.dense(values);
    }
}
