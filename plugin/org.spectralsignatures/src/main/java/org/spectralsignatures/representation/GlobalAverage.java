package org.spectralsignatures.representation;

import java.io.IOException;
import java.nio.file.Path;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** The global average of representations that were extracted with all their positions, as {@link Pooling#GLOBAL_AVERAGE} gives it. */
public final class GlobalAverage {

    private static final int ROWS_PER_CHECK = 1024;

    private GlobalAverage() {
    }

    /**
     * @param activations {@code [n, channels * positions]}, channel by channel
     * @param positions height times width of the layer, a divisor of the columns
     * @param file to be created: float32 {@code [n, channels]}
     * @param monitor progress and cancellation
     * @return the means over the positions, to be closed by the caller
     * @throws IOException if the file cannot be written
     * @throws TaskCancelledException if the monitor said so
     */
    public static NpyMatrix of(final NpyMatrix activations, final int positions, final Path file, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final int channels = activations.columns() / positions;
        final NpyMatrix averages = NpyMatrix.create(file, activations.rows(), channels, monitor).on(activations.algebra());
        boolean complete = false;
        try {
            final var row = new float[activations.columns()];
            final var mean = new float[channels];
            for (long i = 0; i < activations.rows(); i++) {
                if (i % ROWS_PER_CHECK == 0) {
                    monitor.checkCancelled();
                    monitor.progress((double)i / activations.rows(), "Averages of " + i + " of " + activations.rows() + " images");
                }
                activations.readRow(i, row);
                for (int c = 0; c < channels; c++) {
                    double sum = 0;
                    for (int p = 0; p < positions; p++) {
                        sum += row[c * positions + p];
                    }
                    mean[c] = (float)(sum / positions);
                }
                averages.writeRow(i, mean, 0);
            }
            complete = true;
            return averages;
        } finally {
            if (!complete) {
                averages.close();
            }
        }
    }
}
