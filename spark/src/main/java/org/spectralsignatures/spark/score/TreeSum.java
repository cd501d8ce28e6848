package org.spectralsignatures.spark.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.spectralsignatures.spark.vector.RowBlock;

import scala.Tuple2;

/**
 * Sums over the rows of each class, added up class by class on the executors as a tree: the parts of 32 neighbours first, then those sums, and so
 * on. Unlike Spark's {@code treeAggregate} it adds in the order of the parts, not in that in which they arrive, so that the same files give the
 * same bits on any cluster, and no machine holds the sums of all classes but the driver, once.
 */
final class TreeSum {

    private static final int FAN = 32;

    /**
     * Sums up the blocks of one part of the table.
     *
     * @param <T> type of the sums
     */
    interface Task<T> extends Serializable {
        /** @return a sum for each class that has rows there */
        Map<Integer, T> sum(Iterator<RowBlock> blocks);
    }

    /** A part of the sum of a class, with its place among the others. */
    private record Part<T>(int place, T sum) implements Serializable {
    }

    private TreeSum() {
    }

    /**
     * @param blocks of all parts of the table
     * @param task for each part
     * @param <T> type of the sums
     * @return the sum of each class that has rows
     */
    static <T extends Summand<T>> Map<Integer, T> of(final JavaRDD<RowBlock> blocks, final Task<T> task) {
        int parts = blocks.getNumPartitions();
        JavaPairRDD<Long, Part<T>> sums = JavaPairRDD.fromJavaRDD(blocks.mapPartitionsWithIndex((part, rows) -> {
            final List<Tuple2<Long, Part<T>>> pairs = new ArrayList<>();
            task.sum(rows).forEach((label, sum) -> pairs.add(new Tuple2<>(key(label, part / FAN), new Part<>(part, sum))));
            return pairs.iterator();
        }, true));
        final int reducers = Math.max(1, Math.min(parts, blocks.context().defaultParallelism()));
        while (parts > 1) {
            parts = (parts + FAN - 1) / FAN;
            sums = sums.groupByKey(reducers).mapToPair(pair -> {
                final int group = (int)(pair._1() & Integer.MAX_VALUE);
                return new Tuple2<>(key((int)(pair._1() >> 32), group / FAN), new Part<>(group, added(pair._2())));
            });
        }
        final Map<Integer, T> result = new TreeMap<>();
        for (Tuple2<Long, Part<T>> pair : sums.collect()) {
            result.put((int)(pair._1() >> 32), pair._2().sum());
        }
        return result;
    }

    private static long key(final int label, final int group) {
        return (long)label << 32 | group;
    }

    private static <T extends Summand<T>> T added(final Iterable<Part<T>> parts) {
        final List<Part<T>> sorted = new ArrayList<>();
        parts.forEach(sorted::add);
        sorted.sort(Comparator.comparingInt(Part::place));
        final T sum = sorted.get(0).sum();
        for (Part<T> part : sorted.subList(1, sorted.size())) {
            sum.add(part.sum());
        }
        return sum;
    }
}
