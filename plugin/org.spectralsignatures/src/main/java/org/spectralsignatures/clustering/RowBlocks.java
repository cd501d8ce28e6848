package org.spectralsignatures.clustering;

import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * The rows of a matrix in blocks, some of which are visited at a time, on all processors. Which rows a block has depends on the matrix alone, and so do
 * sums that are taken block by block: they are the same on any number of threads.
 */
final class RowBlocks {

    private static final int VALUES_A_BLOCK = 1 << 20;

    private static final int ROWS_A_BLOCK = 256;

    /** Products between two looks whether to stop: a part of a second. */
    private static final double PRODUCTS_A_CHECK = 1 << 27;

    /** Looks at some rows. */
    interface Visitor {

        /** @return what is summed up over all blocks */
        double visit(int first, int count);
    }

    private final int rows;

    private final int columns;

    private final int blockRows;

    RowBlocks(final NpyMatrix matrix) {
        rows = (int)matrix.rows();
        columns = matrix.columns();
        blockRows = Math.max(1, Math.min(ROWS_A_BLOCK, VALUES_A_BLOCK / columns));
    }

    /**
     * @param products that are computed for each value of the matrix
     * @return the sum of what the visitor gave, in the order of the rows
     */
    double visit(final double products, final Visitor visitor, final TaskMonitor monitor) throws TaskCancelledException {
        final int blocks = (rows + blockRows - 1) / blockRows;
        final int atOnce = (int)Math.max(2. * Runtime.getRuntime().availableProcessors(), PRODUCTS_A_CHECK / ((double)blockRows * columns * products));
        double sum = 0;
        for (int next = 0; next < blocks; next += Math.min(atOnce, blocks - next)) {
            monitor.checkCancelled();
            final int start = next;
            final double[] parts = new double[Math.min(atOnce, blocks - start)];
            IntStream.range(0, parts.length).parallel().forEach(i -> {
                final int first = (start + i) * blockRows;
                parts[i] = visitor.visit(first, Math.min(blockRows, rows - first));
            });
            for (double part : parts) {
                sum += part;
            }
        }
        return sum;
    }
}
