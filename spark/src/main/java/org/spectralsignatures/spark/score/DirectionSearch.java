package org.spectralsignatures.spark.score;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spectralsignatures.scoring.BlockLanczos;
import org.spectralsignatures.scoring.BlockLanczos.Tolerance;
import org.spectralsignatures.spark.score.GramSum.Wanted;
import org.spectralsignatures.spark.vector.ClassSizes;
import org.spectralsignatures.spark.vector.RowBlock;

/**
 * The leading singular vectors of all classes: in each pass over the rows every class that is not done multiplies a few vectors. As many classes
 * are worked on together as the driver has memory for; the others follow.
 */
final class DirectionSearch {

    private static final Logger LOG = LoggerFactory.getLogger(DirectionSearch.class);

    /** Singular values that are found besides the vectors, as in the library. */
    static final int SINGULAR_VALUES = 3;

    private final JavaSparkContext context;

    private final JavaRDD<RowBlock> blocks;

    private final ClassSizes sizes;

    private final int directions;

    private final DriverMemory memory;

    /** Classes that are still to be begun. */
    private final Deque<Integer> waiting = new ArrayDeque<>();

    private int passes;

    /**
     * @param context of Spark
     * @param blocks the rows
     * @param sizes their classes
     * @param directions vectors wanted of each class
     * @param memory of the driver
     */
    DirectionSearch(final JavaSparkContext context, final JavaRDD<RowBlock> blocks, final ClassSizes sizes, final int directions, final DriverMemory memory) {
        this.context = context;
        this.blocks = blocks;
        this.sizes = sizes;
        this.directions = directions;
        this.memory = memory;
        IntStream.range(0, sizes.names().size()).forEach(waiting::add);
    }

    /** @return random combinations of the rows that the search for so many directions starts from; the library's number */
    static int starts(final int directions) {
        return Math.min(8, Math.max(2, directions));
    }

    /** @param found receives the directions of some classes at a time, all classes in the end */
    void run(final Consumer<List<Direction>> found) {
        while (!waiting.isEmpty()) {
            final List<Integer> wave = new ArrayList<>();
            while (wave.size() < memory.classes() && !waiting.isEmpty()) {
                wave.add(waiting.remove());
            }
            found.accept(wave(wave));
        }
    }

    /** @return passes over the rows of all classes that were made */
    int passes() {
        return passes;
    }

    private List<Direction> wave(final List<Integer> wave) {
        final Map<Integer, ClassMoments> moments = moments(wave);
        final List<Direction> done = new ArrayList<>();
        final Map<Integer, BlockLanczos> processes = new TreeMap<>();
        for (int label : wave) {
            final ClassMoments m = moments.get(label);
            if (m == null) {
                done.add(new Direction(label, 0, new double[0], 0, new double[0][], new double[0], 0, 0));
            } else if (!m.varies()) {
                done.add(new Direction(label, m.rows(), m.mean(), 0, new double[0][], new double[0], 0, 0));
            } else {
                processes.put(label, new BlockLanczos(m.rows(), m.squaredNorm(), Tolerance.FINE, directions, Math.max(directions, SINGULAR_VALUES), m.start()));
            }
        }
        while (!processes.isEmpty()) {
            postpone(processes);
            pass(processes, moments, wave.size());
            processes.entrySet().removeIf(e -> {
                if (e.getValue().isDone()) {
                    done.add(direction(e.getKey(), moments.get(e.getKey()), e.getValue()));
                }
                return e.getValue().isDone();
            });
        }
        return done;
    }

    private Map<Integer, ClassMoments> moments(final List<Integer> wave) {
        final var members = new BitSet();
        wave.forEach(members::set);
        final int columns = sizes.columns();
        final int starts = starts(directions);
        describe("Means of %d classes".formatted(wave.size()));
        return TreeSum.of(wave.size() == sizes.names().size() ? blocks : blocks.filter(b -> b.bad() == null && members.get(b.label())),
            part -> ClassMoments.sums(part, columns, starts));
    }

    private void pass(final Map<Integer, BlockLanczos> processes, final Map<Integer, ClassMoments> moments, final int classes) {
        final Map<Integer, Wanted> wanted = new HashMap<>();
        processes.forEach((label, process) -> wanted.put(label, new Wanted(moments.get(label).mean(), process.block())));
        describe("Singular vectors: %d of %d classes to go".formatted(wanted.size(), classes));
        final Broadcast<Map<Integer, Wanted>> sent = context.broadcast(wanted);
        final Map<Integer, GramSum> sums = TreeSum.of(blocks, part -> GramSum.sums(part, sent.value()));
        sent.destroy();
        processes.entrySet().parallelStream().forEach(e -> e.getValue().accept(sums.get(e.getKey()).products()));
    }

    private void describe(final String text) {
        passes++;
        final String description = "Pass %d over the rows. %s%s".formatted(passes, text, waiting.isEmpty() ? "" : ", %d wait".formatted(waiting.size()));
        context.setJobDescription(description);
        LOG.info(description);
    }

    /** Where many classes need more vectors than usual, the last ones start again later. */
    private void postpone(final Map<Integer, BlockLanczos> processes) {
        final List<Integer> labels = new ArrayList<>(processes.keySet());
        Collections.reverse(labels);
        long vectors = processes.values().stream().mapToLong(BlockLanczos::held).sum();
        for (int label : labels) {
            if (processes.size() == 1 || !memory.exceededBy(vectors)) {
                return;
            }
            vectors -= processes.remove(label).held();
            waiting.addFirst(label);
        }
    }

    private Direction direction(final int label, final ClassMoments moments, final BlockLanczos process) {
        int rank = 0;
        final var values = new double[SINGULAR_VALUES];
        while (process.eigenvalue(rank) > 1e-12 * moments.squaredNorm()) {
            if (rank < values.length) {
                values[rank] = Math.sqrt(process.eigenvalue(rank));
            }
            rank++;
        }
        final var vectors = new double[Math.min(rank, directions)][];
        for (int j = 0; j < vectors.length; j++) {
            vectors[j] = process.vector(j);
        }
        return new Direction(label, moments.rows(), moments.mean(), moments.squaredNorm(), vectors, values, process.passes() + 1,
            process.angle(vectors.length));
    }
}
