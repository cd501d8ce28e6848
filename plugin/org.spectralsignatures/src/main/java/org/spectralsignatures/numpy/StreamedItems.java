package org.spectralsignatures.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** The items of an array in C order, one at a time from its stream. */
final class StreamedItems implements NumpyItems {

    private final NumpyArray array;

    private final TaskMonitor monitor;

    private final InputStream in;

    private final int bytes;

    StreamedItems(final NumpyArray array, final TaskMonitor monitor) throws IOException {
        this.array = array;
        this.monitor = monitor;
        bytes = array.itemBytes();
        InputStream opened = null;
        try {
            opened = array.bytes().stream();
            opened.skipNBytes(array.start());
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            if (opened != null) {
                opened.close();
            }
            throw array.named(e);
        }
        in = opened;
    }

    @Override
    public ByteBuffer next() throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        try {
            final byte[] item = in.readNBytes(bytes);
            if (item.length < bytes) {
                throw new EOFException("it is cut off");
            }
            return ByteBuffer.wrap(item).order(array.type().order());
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw array.named(e);
        }
    }

    @Override
    public void skip() throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        try {
            in.skipNBytes(bytes);
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw array.named(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
