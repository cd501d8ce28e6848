package org.spectralsignatures.representation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A memory-mapped matrix of little-endian float32 values, {@code [n, d]} in C order, in NumPy's file format version 1.0
 * (NEP 1), so that {@code numpy.load} reads it too. Files may exceed 2 GiB. Reading is safe from several threads.
 */
public final class NpyMatrix implements AutoCloseable {

    private static final byte[] MAGIC = {(byte)0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private static final int ALIGNMENT = 64;

    private static final int SEGMENT_BYTES = 1 << 28;

    private static final Pattern HEADER =
        Pattern.compile("\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\), \\}\\s*");

    private final Path file;

    private final FileChannel channel;

    private final long rows;

    private final int columns;

    private final int rowsPerSegment;

    private final FloatBuffer[] segments;

    private NpyMatrix(final Path file, final FileChannel channel, final long start, final long rows, final int columns,
        final FileChannel.MapMode mode) throws IOException {
        this.file = file;
        this.channel = channel;
        this.rows = rows;
        this.columns = columns;
        rowsPerSegment = Math.max(1, SEGMENT_BYTES / (columns * Float.BYTES));
        segments = new FloatBuffer[(int)((rows + rowsPerSegment - 1) / rowsPerSegment)];
        for (int s = 0; s < segments.length; s++) {
            final long first = (long)s * rowsPerSegment;
            final long bytes = Math.min(rowsPerSegment, rows - first) * columns * Float.BYTES;
            segments[s] = channel.map(mode, start + first * columns * Float.BYTES, bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        }
    }

    /**
     * @param file to be created or replaced
     * @param rows n
     * @param columns d, at least 1
     * @return a matrix of zeros to be written
     * @throws IOException if the file cannot be written
     */
    public static NpyMatrix create(final Path file, final long rows, final int columns) throws IOException {
        if (rows < 0 || columns < 1) {
            throw new IllegalArgumentException("A matrix of %d rows and %d columns cannot be stored.".formatted(rows, columns));
        }
        final var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            final byte[] header = header(rows, columns);
            channel.write(ByteBuffer.wrap(header), 0);
            return new NpyMatrix(file, channel, header.length, rows, columns, FileChannel.MapMode.READ_WRITE);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static byte[] header(final long rows, final int columns) {
        final String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
        final int unpadded = MAGIC.length + 2 + text.length() + 1;
        final int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        final var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putShort((short)(length - MAGIC.length - 2));
        bytes.put((text + " ".repeat(length - unpadded) + "\n").getBytes(StandardCharsets.US_ASCII));
        return bytes.array();
    }

    /**
     * @param file a matrix of float32 values as {@link #create} or {@code numpy.save} writes it
     * @return the matrix, to be read
     * @throws IOException if the file is something else; the message names it
     */
    public static NpyMatrix open(final Path file) throws IOException {
        final var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            final var prefix = ByteBuffer.allocate(MAGIC.length + 2).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(prefix, 0);
            if (prefix.hasRemaining() || !prefix.flip().slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
                throw new IOException("'" + file + "' is no NumPy file of version 1.0.");
            }
            final int length = prefix.getShort(MAGIC.length) & 0xffff;
            final var text = ByteBuffer.allocate(length);
            channel.read(text, prefix.capacity());
            final Matcher header = HEADER.matcher(new String(text.array(), StandardCharsets.US_ASCII));
            if (!header.matches()) {
                throw new IOException("'" + file + "' holds no matrix of float32 values in C order.");
            }
            final long rows = Long.parseLong(header.group(1));
            final int columns = Integer.parseInt(header.group(2));
            final long start = (long)prefix.capacity() + length;
            if (channel.size() < start + rows * columns * Float.BYTES) {
                throw new IOException("'" + file + "' is cut off: it should hold %d x %d values.".formatted(rows, columns));
            }
            return new NpyMatrix(file, channel, start, rows, columns, FileChannel.MapMode.READ_ONLY);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** @return the file */
    public Path file() {
        return file;
    }

    /** @return n */
    public long rows() {
        return rows;
    }

    /** @return d */
    public int columns() {
        return columns;
    }

    /**
     * @param row index of a row
     * @param target receives {@code columns()} values
     */
    public void readRow(final long row, final float[] target) {
        segment(row).get(position(row), target, 0, columns);
    }

    /**
     * The rows in place, for native code that reads them; valid as long as this matrix is open.
     *
     * @param row index of a row
     * @return the address of its first value
     */
    public FloatPointer address(final long row) {
        return new FloatPointer(segment(row)).getPointer(position(row));
    }

    /**
     * @param row index of a row
     * @return number of rows that lie one after the other in memory from it on
     */
    public long rowsInPlace(final long row) {
        return Math.min(rows, (row / rowsPerSegment + 1) * rowsPerSegment) - row;
    }

    /**
     * @param row index of a row
     * @param source holds the row
     * @param offset where in the source the row begins
     */
    public void writeRow(final long row, final float[] source, final int offset) {
        segment(row).put(position(row), source, offset, columns);
    }

    private FloatBuffer segment(final long row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("Row " + row + " of " + rows);
        }
        return segments[(int)(row / rowsPerSegment)];
    }

    private int position(final long row) {
        return (int)(row % rowsPerSegment) * columns;
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(segments, null);
        channel.close();
    }
}
