package org.spectralsignatures.spark.audit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.vector.TableCheck;

/**
 * Decoded images in packed files, in the order of their classes and then of their ids, with a table of what lies where.
 *
 * @param files with the pixels
 * @param starts {@code [files + 1]}, index of the first image of each file
 * @param classes {@code [classes + 1]}, index of the first image of each class
 */
record PackedSet(PackedFiles files, int[] starts, int[] classes) {

    /** The table. */
    static final StructType INDEX = new StructType().add("class", DataTypes.IntegerType, false).add("id", DataTypes.StringType).add("label", DataTypes.StringType)
        .add("score", DataTypes.DoubleType).add("part", DataTypes.IntegerType, false).add("place", DataTypes.IntegerType, false);

    /** Images of a class beyond which a task would hold too much of it. */
    static final int MOST_OF_CLASS = 1_000_000;

    /** What an image takes on the driver at most: scores, looks, evidence, indices. */
    static final long DRIVER_BYTES = 64;

    /** What an image takes in each task: its label, and its places among those of its class. */
    static final long TASK_BYTES = 16;

    /** So many labels beyond the classes are collected: more than a message shows. */
    private static final int UNKNOWN = 30;

    private static final double SHARE = .3;

    private static final long FILE_BYTES = 64L << 20;

    private static final StructType CLASSES = new StructType().add("name", DataTypes.StringType).add("class", DataTypes.IntegerType, false);

    /**
     * @param spark where it runs
     * @param images id, label, pixels
     * @param names of the network's classes
     * @param record bytes of an image
     * @return number of the images of each class
     * @throws Refusal if a label is none of them, or there are too many images
     */
    static long[] sizes(final SparkSession spark, final Dataset<Row> images, final List<String> names, final int record) {
        final var sizes = new long[names.size()];
        final var indices = new HashMap<String, Integer>();
        names.forEach(name -> indices.put(name, indices.size()));
        final var unknown = new ArrayList<String>();
        // with more labels than classes some are unknown, however many more
        for (Row row : images.groupBy("label").agg(count(lit(1))).limit(names.size() + UNKNOWN).collectAsList()) {
            final Integer c = indices.get(row.getString(0));
            if (c == null) {
                unknown.add(row.getString(0));
            } else {
                sizes[c] = row.getLong(1);
            }
        }
        if (!unknown.isEmpty()) {
            unknown.sort(ClassNames.NATURAL);
            throw new Refusal(("The network does not know the class(es) %s of the images. Its classes are %s. Name the images that it was trained on, or the network's"
                + " classes in the order of its outputs with --classes=A,B,... or, one name a line, --classes=@FILE.").formatted(TableCheck.shown(unknown),
                    TableCheck.shown(names)));
        }
        requireBounds(sizes, names, record, tasks(spark, names.size()), Runtime.getRuntime().maxMemory());
        return sizes;
    }

    /** @return number of tasks that share the driver's memory */
    private static int tasks(final SparkSession spark, final int classes) {
        final var context = spark.sparkContext();
        return context.isLocal() ? Math.max(1, Math.min(classes, context.defaultParallelism() / context.conf().getInt("spark.task.cpus", 1))) : 1;
    }

