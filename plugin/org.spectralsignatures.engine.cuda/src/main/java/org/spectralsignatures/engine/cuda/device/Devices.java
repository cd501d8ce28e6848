package org.spectralsignatures.engine.cuda.device;

/** The graphics processor of this machine, before anything is done with it; an instance costs nothing until it is asked. */
public interface Devices {

    /** @return why there is none that could be used, in a sentence for a user; empty if there is one */
    String problem();

    /** @return whether there is a device with all that it needs, though there may be a {@link #problem()} with what it is told */
    default boolean present() {
        return problem().isEmpty();
    }

    /** @return the device and what is used of its maker, with versions */
    String describe();

    /** @return bytes that are free on the device now */
    long freeBytes();

    /**
     * @return queues of their own on the device, to be closed by the caller
     * @throws IllegalStateException if it cannot be used; the message says why
     */
    Device open();
}
