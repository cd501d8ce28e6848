package org.spectralsignatures.engine.cpu.kernels;

import org.bytedeco.javacpp.BytePointer;

/** Working memory of native operations, one for each thread: the same all the time, so that it stays in the thread's cache. */
final class Scratch {

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private BytePointer memory = new BytePointer(1L << 16);

    private Scratch() {
    }

    /** @return at least so many bytes, with any content */
    static BytePointer bytes(final long size) {
        final Scratch scratch = OF_THREAD.get();
        if (scratch.memory.capacity() < size) {
            scratch.memory.close();
            scratch.memory = new BytePointer(size);
        }
        return scratch.memory;
    }
}
