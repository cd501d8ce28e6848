package org.spectralsignatures.monitor;

import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who cancels when he was asked some times. */
public final class CancelledMonitor implements TaskMonitor {

    private final AtomicInteger asked = new AtomicInteger();

    private final int patience;

    /** @param patience how many times he lets it go on */
    public CancelledMonitor(final int patience) {
        this.patience = patience;
    }

    /** @return how many times he was asked */
    public int asked() {
        return asked.get();
    }

    @Override
    public void progress(final double fraction, final String message) {
        // nobody looks
    }

    @Override
    public void checkCancelled() throws TaskCancelledException {
        if (asked.incrementAndGet() > patience) {
            throw new TaskCancelledException();
        }
    }
}
