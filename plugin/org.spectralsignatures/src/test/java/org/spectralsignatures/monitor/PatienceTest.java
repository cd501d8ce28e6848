package org.spectralsignatures.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void whoeverCancelsDoesNotWaitForASlowAnswer() throws Exception {
        final var over = new CountDownLatch(1);
        final long start = System.nanoTime();
        final var monitor = new CancelledMonitor(1);
        assertThrows(TaskCancelledException.class, () -> Patience.await("test", () -> {
            try {
                return over.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, monitor));
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1));
        over.countDown();
        assertEquals("answer", Patience.await("test", () -> "answer", TaskMonitor.none()));
        assertEquals("no engine", assertThrows(IllegalStateException.class, () -> Patience.await("test", () -> {
            throw new IllegalStateException("no engine");
        }, TaskMonitor.none())).getMessage());
        assertThrows(NoClassDefFoundError.class, () -> Patience.await("test", () -> {
            throw new NoClassDefFoundError();
        }, TaskMonitor.none()));
    }
}
