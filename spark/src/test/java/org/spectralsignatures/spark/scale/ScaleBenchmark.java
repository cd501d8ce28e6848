package org.spectralsignatures.spark.scale;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.spectralsignatures.spark.SparkTool;

/**
 * Makes vectors, scores them, and says what it cost: arguments are a folder, the number of rows, the values of each and the number of classes. A negative number
 * makes so many classes of which each has half as many rows as the one before.
 */
public final class ScaleBenchmark {

    private ScaleBenchmark() {
    }

    /** @param arguments folder, rows, columns, classes */
    public static void main(final String[] arguments) throws Exception {
        final String folder = arguments[0];
        final long rows = Long.parseLong(arguments[1]);
        final int columns = Integer.parseInt(arguments[2]);
        final int classes = Integer.parseInt(arguments[3]);
        final var conf = new SparkConf().setIfMissing("spark.master", "local[2]").setIfMissing("spark.app.name", "scale")
            .setIfMissing("spark.ui.enabled", "false").setIfMissing("spark.driver.maxResultSize", "0");
        final SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
        final var meter = new Meter();
        spark.sparkContext().addSparkListener(meter);
        final String what = "%d rows of %d in %d classes%s".formatted(rows, columns, Math.abs(classes), classes < 0 ? ", each half as large as the one before" : "");
        if (!Files.exists(Path.of(folder, "vectors", "_SUCCESS"))) {
            SyntheticVectors.write(spark, folder + "/vectors", rows, columns, classes);
            System.out.println(meter.line(what + ": make"));
        }
        final int status = SparkTool.run(spark, new String[]{"score", folder + "/vectors", folder + "/results"}, System.out);
        System.out.println(meter.line(what + ": score, status " + status));
        spark.stop();
    }
}
