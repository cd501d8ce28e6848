package org.spectralsignatures.spark.score;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

import org.spectralsignatures.spark.score.GramSum.Wanted;
import org.spectralsignatures.spark.vector.RowBlock;

/** Time that a processor takes for a row in one pass, whatever else the machine does: the arguments are numbers of values of a row. */
public final class PassBenchmark {

    private static final long BYTES = 256L << 20;

    private PassBenchmark() {
    }

    /** @param arguments numbers of values */
    public static void main(final String[] arguments) {
        for (String argument : arguments) {
            final int columns = Integer.parseInt(argument);
            final var random = new SplittableRandom(1);
            final int rows = Math.max(1, (1 << 16) / columns);
            final List<RowBlock> blocks = new ArrayList<>();
            for (long bytes = 0; bytes < BYTES; bytes += (long)rows * columns * Float.BYTES) { // more than any cache
                final var values = new float[rows * columns];
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextInt() * 0x1p-31f;
                }
                blocks.add(new RowBlock(0, rows, values, new float[2 * rows], null));
            }
            final var wanted = Map.of(0, new Wanted(new double[columns], new double[][]{random.doubles(columns).toArray(), random.doubles(columns).toArray()}));
            double best = Double.POSITIVE_INFINITY;
            double sum = 0;
            for (int round = 0; round < 8; round++) {
                final long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                sum += GramSum.sums(blocks.iterator(), wanted).get(0).products()[0][0];
                best = Math.min(best, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9 / ((double)rows * blocks.size()));
            }
            System.out.printf(Locale.ROOT, "%d values: %.0f ns a row and pass of two vectors, %.2f GB of rows a second and core (%s)%n", columns, best * 1e9,
                columns * Float.BYTES / best * 1e-9, Double.isFinite(sum));
        }
    }
}
