package org.spectralsignatures.engine.cuda.device;

import org.spectralsignatures.engine.MemoryNeed;

/** What a device could not do. Its message says in words for a user what happened, and what to do unless there is not enough memory: see {@link #explained}. */
public final class DeviceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure. */
    public enum Kind {

        /** There is not enough memory; all else goes on. */
        MEMORY,

        /** The device can no longer be used by what has memory on it. */
        LOST,

        /** It refused one thing. */
        REFUSED
    }

    private final Kind kind;

    private DeviceException(final Kind kind, final String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * @param needed bytes that were asked for
     * @param free bytes that there are
     * @return the exception
     */
    public static DeviceException memory(final long needed, final long free) {
        return new DeviceException(Kind.MEMORY, "The GPU has not enough memory: %s more are needed, %s are free.".formatted(MemoryNeed.text(needed), MemoryNeed.text(free)));
    }

    /**
     * @param what could not get the memory that it takes for itself
     * @return the exception
     */
    public static DeviceException memory(final String what) {
        return new DeviceException(Kind.MEMORY, "The GPU has not enough memory for what its libraries take for themselves (%s).".formatted(what));
    }

    /**
     * @param needed bytes of the machine's memory that were asked for
     * @return the exception
     */
    public static DeviceException hostMemory(final long needed) {
        return new DeviceException(Kind.MEMORY, "This machine has not enough memory that the GPU can copy from and to: %s more are needed.".formatted(MemoryNeed.text(needed)));
    }

    /**
     * @param what happened, as the driver says it
     * @return the exception
     */
    public static DeviceException lost(final String what) {
        return new DeviceException(Kind.LOST, "The GPU stopped working (%s). Start the node again; if it happens again, choose the CPU as device, or restart."
            .formatted(what));
    }

    /**
     * @param what was refused, and how the library says it
     * @return the exception
     */
    public static DeviceException refused(final String what) {
        return new DeviceException(Kind.REFUSED, "The GPU cannot compute this (%s). Choose the CPU as device.".formatted(what));
    }

    /** @return kind of failure */
    public Kind kind() {
        return kind;
    }

    /**
     * @param inBatches whether a smaller batch would need less
     * @return the message, and what to do where it does not say it
     */
    public String explained(final boolean inBatches) {
        return kind != Kind.MEMORY ? getMessage()
            : getMessage() + (inBatches ? " Lower the batch size, close" : " Close") + " other programs that use the GPU, or choose the CPU as device.";
    }
}
