package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.numpy.ArrayContent;
import org.spectralsignatures.numpy.ByteSink;
import org.spectralsignatures.numpy.NpyHeader;
import org.spectralsignatures.representation.NpyMatrix;

/** A matrix of representations {@code [n, d]} as an array of float32, with the bits that it has. */
final class MatrixContent implements ArrayContent {

    private final NpyMatrix matrix;

    private long rowsNotFinite;

    MatrixContent(final NpyMatrix matrix) {
        this.matrix = matrix;
    }

    /** @return number of rows with an infinite value or one that is not a number, once the values were given */
    long rowsNotFinite() {
        return rowsNotFinite;
    }

    @Override
    public byte[] header() {
        return NpyHeader.write("<f4", matrix.rows(), matrix.columns());
    }

    @Override
    public long bytes() {
        return matrix.rows() * matrix.columns() * Float.BYTES;
    }

    @Override
    public void writeTo(final ByteSink sink) throws IOException, TaskCancelledException {
        rowsNotFinite = 0;
        final var piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < matrix.rows(); i++) {
            final FloatBuffer row = matrix.rows(i, 1);
            boolean isFinite = true;
            while (row.hasRemaining()) {
                if (!piece.hasRemaining()) {
                    sink.put(piece.array(), piece.position());
                    piece.clear();
                }
                final int bits = Float.floatToRawIntBits(row.get());
                isFinite &= Float.isFinite(Float.intBitsToFloat(bits));
                piece.putInt(bits);
            }
            rowsNotFinite += isFinite ? 0 : 1;
        }
        sink.put(piece.array(), piece.position());
    }
}
