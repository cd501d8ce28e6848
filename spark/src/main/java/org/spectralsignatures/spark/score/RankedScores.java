package org.spectralsignatures.spark.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import scala.Tuple2;

/**
 * The place of each row in its class: 1 for the highest score, equal scores by id, as in the library. All rows are sorted together, by ranges, so that
 * a large class is sorted on many machines; then the place is that within the range, and what lies before it.
 */
final class RankedScores {

    /** The columns of the result. */
    static final StructType SCHEMA = new StructType().add("id", DataTypes.StringType, false).add("label", DataTypes.StringType, false)
        .add("score", DataTypes.DoubleType, false).add("rank", DataTypes.LongType, false);

    private RankedScores() {
    }

    /** A row, as it is sorted. */
    private record Key(int label, double score, String id) implements Serializable {
    }

    /** By class, score from the highest, and id. */
    private static final class Order implements Comparator<Key>, Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public int compare(final Key a, final Key b) {
            final int byLabel = Integer.compare(a.label, b.label);
            if (byLabel != 0) {
                return byLabel;
            }
            final int byScore = Double.compare(b.score, a.score);
            return byScore != 0 ? byScore : a.id.compareTo(b.id);
        }
    }

    /** The classes that a range begins and ends with, and how many rows of the latter it has. */
    private record Ends(int part, int first, int last, long rowsOfLast) implements Serializable {
    }

    /**
     * @param spark where it runs
     * @param scores of {@link Projections#SCHEMA}
     * @param names of the classes
     * @return of {@link #SCHEMA}, sorted by class and rank
     */
    static Dataset<Row> of(final SparkSession spark, final Dataset<Row> scores, final List<String> names) {
        final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        context.setJobDescription("Ranks: sort the scores");
        final JavaRDD<Row> rows = scores.select("label", "score", "id").toJavaRDD();
        final JavaPairRDD<Key, Optional<Boolean>> sorted = rows.mapToPair(row -> new Tuple2<>(new Key(row.getInt(0), row.getDouble(1), row.getString(2)),
            Optional.<Boolean>empty())).sortByKey(new Order(), true, Math.max(1, rows.getNumPartitions()));
        final Broadcast<long[]> before = context.broadcast(before(sorted.keys()));
        final Broadcast<List<String>> labels = context.broadcast(new ArrayList<>(names));
        context.setJobDescription("Ranks: count and write");
        return spark.createDataFrame(sorted.keys().mapPartitionsWithIndex((part, keys) -> ranked(keys, before.value()[part], labels.value()), true), SCHEMA);
    }

    /** @return for each range how many rows of the class that it begins with lie in the ranges before it */
    private static long[] before(final JavaRDD<Key> sorted) {
        final var before = new long[sorted.getNumPartitions()];
        int label = -1;
        long rows = 0;
        for (Ends ends : sorted.mapPartitionsWithIndex(RankedScores::ends, true).collect()) {
            before[ends.part] = ends.first == label ? rows : 0;
            rows = ends.rowsOfLast + (ends.first == ends.last ? before[ends.part] : 0);
            label = ends.last;
        }
        return before;
    }

    private static Iterator<Ends> ends(final int part, final Iterator<Key> keys) {
        if (!keys.hasNext()) {
            return List.<Ends>of().iterator();
        }
        final int first = keys.next().label;
        int last = first;
        long rows = 1;
        while (keys.hasNext()) {
            final int label = keys.next().label;
            rows = label == last ? rows + 1 : 1;
            last = label;
        }
        return List.of(new Ends(part, first, last, rows)).iterator();
    }

    private static Iterator<Row> ranked(final Iterator<Key> keys, final long before, final List<String> names) {
        return new Iterator<>() {

            private int label = -1;

            private long rank = before;

            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public Row next() {
                final Key key = keys.next();
                rank = label >= 0 && key.label != label ? 1 : rank + 1;
                label = key.label;
                return RowFactory.create(key.id, names.get(key.label), key.score, rank);
            }
        };
    }
}
