package org.spectralsignatures.numpy;

import java.io.IOException;

import org.spectralsignatures.monitor.TaskCancelledException;

/** An array that is to be written: what stands in its header, and its values, which are given as often as they are asked for. */
public interface ArrayContent {

    /** Bytes of a piece. */
    int PIECE_BYTES = 1 << 16;

    /** @return the header of a NumPy file of version 1.0 */
    byte[] header();

    /** @return number of bytes behind the header */
    long bytes();

    /** Gives all values in C order, in pieces of {@value #PIECE_BYTES} bytes at most. */
    void writeTo(ByteSink sink) throws IOException, TaskCancelledException;
}
