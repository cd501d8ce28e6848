package org.spectralsignatures.engine.cuda.device;

/** What a device could not do. Its message says in words for a user what happened and what to do. */
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

    private final long needed;

    private final long free;

    private DeviceException(final Kind kind, final String message, final long needed, final long free) {
        super(message);
        this.kind = kind;
        this.needed = needed;
        this.free = free;
    }

    /**
     * @param needed bytes that were asked for
     * @param free bytes that there are
     * @return the exception
     */
    public static DeviceException memory(final long needed, final long free) {
        return new DeviceException(Kind.MEMORY, "The GPU has not enough memory: %s more are needed, %s are free.".formatted(text(needed), text(free)), needed, free);
    }

    /**
     * @param what could not get the memory that it takes for itself
     * @return the exception
     */
    public static DeviceException memory(final String what) {
        return new DeviceException(Kind.MEMORY, "The GPU has not enough memory for what its libraries take for themselves (%s).".formatted(what), 0, 0);
    }

    /**
     * @param needed bytes of the machine's memory that were asked for
     * @return the exception
     */
    public static DeviceException hostMemory(final long needed) {
        return new DeviceException(Kind.MEMORY, "This machine has not enough memory that the GPU can copy from and to: %s more are needed.".formatted(text(needed)),
            needed, 0);
    }

    /**
     * @param what happened, as the driver says it
     * @return the exception
     */
    public static DeviceException lost(final String what) {
        return new DeviceException(Kind.LOST, "The GPU stopped working (%s). Start the node again; if it happens again, choose the CPU as device, or restart."
            .formatted(what), 0, 0);
    }

    /**
     * @param what was refused, and how the library says it
     * @return the exception
     */
    public static DeviceException refused(final String what) {
        return new DeviceException(Kind.REFUSED, "The GPU cannot compute this network (%s). Choose the CPU as device.".formatted(what), 0, 0);
    }

    /** @return kind of failure */
    public Kind kind() {
        return kind;
    }

    /** @return bytes that were asked for, 0 unless there was not enough memory */
    public long needed() {
        return needed;
    }

    /** @return bytes that were free then */
    public long free() {
        return free;
    }

    /**
     * @param bytes a number
     * @return it in words, for example {@code 1.5 GB}
     */
    public static String text(final long bytes) {
        if (bytes >= 1L << 30) {
            return "%.1f GB".formatted((double)bytes / (1L << 30));
        }
        return bytes >= 1L << 20 ? "%d MB".formatted(bytes >> 20) : "%d KB".formatted((bytes + 1023) >> 10);
    }
}
