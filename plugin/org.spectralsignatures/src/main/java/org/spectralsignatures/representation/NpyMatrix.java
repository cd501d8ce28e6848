package org.spectralsignatures.representation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import org.spectralsignatures.engine.Algebra;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.storage.FileSpace;

/**
 * A memory-mapped matrix of little-endian float32 values, {@code [n, d]} in C order, in NumPy's file format version 1.0
 * (NEP 1), so that {@code numpy.load} reads it too. Files may exceed 2 GiB. Reading is safe from several threads.
 */
public final class NpyMatrix implements AutoCloseable {

    private static final int SEGMENT_BYTES = 1 << 28;

    private final Path file;

    private final FileChannel channel;

    private final long rows;

    private final int columns;

    private final int rowsPerSegment;

    private final FloatBuffer[] segments;

    private Algebra algebra;

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
     * As below, without a way to cancel it.
     *
     * @param file to be created or replaced
     * @param rows n
     * @param columns d, at least 1
     * @return a matrix of zeros to be written
     * @throws IOException if the file cannot be written
     */
    public static NpyMatrix create(final Path file, final long rows, final int columns) throws IOException {
        try {
            return create(file, rows, columns, TaskMonitor.none());
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // that monitor never cancels
        }
    }

    /**
     * Takes all of the file's space on disk, so that writing rows cannot fail for lack of it.
     *
     * @param file to be created or replaced
     * @param rows n
     * @param columns d, at least 1
     * @param monitor asked while the space is taken
     * @return a matrix of zeros to be written
     * @throws IOException if the file cannot be written or there is not enough space; nothing is left of it
     * @throws TaskCancelledException if the monitor said so; nothing is left of it
     */
    public static NpyMatrix create(final Path file, final long rows, final int columns, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        if (rows < 0 || rows > Integer.MAX_VALUE || columns < 1 || columns > MatrixHeader.MAX_COLUMNS) {
            throw new IllegalArgumentException("A matrix of %d rows and %d columns cannot be stored.".formatted(rows, columns));
        }
        final var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean complete = false;
        try {
            final byte[] header = MatrixHeader.write(rows, columns);
            FileSpace.reserve(channel, file, header.length + rows * columns * Float.BYTES, monitor);
            channel.write(ByteBuffer.wrap(header), 0);
            final var matrix = new NpyMatrix(file, channel, header.length, rows, columns, FileChannel.MapMode.READ_WRITE);
            complete = true;
            return matrix;
        } finally {
            if (!complete) {
                channel.close();
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * @param file a matrix of float32 values as {@link #create} or {@code numpy.save} writes it
     * @return the matrix, to be read
     * @throws IOException if the file is something else; the message names it
     */
    public static NpyMatrix open(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("'%s' is no file of activations: %s.".formatted(file, Files.exists(file) ? "it is no file at all" : "there is no such file"));
        }
        final var channel = FileChannel.open(file, StandardOpenOption.READ);
        boolean complete = false;
        try {
            final MatrixHeader header = MatrixHeader.read(channel);
            final var matrix = new NpyMatrix(file, channel, header.start(), header.rows(), header.columns(), FileChannel.MapMode.READ_ONLY);
            complete = true;
            return matrix;
        } catch (IOException e) {
            throw new IOException("'%s' holds no activations that can be read: %s. Take an undamaged copy, or extract them again."
                .formatted(file, e.getMessage()), e);
        } finally {
            if (!complete) {
                channel.close();
            }
        }
    }

    /** @return the file */
    public Path file() {
        return file;
    }

    /**
     * @param engine that multiplies it from now on
     * @return this
     */
    public NpyMatrix on(final Algebra engine) {
        algebra = engine;
        return this;
    }

    /** @return the engine that multiplies it; unless one was chosen, that of {@link Engines#algebra()} */
    public Algebra algebra() {
        return algebra == null ? Engines.algebra() : algebra;
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
     * Some rows in place, for native code that reads them; valid as long as this matrix is open.
     *
     * @param row index of the first row
     * @param count at most {@link #rowsInPlace(long)} of it
     * @return {@code [count, d]}, a direct buffer that begins with them
     */
    public FloatBuffer rows(final long row, final int count) {
        return segment(row).slice(position(row), count * columns);
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
