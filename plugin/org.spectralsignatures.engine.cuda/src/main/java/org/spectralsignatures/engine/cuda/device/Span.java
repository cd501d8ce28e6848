package org.spectralsignatures.engine.cuda.device;

import java.util.Objects;

/**
 * A part of a piece of memory.
 *
 * @param memory of a device
 * @param offset in bytes
 * @param bytes its length
 */
public record Span(Memory memory, long offset, long bytes) {

    /** @throws IndexOutOfBoundsException if the memory does not reach so far */
    public Span {
        Objects.checkFromIndexSize(offset, bytes, memory.bytes());
    }

    /** @return where it begins, as the device knows it */
    public long address() {
        return memory.address() + offset;
    }

    /**
     * @param from in bytes, from its beginning on
     * @param length in bytes
     * @return a part of it
     */
    public Span part(final long from, final long length) {
        Objects.checkFromIndexSize(from, length, bytes);
        return new Span(memory, offset + from, length);
    }
}
