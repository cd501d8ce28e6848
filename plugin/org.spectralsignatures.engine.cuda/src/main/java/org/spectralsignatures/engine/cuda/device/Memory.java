package org.spectralsignatures.engine.cuda.device;

/** A piece of a device's memory. */
public interface Memory extends AutoCloseable {

    /** @return where it begins, as the device knows it */
    long address();

    /** @return its length */
    long bytes();

    /** @return all of it */
    default Span all() {
        return new Span(this, 0, bytes());
    }

    /** Frees it; a second time does nothing. */
    @Override
    void close();
}
