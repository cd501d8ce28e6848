package org.spectralsignatures.spark.vector;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.step.InputFiles;
import org.spectralsignatures.spark.step.ReadBatch;

/** A table of labelled vectors in Parquet files: three columns of it, whatever the others are. Vectors are taken in single precision, as the library does. */
public final class VectorTable {

    /**
     * The names of the columns.
     *
     * @param id what names a row: text or a number
     * @param label its class: text, a number or a truth value
     * @param vector an array of numbers
     */
    public record Columns(String id, String label, String vector) {
    }

    /** Below so many bytes a task is not worth its start, above them a lost one costs too much. */
    private static final long LEAST_SPLIT = 4L << 20;

    private static final long MOST_SPLIT = 128L << 20;

    private static final long SPLITS = 1024;

    /** Values of a vector beyond which the driver and the tasks would need more memory than machines give. */
    private static final int MOST_COLUMNS = 1 << 20;

    private final Dataset<Row> rows;

    private final Dataset<Row> unnamed;

    private final LabelNames names;

    private final int columns;

    private VectorTable(final Dataset<Row> rows, final Dataset<Row> unnamed, final LabelNames names, final int columns) {
        this.rows = rows;
        this.unnamed = unnamed;
        this.names = names;
        this.columns = columns;
    }

    /**
     * Opens the files so that they are cut into parts by their sizes alone, not by the number of processors: the same files then give the same sums.
     *
     * @param spark where it is read
     * @param place of Parquet files
     * @param columns their names
     * @return the table, nothing of which was read but its columns and a row
     * @throws Refusal if it is no Parquet, a column is missing or of another type, or there is no vector
     */
    public static VectorTable open(final SparkSession spark, final String place, final Columns columns) throws IOException {
        final Configuration hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
        final InputFiles files = InputFiles.of(place, hadoop);
        spark.conf().set("spark.sql.files.minPartitionNum", "1");
        spark.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(Math.max(LEAST_SPLIT, Math.min(MOST_SPLIT, files.bytes() / SPLITS))));
        final Dataset<Row> table;
        try {
            table = spark.read().parquet(place);
        } catch (Exception e) { // NOSONAR Scala throws checked exceptions that it does not declare
            throw new Refusal("'%s' cannot be read as Parquet: %s".formatted(place, firstLine(e)));
        }
        final StructField id = field(table, place, "id", columns.id());
        final StructField label = field(table, place, "label", columns.label());
        final StructField vector = field(table, place, "vector", columns.vector());
        requireSimple(place, "id", id);
        requireSimple(place, "label", label);
        if (!(vector.dataType() instanceof ArrayType array && array.elementType() instanceof NumericType)) {
            throw new Refusal(("The column '%s' of '%s' is of type %s, but must be an array of numbers (array<float> or array<double>).%s")
                .formatted(vector.name(), place, vector.dataType().simpleString(),
                    vector.dataType().simpleString().contains("vector") ? " Spark ML's vectors become one by vector_to_array." : ""));
        }
        final Column values = quoted(vector).cast(DataTypes.createArrayType(DataTypes.FloatType));
        // A search that finds nothing ends with null where an element is null: the one question about elements that makes no objects of them.
        final Column missing = values.isNotNull().and(array_contains(values, lit(Float.NEGATIVE_INFINITY)).isNull());
        final int length = columns(spark, table.select(values.as("vector")));
        ReadBatch.forRows(spark, (long)length * Float.BYTES);
        final LabelNames names = LabelNames.of(place, label.name(), label.dataType(), hadoop);
        return new VectorTable(table.select(quoted(id).cast(DataTypes.StringType).as("id"), names.named(quoted(label)).as("label"),
            when(missing, lit(null)).otherwise(values).as("vector"), coalesce(missing, lit(false)).as("missing")),
            table.filter(names.unnamed(quoted(label))).select(quoted(label).cast(DataTypes.StringType).as("label")), names, length);
    }

    /** @return number of values of the first vector */
    private static int columns(final SparkSession spark, final Dataset<Row> vectors) {
        ReadBatch.forRows(spark, Long.MAX_VALUE);
        JavaSparkContext.fromSparkContext(spark.sparkContext()).setJobDescription("Length of the vectors");
        final List<Row> first = vectors.filter(size(col("vector")).gt(0)).select(size(col("vector"))).limit(1).collectAsList();
        if (first.isEmpty()) {
            throw new Refusal("There is no row with a vector.");
        }
        final int columns = first.get(0).getInt(0);
        if (columns > MOST_COLUMNS) {
            throw new Refusal(String.format(Locale.ROOT, "The vector of the first row has %,d values; at most %,d can be scored.", columns, MOST_COLUMNS));
        }
        return columns;
    }

    private static Column quoted(final StructField field) {
        return col("`" + field.name().replace("`", "``") + "`");
    }

    private static StructField field(final Dataset<Row> table, final String place, final String what, final String name) {
        final List<StructField> fields = Arrays.asList(table.schema().fields());
        return fields.stream().filter(f -> f.name().equals(name)).findFirst()
            .or(() -> fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst())
            .orElseThrow(() -> new Refusal("'%s' has no column '%s'. Its columns are: %s. Say which of them holds the %s with --%s=NAME."
                .formatted(place, name, String.join(", ", fields.stream().map(StructField::name).toList()), what, what)));
    }

    private static void requireSimple(final String place, final String what, final StructField field) {
        if (!(field.dataType() instanceof StringType || field.dataType() instanceof NumericType || field.dataType() instanceof BooleanType)) {
            throw new Refusal("The column '%s' of '%s' is of type %s, but the %s must be a text or a number. Name another one with --%s=NAME."
                .formatted(field.name(), place, field.dataType().simpleString(), what, what));
        }
    }

    private static String firstLine(final Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage().lines().findFirst().orElse("");
    }

    /** @return number of values that each vector must have, that of the first one */
    public int columns() {
        return columns;
    }

    /** @return names of classes that stand there as numbers */
    public LabelNames names() {
        return names;
    }

    /** @return a column label, the numbers of those rows that have no name though the files tell names */
    public Dataset<Row> unnamed() {
        return unnamed;
    }

    /** @return columns id, label (texts), vector (array of float, null where an element is) and missing (whether one is) */
    public Dataset<Row> rows() {
        return rows;
    }

    /** @return the same, in the order of the files */
    public JavaRDD<VectorRow> vectors() {
        return rows.as(Encoders.bean(VectorRow.class)).toJavaRDD();
    }
}
