package org.spectralsignatures.engine.cuda.device;

import java.nio.ByteBuffer;

/** A piece of the machine's memory that a device copies from and to by itself. It belongs to whoever made it, and outlives the device until it is closed. */
public interface HostMemory extends AutoCloseable {

    /** @return all of it, in the order of the machine, each time anew */
    ByteBuffer buffer();

    /** Frees it; a second time does nothing. */
    @Override
    void close();
}
