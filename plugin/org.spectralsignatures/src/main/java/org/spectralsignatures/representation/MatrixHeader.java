package org.spectralsignatures.representation;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

import org.spectralsignatures.numpy.NpyHeader;

/**
 * The header of a NumPy file that is mapped into memory as it is: a matrix of little-endian float32 in C order.
 *
 * @param rows n
 * @param columns d, at least 1
 * @param start bytes before the first value
 */
record MatrixHeader(long rows, int columns, long start) {

    /** Most values of a row, so that some rows fit into what Java maps at once. */
    static final int MAX_COLUMNS = 1 << 28;

    private static final String TYPE = "<f4";

    /** @return the bytes of a header of version 1.0 */
    static byte[] write(final long rows, final int columns) {
        return NpyHeader.write(TYPE, rows, columns);
    }

    /**
     * @param channel of a file, at its beginning
     * @return its header
     * @throws IOException if the file is no such matrix of exactly that size; the message does not name the file
     */
    static MatrixHeader read(final FileChannel channel) throws IOException {
        final NpyHeader header = NpyHeader.read(Channels.newInputStream(channel), channel.size());
        final String type = header.description();
        if (!type.substring(1, type.length() - 1).equals(TYPE)) {
            throw new IOException("its values are of the type %s, but must be little-endian float32: save a.astype('<f4')".formatted(type));
        }
        if (header.isFortran()) {
            throw new IOException("its values lie column by column (fortran_order is True): save numpy.ascontiguousarray(a)");
        }
        if (header.axes() != 2) {
            throw new IOException("its shape is %s, but must be that of a matrix: (rows, values a row)".formatted(header.describeShape()));
        }
        final long rows = header.shape().get(0);
        final long columns = header.shape().get(1);
        if (rows > Integer.MAX_VALUE || columns < 1 || columns > MAX_COLUMNS) {
            throw new IOException("its shape is (%d, %d), but up to %d rows of 1 to %d values can be read".formatted(rows, columns, Integer.MAX_VALUE, MAX_COLUMNS));
        }
        final var matrix = new MatrixHeader(rows, (int)columns, header.start());
        matrix.checkSize(channel.size());
        return matrix;
    }

    private void checkSize(final long size) throws IOException {
        final long needed = start + rows * columns * Float.BYTES; // below 2^62
        if (size != needed) {
            throw new IOException("it %s: %d x %d values need %d bytes, but it has %d".formatted(size < needed ? "is cut off" : "goes on behind its values", rows,
                columns, needed, size));
        }
    }
}
