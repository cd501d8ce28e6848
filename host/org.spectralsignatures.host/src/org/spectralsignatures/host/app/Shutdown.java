package org.spectralsignatures.host.app;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.spectralsignatures.host.files.PartialFile;
import org.spectralsignatures.host.files.RunArea;
import org.spectralsignatures.host.files.TemporaryFolder;

/**
 * Ends a run that a signal interrupts: asks it to stop, gives it a moment to do so, and removes what it leaves half done, so that the
 * process ends within two seconds whatever it is doing. A launcher that is gone counts as a signal, since nobody else would end the run.
 */
final class Shutdown implements AutoCloseable {

    private static final long MILLIS_TO_STOP = 1_400;

    private final Thread m_hook = new Thread(this::stopAndWait, "Stop workflow");

    private final CountDownLatch m_done = new CountDownLatch(1);

    private final Runnable m_stop;

    private volatile TemporaryFolder m_scratch;

    private volatile boolean m_alone;

    /** @param stop asks the run to stop */
    Shutdown(final Runnable stop) {
        m_stop = stop;
        Runtime.getRuntime().addShutdownHook(m_hook);
        final Long launcher = Long.getLong("spectralsignatures.launcher");
        if (launcher != null) {
            ProcessHandle.of(launcher).ifPresent(process -> process.onExit().thenRun(this::alone));
        }
    }

    /** @param scratch is removed when the process has to end before the run */
    void remove(final TemporaryFolder scratch) {
        m_scratch = scratch;
    }

    private void alone() {
        m_alone = true;
        System.exit(ExitCode.EXECUTION.code());
    }

    private void stopAndWait() {
        m_stop.run();
        try {
            final boolean ended = m_done.await(MILLIS_TO_STOP, TimeUnit.MILLISECONDS);
            if (!ended) {
                PartialFile.removeAll();
                if (m_scratch != null) {
                    m_scratch.close();
                }
            }
            if (m_alone) {
                new RunArea().remove();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) { // NOSONAR
            // the next run removes it
        }
    }

    /** The run has ended by itself, and its folder is gone. */
    @Override
    public void close() {
        m_done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(m_hook);
        } catch (IllegalStateException e) { // NOSONAR
            // the process is about to end
        }
    }
}
