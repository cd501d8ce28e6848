package org.spectralsignatures.training;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A training went on from a checkpoint here.
 *
 * @param epoch in which it went on, from 1
 * @param step number of steps of that epoch that were done before
 * @param written time of the checkpoint
 */
public record Resumption(int epoch, int step, Instant written) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** @return for example {@code resumed at epoch 3, after step 120, from a checkpoint of 2026-11-30 19:12:05}; the time is that of this machine's time zone */
    public String text() {
        return "resumed at epoch %d, %s, from a checkpoint of %s".formatted(epoch, step == 0 ? "before its first step" : "after step " + step, text(written));
    }

    /** @return a time as people read it here */
    static String text(final Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }
}