    /**
     * @param sizes {@code [classes]}, number of images of each class
     * @param names of the classes
     * @param record bytes of an image
     * @param tasks that run where the driver does
     * @param memory bytes of the driver's heap
     * @throws Refusal if the driver has no room, or a class is too large for a task
     */
    static void requireBounds(final long[] sizes, final List<String> names, final int record, final int tasks, final long memory) {
        final long all = Arrays.stream(sizes).sum();
        final long heap = (long)(SHARE * memory);
        final long needed = all * (DRIVER_BYTES + TASK_BYTES * tasks) + (long)sizes.length * record * Float.BYTES;
        if (all > Integer.MAX_VALUE - 8 || needed > heap) {
            throw new Refusal(String.format(Locale.ROOT, "There are %,d images in %,d classes, which take up to %,d MB of the driver, %d task(s) included, and of each executor;"
                + " %,d MB are there for them (%.0f%% of the driver's heap), and at most 2,147 million images can be audited. Give both more memory, or audit a sample of the"
                + " images.", all, sizes.length, needed >> 20, tasks, heap >> 20, 100 * SHARE));
        }
        for (int c = 0; c < sizes.length; c++) {
            if (sizes[c] > MOST_OF_CLASS) {
                throw new Refusal(String.format(Locale.ROOT, "The class '%s' has %,d images, but a class is searched by one task, which takes at most %,d. Audit a sample of"
                    + " it, or look at the verdict of 'score', which has no such bound.", names.get(c), sizes[c], MOST_OF_CLASS));
            }
        }
    }

    /**
     * @param spark where it runs
     * @param images id, label, score, pixels, of known classes
     * @param names of the network's classes
     * @param record bytes of an image
     * @param count number of images
     * @param folder to be made
     */
    static void write(final SparkSession spark, final Dataset<Row> images, final List<String> names, final int record, final long count, final String folder)
        throws IOException {
        final List<Row> classes = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            classes.add(RowFactory.create(names.get(c), c));
        }
        final PackedFiles files = files(spark, folder, record);
        files.files().mkdirs(new Path(files.folder()));
        final int parts = (int)Math.max(1, Math.min(100_000, count * record / FILE_BYTES));
        final Dataset<Row> sorted = images.join(broadcast(spark.createDataFrame(classes, CLASSES)), col("label").equalTo(col("name")))
            .select("class", "id", "label", "score", "pixels").repartitionByRange(parts, col("class"), col("id")).sortWithinPartitions("class", "id");
        spark.createDataFrame(sorted.toJavaRDD().mapPartitionsWithIndex((part, rows) -> files.write(part, rows), true), INDEX).write().parquet(index(folder));
        WholeFile.removeHalves(files.files(), new Path(files.folder()));
    }

    private static PackedFiles files(final SparkSession spark, final String folder, final int record) {
        final Configuration hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
        return new PackedFiles(new SerializableConfiguration(hadoop), folder + "/files", record);
    }

    private static String index(final String folder) {
        return folder + "/index";
    }

    /** @return the table of what lies where */
    static Dataset<Row> index(final SparkSession spark, final String folder) {
        return spark.read().schema(INDEX).parquet(index(folder));
    }

    /**
     * @param spark where it runs
     * @param folder that {@link #write} made
     * @param names of the network's classes
     * @param record bytes of an image
     * @return what lies there
     */
    static PackedSet open(final SparkSession spark, final String folder, final List<String> names, final int record) {
        final int[] classes = new int[names.size() + 1];
        final List<Row> parts = index(spark, folder).groupBy("part").agg(count(lit(1))).collectAsList();
        final int[] starts = new int[parts.stream().mapToInt(row -> row.getInt(0)).max().orElse(-1) + 2];
        parts.forEach(row -> starts[row.getInt(0) + 1] = Math.toIntExact(row.getLong(1)));
        index(spark, folder).groupBy("class").agg(count(lit(1))).collectAsList().forEach(row -> classes[row.getInt(0) + 1] = Math.toIntExact(row.getLong(1)));
        Arrays.parallelPrefix(starts, Integer::sum);
        Arrays.parallelPrefix(classes, Integer::sum);
        return new PackedSet(files(spark, folder, record), starts, classes);
    }

    /** @return {@code [n]}, the scores in the order of the images, a part of the table at a time */
    double[] scores(final SparkSession spark, final String folder) {
        final var scores = new double[starts[starts.length - 1]];
        final Iterator<Row> rows = index(spark, folder).select("part", "place", "score").toLocalIterator();
        while (rows.hasNext()) {
            final Row row = rows.next();
            scores[starts[row.getInt(0)] + row.getInt(1)] = row.getDouble(2);
        }
        return scores;
    }
}
