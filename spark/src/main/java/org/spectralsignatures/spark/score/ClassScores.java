package org.spectralsignatures.spark.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.spectralsignatures.removal.CutOff;

import scala.Tuple2;

/**
 * What the scores of one class come to. The library's cut-off needs them all at once: the scores of a class, and three times their memory, lie on
 * one executor.
 *
 * @param mean of the scores
 * @param least of them
 * @param largest of them
 * @param cutOff that they show
 */
record ClassScores(double mean, double least, double largest, CutOff cutOff) {

    /** A cut-off that can be sent, which the library's cannot. */
    private record Sent(double mean, double least, double largest, double statistic, double pValue, double score, int above) implements Serializable {
    }

    /**
     * @param context of Spark
     * @param scores of {@link Projections#SCHEMA}
     * @return one of each class that has rows, by its index
     */
    static Map<Integer, ClassScores> of(final JavaSparkContext context, final Dataset<Row> scores) {
        context.setJobDescription("Verdicts: the scores of each class");
        final var parts = scores.select("label", "score").toJavaRDD();
        final int reducers = Math.max(1, Math.min(parts.getNumPartitions(), 4 * context.defaultParallelism()));
        final List<Tuple2<Integer, Sent>> found = parts.mapPartitionsToPair(rows -> {
            final Map<Integer, Doubles> byClass = new TreeMap<>();
            while (rows.hasNext()) {
                final Row row = rows.next();
                byClass.computeIfAbsent(row.getInt(0), label -> new Doubles()).add(row.getDouble(1));
            }
            final List<Tuple2<Integer, double[]>> pairs = new ArrayList<>();
            byClass.forEach((label, values) -> pairs.add(new Tuple2<>(label, values.array())));
            return pairs.iterator();
        }).groupByKey(reducers).mapValues(ClassScores::judge).collect();
        final Map<Integer, ClassScores> result = new TreeMap<>();
        for (Tuple2<Integer, Sent> pair : found) {
            final Sent s = pair._2();
            result.put(pair._1(), new ClassScores(s.mean, s.least, s.largest, new CutOff(s.statistic, s.pValue, s.score, s.above)));
        }
        return result;
    }

    private static Sent judge(final Iterable<double[]> parts) {
        long count = 0;
        for (double[] part : parts) {
            count += part.length;
        }
        final var ascending = new double[Math.toIntExact(count)];
        int next = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, ascending, next, part.length);
            next += part.length;
        }
        Arrays.sort(ascending);
        final CutOff cutOff = CutOff.of(ascending);
        return new Sent(Arrays.stream(ascending).sum() / count, ascending[0], ascending[ascending.length - 1], cutOff.statistic(), cutOff.pValue(),
            cutOff.score(), cutOff.above());
    }

    /** Doubles one after the other. */
    private static final class Doubles {

        private double[] values = new double[16];

        private int count;

        void add(final double value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        double[] array() {
            return Arrays.copyOf(values, count);
        }
    }
}
