package org.spectralsignatures.numpy;

import java.io.IOException;
import java.util.BitSet;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * An array of truths {@code [n]} (NumPy's type {@code bool}).
 *
 * @param flags which of them are true
 * @param count n
 */
public record FlagContent(BitSet flags, int count) implements ArrayContent {

    @Override
    public byte[] header() {
        return NpyHeader.write("|b1", count);
    }

    @Override
    public long bytes() {
        return count;
    }

    @Override
    public void writeTo(final ByteSink sink) throws IOException, TaskCancelledException {
        final var piece = new byte[PIECE_BYTES];
        for (int start = 0; start < count; start += piece.length) {
            final int length = Math.min(piece.length, count - start);
            for (int i = 0; i < length; i++) {
                piece[i] = (byte)(flags.get(start + i) ? 1 : 0);
            }
            sink.put(piece, length);
        }
    }
}
