package org.spectralsignatures.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.ZipException;

import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** An array in a NumPy file or archive, with its header read and its values still there. Messages of its exceptions name it. */
public final class NumpyArray {

    /** An exception whose message names the array. */
    private static final class NamedException extends IOException {

        private static final long serialVersionUID = 1L;

        NamedException(final String message, final Exception cause) {
            super(message, cause);
        }
    }

    private final String place;

    private final ArrayBytes bytes;

    private final NpyHeader header;

    private final NpyType type;

    NumpyArray(final String place, final ArrayBytes bytes) throws IOException {
        this.place = place;
        this.bytes = bytes;
        try (InputStream in = bytes.stream()) {
            header = NpyHeader.read(in, bytes.size());
            type = header.type();
            header.checkSize(bytes.size());
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw named(e);
        }
    }

    /** @return file, or archive and name, for messages */
    public String place() {
        return place;
    }

    /** @return number of values along each axis */
    public List<Long> shape() {
        return header.shape();
    }

    /** @return the shape as Python writes it */
    public String describeShape() {
        return header.describeShape();
    }

    /** @return the type of its values */
    public NpyType type() {
        return type;
    }

    /** @return number of its items: its length along the first axis, 1 for a single value */
    public long items() {
        return shape().isEmpty() ? 1 : shape().get(0);
    }

    /**
     * @param monitor asked while it is prepared, and from time to time while items are read
     * @return its items one after the other, to be closed
     * @throws IOException if it cannot be read
     */
    public NumpyItems open(final TaskMonitor monitor) throws IOException, TaskCancelledException {
        return header.isFortran() && shape().size() > 1 ? new FortranItems(this, monitor) : new StreamedItems(this, monitor);
    }

    boolean isFortran() {
        return header.isFortran();
    }

    long start() {
        return header.start();
    }

    ArrayBytes bytes() {
        return bytes;
    }

    /** @return bytes of an item */
    int itemBytes() throws IOException {
        long count = items() == 0 ? 0 : type.bytes();
        for (int axis = 1; axis < shape().size() && count <= Integer.MAX_VALUE; axis++) {
            count *= shape().get(axis);
        }
        if (count > NumpyItems.MOST_BYTES) {
            throw new NamedException("'%s' cannot be used: each of its items has more than %d bytes, its shape is %s.".formatted(place, NumpyItems.MOST_BYTES,
                describeShape()), null);
        }
        return (int)count;
    }

    /** @return the exception with the name of the array, and what to do */
    IOException named(final Exception e) {
        if (e instanceof NamedException named) {
            return named;
        }
        final String what = e instanceof ZipException || !(e instanceof IOException) || e.getMessage() == null ? "it is damaged: " + RegularFile.reason(e)
            : e.getMessage().startsWith("it") ? e.getMessage() + "." : RegularFile.reason(e);
        return new NamedException("'%s' cannot be read: %s%s".formatted(place, what, what.contains("save") ? "" : " Download or copy it again."), e);
    }
}
