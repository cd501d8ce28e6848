package org.spectralsignatures.spark.extract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.step.ReadBatch;
import org.spectralsignatures.spark.vector.LabelNames;

/** Labelled images on any of Hadoop's file systems: a folder of images for each class, or Parquet with the bytes of the images. */
final class ImageTable {

    /** Bytes of a file beyond which it is refused before it is read. */
    private static final long MOST_BYTES = 256L << 20;

    /** An image file as it is rarely larger. */
    private static final long IMAGE_BYTES = 256L << 10;

    private ImageTable() {
    }

    /**
     * @param spark where it is read
     * @param place a folder; the class of a file is the name of the folder that it lies in, at any depth
     * @return each file, its path below that folder as id
     */
    static JavaRDD<EncodedImage> folders(final SparkSession spark, final String place) {
        final Dataset<Row> files = spark.read().format("binaryFile").option("recursiveFileLookup", "true").load(place);
        final Column large = col("length").gt(MOST_BYTES);
        final String root = new Path(place).toUri().getPath().replaceFirst("/+$", "");
        final JavaRDD<EncodedImage> images = files.filter(not(large)).select("path", "content").toJavaRDD()
            .map(row -> file(root, row.getString(0), row.getAs(1), null));
        return images.union(files.filter(large).select("path", "length").toJavaRDD().map(row -> file(root, row.getString(0), null,
            String.format(Locale.ROOT, "The file has %,d bytes; at most %,d are read.", row.getLong(1), MOST_BYTES))));
    }

    private static EncodedImage file(final String root, final String path, final byte[] content, final String fault) {
        final String full = new Path(path).toUri().getPath();
        final int at = full.indexOf(root + "/");
        final String below = at < 0 ? full : full.substring(at + root.length() + 1);
        final String[] parts = below.split("/");
        return parts.length < 2 ? new EncodedImage(below, null, null, "The file lies in no folder of a class.")
            : new EncodedImage(below, parts[parts.length - 2], content, fault);
    }

    /**
     * @param spark where it is read
     * @param place of Parquet files
     * @param image name of the column of images: bytes, or as Hugging Face has it a struct with the bytes in {@code bytes}
     * @param label name of the column of classes
     * @param id name of the column that names each image; empty for file and row, as in {@code a.parquet[12]}
     * @return each row
     * @throws Refusal if a column is missing or of another type
     */
    static JavaRDD<EncodedImage> parquet(final SparkSession spark, final String place, final String image, final String label, final String id) throws IOException {
        ReadBatch.forRows(spark, IMAGE_BYTES);
        final Dataset<Row> table = table(spark, place);
        final StructType schema = table.schema();
        final DataType type = schema.fields()[index(schema, place, image, "image")].dataType();
        final Column bytes;
        if (type instanceof BinaryType) {
            bytes = quoted(image);
        } else if (type instanceof StructType struct && Arrays.asList(struct.fieldNames()).contains("bytes")
            && struct.apply("bytes").dataType() instanceof BinaryType) {
            bytes = quoted(image).getField("bytes");
        } else {
            throw new Refusal("The column '%s' of '%s' is of type %s, but must hold the bytes of image files, by themselves or as 'bytes' of a struct. "
                .formatted(image, place, type.simpleString()) + "Name another one with --image=NAME.");
        }
        final LabelNames names = names(spark, place, label);
        final Column name;
        if (id.isEmpty()) {
            name = concat(col("_metadata.file_name"), lit("["),
                col("_metadata.row_index").cast(DataTypes.StringType), lit("]"));
        } else {
            index(schema, place, id, "id");
            name = quoted(id).cast(DataTypes.StringType);
        }
        final Column named = names.named(quoted(label));
        final Column unnamed = coalesce(names.unnamed(quoted(label)), lit(false));
        return table.select(name, named, bytes, unnamed).toJavaRDD()
            .map(row -> new EncodedImage(row.getString(0), row.getString(1), row.getAs(2), row.getBoolean(3) ? names.fault(row.getString(1)) : null));
    }

    /**
     * @param spark where it is read
     * @param place of Parquet files
     * @param label name of the column of classes
     * @return names of classes that stand there as numbers
     * @throws Refusal if the column is missing
     */
    static LabelNames names(final SparkSession spark, final String place, final String label) throws IOException {
        final StructType schema = table(spark, place).schema();
        return LabelNames.of(place, label, schema.fields()[index(schema, place, label, "label")].dataType(),
            JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration());
    }

    private static Dataset<Row> table(final SparkSession spark, final String place) {
        try {
            return spark.read().parquet(place);
        } catch (Exception e) { // NOSONAR Scala throws checked exceptions that it does not declare
            throw new Refusal("'%s' cannot be read as Parquet: %s".formatted(place, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }

    private static Column quoted(final String name) {
        return col("`" + name.replace("`", "``") + "`");
    }

    private static int index(final StructType schema, final String place, final String name, final String what) {
        final List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains(name)) {
            throw new Refusal("'%s' has no column '%s'. Its columns are: %s. Say which of them holds the %s with --%s=NAME."
                .formatted(place, name, String.join(", ", names), what, what));
        }
        return names.indexOf(name);
    }
}
