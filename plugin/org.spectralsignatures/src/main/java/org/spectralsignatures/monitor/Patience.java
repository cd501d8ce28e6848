package org.spectralsignatures.monitor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what takes long and cannot be cancelled, for a task that can. */
public final class Patience {

    private static final int CHECKED_MILLIS = 100;

    private Patience() {
    }

    /**
     * @param <T> what is asked for
     * @param name of the thread that asks, in words
     * @param asked in a thread of its own; what goes on when the task is cancelled goes on by itself
     * @param monitor asked some times a second
     * @return what was asked for; what it throws is thrown here
     * @throws TaskCancelledException if the monitor said so, or this thread was interrupted
     */
    public static <T> T await(final String name, final Supplier<T> asked, final TaskMonitor monitor) throws TaskCancelledException {
        final var answer = new FutureTask<T>(asked::get);
        final var thread = new Thread(answer, "Spectral Signatures " + name);
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return answer.get(CHECKED_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) { // NOSONAR it takes longer
                monitor.checkCancelled();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TaskCancelledException();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException)e.getCause();
            }
        }
    }
}
