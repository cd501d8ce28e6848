package org.spectralsignatures.spark.vector;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** Sorts the rows of one part of the table into blocks of one class each, in the order in which they come. */
public final class BlockBuilder implements Iterator<RowBlock> {

    /** Values of a full block: so few that it stays in the processor's second cache. */
    private static final int VALUES = 1 << 16;

    private final Iterator<VectorRow> rows;

    private final Map<String, Integer> classes;

    private final int columns;

    private final int weights;

    private final long seed;

    private final int most;

    private final Map<Integer, Growing> open = new TreeMap<>();

    private final Deque<RowBlock> ready = new ArrayDeque<>();

    private final BadRows bad = new BadRows();

    private boolean ended;

    /**
     * @param rows of the part
     * @param classes their indices by name
     * @param columns values of a vector, d
     * @param weights random numbers of a row, s
     * @param seed of those
     */
    public BlockBuilder(final Iterator<VectorRow> rows, final Map<String, Integer> classes, final int columns, final int weights, final long seed) {
        this.rows = rows;
        this.classes = classes;
        this.columns = columns;
        this.weights = weights;
        this.seed = seed;
        most = Math.max(1, VALUES / columns);
    }

    /** A block that takes more rows; it begins small, since there may be thousands of them. */
    private final class Growing {

        private float[] values = new float[Math.min(most, 4) * columns];

        private float[] random = new float[Math.min(most, 4) * weights];

        private int count;

        void add(final VectorRow row) {
            if ((count + 1) * columns > values.length) {
                final int room = Math.min(most, 2 * count);
                values = Arrays.copyOf(values, room * columns);
                random = Arrays.copyOf(random, room * weights);
            }
            System.arraycopy(row.getVector(), 0, values, count * columns, columns);
            RowRandom.fill(seed, row.getId(), random, count * weights, weights);
            count++;
        }

        RowBlock block(final int label) {
            return new RowBlock(label, count, Arrays.copyOf(values, count * columns), Arrays.copyOf(random, count * weights), null);
        }
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && rows.hasNext()) {
            take(rows.next());
        }
        if (ready.isEmpty() && !ended) {
            ended = true;
            open.forEach((label, growing) -> ready.add(growing.block(label)));
            open.clear();
            if (bad.count() > 0) {
                ready.add(new RowBlock(-1, 0, new float[0], new float[0], bad));
            }
        }
        return !ready.isEmpty();
    }

    private void take(final VectorRow row) {
        final BadRows.Fault fault = BadRows.of(row, columns);
        if (fault != null) {
            bad.add(fault, row.getId());
            return;
        }
        final Integer label = classes.get(row.getLabel());
        if (label == null) {
            throw new IllegalStateException("The label '%s' was not there when the classes were counted: the files changed meanwhile. Run it again."
                .formatted(row.getLabel()));
        }
        final Growing growing = open.computeIfAbsent(label, l -> new Growing());
        growing.add(row);
        if (growing.count == most) {
            ready.add(growing.block(label));
            open.remove(label);
        }
    }

    @Override
    public RowBlock next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
