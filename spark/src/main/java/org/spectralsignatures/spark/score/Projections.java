package org.spectralsignatures.spark.score;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.spark.vector.BadRows;
import org.spectralsignatures.spark.vector.ClassSizes;
import org.spectralsignatures.spark.vector.VectorTable;

/** The scores of all rows, by the directions of their classes, in one pass: all vectors of a class at once. */
final class Projections {

    /** The columns of a table of scores that are not ranked yet. */
    static final StructType SCHEMA = new StructType().add("id", DataTypes.StringType, false).add("label", DataTypes.IntegerType, false)
        .add("score", DataTypes.DoubleType, false);

    /** What all directions may take on an executor; of more, only so many classes are scored in one pass. */
    private static final long MOST_BYTES = 256L << 20;

    private Projections() {
    }

    /**
     * @param spark where it runs
     * @param table the rows
     * @param sizes their classes
     * @param directions folder of a table of {@link Direction}s
     * @param vectors of each class
     * @param folder of the scores, to be made; rows that cannot be scored are not in it
     */
    static void write(final SparkSession spark, final VectorTable table, final ClassSizes sizes, final String directions, final int vectors,
        final String folder) {
        final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        final int classes = sizes.names().size();
        final int together = (int)Math.max(1, Math.min(classes, MOST_BYTES / Direction.bytes(sizes.columns(), vectors)));
        final int columns = sizes.columns();
        for (int first = 0; first < classes; first += together) {
            context.setJobDescription("Scores of classes %d to %d of %d".formatted(first + 1, Math.min(classes, first + together), classes));
            final List<Row> rows = spark.read().schema(Direction.SCHEMA).parquet(directions)
                .filter(col("label").geq(first).and(col("label").lt(first + together))).collectAsList();
            final Map<String, Direction> byName = new HashMap<>();
            rows.stream().map(Direction::of).forEach(d -> byName.put(sizes.names().get(d.label()), d));
            final Broadcast<Map<String, Direction>> sent = context.broadcast(byName);
            final JavaRDD<Row> scores = table.vectors().map(row -> {
                final Direction direction = row.getLabel() == null ? null : sent.value().get(row.getLabel());
                return direction == null || BadRows.of(row, columns) != null ? null
                    : RowFactory.create(row.getId(), direction.label(), direction.score(row.getVector()));
            }).filter(Objects::nonNull);
            spark.createDataFrame(scores, SCHEMA).write().mode(SaveMode.Append).parquet(folder);
            sent.destroy();
        }
    }
}
