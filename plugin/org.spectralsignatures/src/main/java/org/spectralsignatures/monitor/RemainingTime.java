package org.spectralsignatures.monitor;

import java.util.Locale;

/** An estimate of the time that a task still needs, from the time it took so far at a constant rate. */
public final class RemainingTime {

    private final long startNanos;

    /** What was done before. */
    private final double begun;

    private RemainingTime(final long startNanos, final double begun) {
        this.startNanos = startNanos;
        this.begun = begun;
    }

    /** @return an estimate that starts counting now */
    public static RemainingTime start() {
        return startAt(0);
    }

    /**
     * @param fraction the share of the work that was done before, in another run
     * @return an estimate that starts counting now, and does not count that share as done in no time
     */
    public static RemainingTime startAt(final double fraction) {
        return new RemainingTime(System.nanoTime(), fraction);
    }

    /**
     * @param fraction the share of the work that is done, from 0 to 1
     * @return seconds left, NaN before anything is done
     */
    public double seconds(final double fraction) {
        final double elapsed = (System.nanoTime() - startNanos) / 1e9;
        return fraction <= begun ? Double.NaN : elapsed * (1 - fraction) / (fraction - begun);
    }

    /**
     * @param fraction the share of the work that is done, from 0 to 1
     * @param images number of images in the whole of the work
     * @return {@code ", 1380 images/s, 12 s left"} or {@code ", 95 images/s, 3 min 05 s left"}; empty before an estimate is possible
     */
    public String text(final double fraction, final long images) {
        return text(fraction, images, "");
    }

    /**
     * @param fraction the share of the work that is done, from 0 to 1
     * @param images number of images in the whole of the work
     * @return {@code ", 1380 images/s, at most 12 s left"}, for work that may end earlier; empty before an estimate is possible
     */
    public String textAtMost(final double fraction, final long images) {
        return text(fraction, images, "at most ");
    }

    private String text(final double fraction, final long images, final String bound) {
        final double seconds = seconds(fraction);
        final double elapsed = (System.nanoTime() - startNanos) / 1e9;
        if (Double.isNaN(seconds) || elapsed < 1) {
            return "";
        }
        final long rounded = Math.round(seconds);
        return String.format(Locale.ROOT, ", %.0f images/s, ", (fraction - begun) * images / elapsed) + bound
            + (rounded < 60 ? String.format(Locale.ROOT, "%d s left", rounded) : String.format(Locale.ROOT, "%d min %02d s left", rounded / 60, rounded % 60));
    }
}
