package org.spectralsignatures.spark.extract;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.step.InputFiles;
import org.spectralsignatures.spark.vector.LabelNames;

/**
 * Images on a file system of Hadoop's, and how they are read.
 *
 * @param place a folder of class folders, or of Parquet files
 * @param parquet whether it holds Parquet
 * @param image name of the column of images
 * @param label name of the column of classes
 * @param id name of the column of ids; empty for file and row
 */
public record ImageVectors(String place, boolean parquet, String image, String label, String id) {

    /** The columns of what {@link #write} leaves: of vector and fault one is null, and {@code failed} is in the names of the folders. */
    public static final StructType SCHEMA = Extraction.SCHEMA;

    /**
     * @param place any
     * @param configuration of Hadoop
     * @return whether its files are Parquet, by the end of the first name
     */
    public static boolean isParquet(final String place, final Configuration configuration) throws IOException {
        final var path = new org.apache.hadoop.fs.Path(place);
        final var files = path.getFileSystem(configuration).listFiles(path, true);
        while (files.hasNext()) {
            final String name = files.next().getPath().getName().toLowerCase(Locale.ROOT);
            if (!name.startsWith("_") && !name.startsWith(".")) {
                return name.endsWith(".parquet");
            }
        }
        return false;
    }

    /**
     * Writes the vectors, and beside them what could not be read.
     *
     * @param spark where it runs
     * @param network a file on any of Hadoop's file systems, which each executor gets a copy of
     * @param use what it is asked
     * @param way how images of other sizes are brought to the network's; null if they are faults
     * @param batch images at a time
     * @param folder to be made: {@code failed=false} with id, label and vector, {@code failed=true} with id, label and fault
     * @return what the network gives, in words
     */
    public String write(final SparkSession spark, final String network, final NetworkUse use, final ImageFit.Way way, final int batch, final String folder)
        throws IOException {
        final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        final SentNetwork sent = SentNetwork.of(context, network);
        final var opened = use.open(sent.file());
        final var layer = use.layer(opened);
        context.setJobDescription("Vectors of the images");
        final JavaRDD<Row> rows = read(spark).mapPartitions(part -> new Extraction(part, use.open(sent.file()), use, way, batch));
        spark.createDataFrame(rows, Extraction.SCHEMA).write().partitionBy("failed").parquet(folder);
        return "Layer %s, %d values, of images of %s".formatted(layer.name(), use.pooling().dimensions(layer), opened.description().shape().describe());
    }

    /**
     * @param spark where it runs
     * @return the images as they lie in their files
     * @throws Refusal if a column is missing or of another type
     */
    public JavaRDD<EncodedImage> read(final SparkSession spark) throws IOException {
        final InputFiles files = InputFiles.of(place, JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration());
        spark.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(Math.max(1L << 20, Math.min(64L << 20, files.bytes() / 1024))));
        return parquet ? ImageTable.parquet(spark, place, image, label, id) : ImageTable.folders(spark, place);
    }

    /**
     * @param spark where it runs
     * @return names of classes that stand in Parquet as numbers; none of folders
     */
    public LabelNames names(final SparkSession spark) throws IOException {
        return parquet ? ImageTable.names(spark, place, label) : new LabelNames(label, List.of());
    }
}
