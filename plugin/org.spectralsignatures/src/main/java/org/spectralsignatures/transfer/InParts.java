package org.spectralsignatures.transfer;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;

/** Work in a number of parts that several threads share. */
final class InParts {

    /** A part of the work. */
    interface Part {
        void run(int part) throws TaskCancelledException;
    }

    private InParts() {
    }

    /**
     * Returns, or throws, when no part is at work any more: what they read and write may be freed then.
     *
     * @throws TaskCancelledException if a part did
     */
    static void run(final int parts, final Part work) throws TaskCancelledException {
        final var failure = new AtomicReference<Throwable>();
        IntStream.range(0, parts).parallel().forEach(part -> {
            try {
                if (failure.get() == null) {
                    work.run(part);
                }
            } catch (TaskCancelledException | RuntimeException | Error e) { // NOSONAR thrown again below
                failure.compareAndSet(null, e);
            }
        });
        if (failure.get() instanceof TaskCancelledException cancelled) {
            throw cancelled;
        }
        if (failure.get() instanceof RuntimeException refused) {
            throw refused;
        }
        if (failure.get() instanceof Error error) {
            throw error;
        }
    }
}
