package org.spectralsignatures.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * The smallest and the largest of the numbers of an array.
 *
 * @param smallest of those that are finite; positive infinity where there are none
 * @param largest of those that are finite; negative infinity where there are none
 * @param notFinite how many are infinite or not a number
 */
public record ValueRange(double smallest, double largest, long notFinite) {

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Looks at all values of an array.
     *
     * @param array of numbers
     * @param monitor asked every few thousand values
     * @return their range
     * @throws IOException if they cannot be read; the message names the array
     */
    public static ValueRange of(final NumpyArray array, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final NpyType type = array.type();
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        long notFinite = 0;
        try (InputStream in = array.bytes().stream()) {
            in.skipNBytes(array.start());
            final var bytes = new byte[BUFFER_BYTES];
            final ByteBuffer values = ByteBuffer.wrap(bytes).order(type.order());
            for (int count = in.readNBytes(bytes, 0, bytes.length); count > 0; count = in.readNBytes(bytes, 0, bytes.length)) {
                monitor.checkCancelled();
                if (count % type.bytes() != 0) {
                    throw new EOFException("it is cut off");
                }
                for (int at = 0; at < count; at += type.bytes()) {
                    final double value = type.number(values, at);
                    if (Double.isFinite(value)) {
                        smallest = Math.min(smallest, value);
                        largest = Math.max(largest, value);
                    } else {
                        notFinite++;
                    }
                }
            }
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw array.named(e);
        }
        return new ValueRange(smallest, largest, notFinite);
    }
}
