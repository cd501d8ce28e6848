package org.spectralsignatures.spark.vector;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import scala.Tuple2;

/**
 * The rows of a table in blocks of one class each, where they are passed over again and again. They stay in the parts in which they were read, unless
 * each part holds so few rows of so many classes that its sums would be as large as itself: then all rows are brought together by class, once.
 */
public final class VectorBlocks {

    private static final Logger LOG = LoggerFactory.getLogger(VectorBlocks.class);

    /** Rows of a class in a part below which its sums, two vectors in double precision, are no smaller than a quarter of the rows themselves. */
    private static final int FEW = 16;

    /** So few parts add up fast, whatever they hold. */
    private static final int FEW_PARTS = 8;

    private VectorBlocks() {
    }

    /** The place of a row among those that are brought together. */
    private record Key(int label, String id) implements Serializable {
    }

    /** Classes one after the other, in the order of ids. */
    private static final class Order implements Comparator<Key>, Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public int compare(final Key a, final Key b) {
            final int byLabel = Integer.compare(a.label, b.label);
            return byLabel != 0 ? byLabel : Comparator.nullsFirst(Comparator.<String>naturalOrder()).compare(a.id, b.id);
        }
    }

    /** Parts of equal size: small classes share one, large ones are spread over several by the ids of their rows. */
    static final class ByClass extends Partitioner {

        private static final long serialVersionUID = 1L;

        private final long[] start;

        private final int parts;

        ByClass(final long[] rows, final int parts) {
            this.parts = parts;
            start = new long[rows.length + 1];
            for (int c = 0; c < rows.length; c++) {
                start[c + 1] = start[c] + rows[c];
            }
        }

        @Override
        public int numPartitions() {
            return parts;
        }

        @Override
        public int getPartition(final Object key) {
            final var row = (Key)key;
            return row.label < 0 || row.id == null ? 0 : part(row.label, row.id);
        }

        int part(final int label, final String id) {
            final var random = new float[1];
            RowRandom.fill(label, id, random, 0, 1);
            final double place = start[label] + (random[0] + .5) * (start[label + 1] - start[label]);
            return (int)Math.min(parts - 1L, (long)(place * parts / Math.max(1, start[start.length - 1])));
        }
    }

    /**
     * @param context of Spark
     * @param table is read when the blocks are first used
     * @param sizes its classes
     * @param weights random numbers of each row, see {@link RowBlock}
     * @param seed of those
     * @return its rows; those of a part that cannot be scored stand at its end
     */
    public static JavaRDD<RowBlock> of(final JavaSparkContext context, final VectorTable table, final ClassSizes sizes, final int weights, final long seed) {
        final Broadcast<Map<String, Integer>> classes = context.broadcast(sizes.indices());
        final int columns = sizes.columns();
        JavaRDD<VectorRow> rows = table.vectors();
        final int parts = rows.getNumPartitions();
        if (parts > FEW_PARTS && (double)parts * sizes.names().size() * FEW > sizes.total()) {
            LOG.info("The rows are brought together by class once, since each of the {} parts holds few rows of many of the {} classes", parts, sizes.names().size());
            rows = rows.mapToPair(row -> new Tuple2<>(new Key(classes.value().getOrDefault(row.getLabel(), -1), row.getId()), row))
                .repartitionAndSortWithinPartitions(new ByClass(sizes.rows(), parts), new Order()).values();
        }
        return rows.mapPartitions(part -> new BlockBuilder(part, classes.value(), columns, weights, seed));
    }
}
