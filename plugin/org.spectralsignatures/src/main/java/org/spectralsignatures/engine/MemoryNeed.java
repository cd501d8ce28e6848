package org.spectralsignatures.engine;

import java.util.Locale;

/**
 * What an engine needs to compute a network, as a straight line over the number of images that are computed at a time.
 *
 * @param fixed bytes whatever their number: parameters and what goes with them
 * @param perImage bytes of each image
 * @param most images that no engine's array is too long for
 */
public record MemoryNeed(long fixed, long perImage, int most) {

    private static final int KILOBYTE = 1 << 10;

    private static final double MEGABYTE = 1 << 20;

    private static final double GIGABYTE = 1 << 30;

    /** Of an engine that does not tell. */
    public static final MemoryNeed UNKNOWN = new MemoryNeed(0, 0, Integer.MAX_VALUE);

    /**
     * @param bytes a number
     * @return it for a message, for example {@code 1.5 GB}
     */
    public static String text(final long bytes) {
        if (bytes >= GIGABYTE) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
        }
        return bytes >= MEGABYTE ? String.format(Locale.ROOT, "%.0f MB", bytes / MEGABYTE) : (Math.max(0, bytes) + KILOBYTE - 1) / KILOBYTE + " KB";
    }

    /**
     * @param bytes more, whatever the number of images
     * @return the need with them; unknown if it was
     */
    public MemoryNeed and(final long bytes) {
        return equals(UNKNOWN) ? this : new MemoryNeed(fixed + bytes, perImage, most);
    }

    /**
     * @param images at a time
     * @return bytes
     */
    public long bytes(final int images) {
        return fixed + images * perImage;
    }

    /**
     * @param available bytes
     * @return most images at a time that they are enough for; 0 if for none
     */
    public int fitting(final long available) {
        if (available < fixed) {
            return 0;
        }
        return perImage == 0 ? most : (int)Math.min(most, (available - fixed) / perImage);
    }
}
