package org.spectralsignatures.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.spectralsignatures.monitor.TaskCancelledException;

/** The items of an array along its first axis, from the first to the last. */
public interface NumpyItems extends AutoCloseable {

    /** Most bytes of an item: 512 MiB. */
    int MOST_BYTES = 1 << 29;

    /**
     * @return the values of the next item in C order, in the bytes of the array's type; a new buffer
     * @throws IOException if it cannot be read; the message names the array
     */
    ByteBuffer next() throws IOException, TaskCancelledException;

    /** Passes over the next item. */
    void skip() throws IOException, TaskCancelledException;

    @Override
    void close() throws IOException;
}
