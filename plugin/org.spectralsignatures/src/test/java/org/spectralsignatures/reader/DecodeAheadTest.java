package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

class DecodeAheadTest {

    private static final ImageShape SHAPE = new ImageShape(3, 4, 5);

    private static DecodedImage image(final int value) {
        final var pixels = new byte[SHAPE.size()];
        Arrays.fill(pixels, (byte)value);
        return new DecodedImage(SHAPE, pixels);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void imagesComeInTheirOrderAndSize(final int threads) throws Exception {
        final var received = new ArrayList<Integer>();
        final var running = new AtomicInteger();
        final var most = new AtomicInteger();
        try (var ahead = new DecodeAhead<>(new ImageFit(ImageFit.Way.STRETCH, 2, 3), image -> image.pixels()[0], threads, (index, key, result) -> {
            assertEquals("key " + index, key);
            assertEquals(SHAPE, result.get(TaskMonitor.none()).original());
            assertEquals(new ImageShape(3, 2, 3), result.get(TaskMonitor.none()).shape());
            assertEquals((byte)index, result.get(TaskMonitor.none()).prepared());
            received.add(index);
        })) {
            for (int i = 0; i < 100; i++) {
                final int index = i;
                ahead.add(i, "key " + i, limit -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    running.decrementAndGet();
                    return image(index);
                });
                assertTrue(i - received.size() < 5 * threads, "never many at a time");
            }
            ahead.finish();
        }
        assertEquals(IntStream.range(0, 100).boxed().toList(), received);
        assertTrue(most.get() <= threads, most + " at a time");
    }

    /** Whichever thread meets it first, the fault of the first image in order is told. */
    @Test
    void faultsAreToldInOrder() throws Exception {
        final var told = new ArrayList<String>();
        try (var ahead = new DecodeAhead<>(null, image -> image, 4, (index, key, result) -> {
            try {
                assertSame(SHAPE, result.get(TaskMonitor.none()).prepared().shape());
                told.add("image");
            } catch (IOException e) {
                told.add(e.getMessage());
            }
        })) {
            for (int i = 0; i < 20; i++) {
                final int index = i;
                ahead.add(i, "", limit -> {
                    if (index % 5 == 3) {
                        throw new ImageFormatException(ImageFault.DAMAGED, "number " + index);
                    }
                    return image(1);
                });
            }
            ahead.finish();
        }
        assertEquals(List.of("number 3", "number 8", "number 13", "number 18"), told.stream().filter(text -> !text.equals("image")).toList());
        assertEquals("image", told.get(19));
    }

    @Test
    void largeImagesAreDecodedAloneAndTooLargeOnesRefused() throws Exception {
        final long limit = PixelLimit.ofThisJvm().pixels();
        final var limits = new ArrayList<Long>();
        final var results = new ArrayList<String>();
        try (var ahead = new DecodeAhead<>(null, image -> image, 2, (index, key, result) -> {
            try {
                results.add(result.get(TaskMonitor.none()).original().toString());
            } catch (ImageFormatException e) {
                results.add(e.fault().text());
            }
        })) {
            for (long pixels : new long[]{limit / 4, limit, limit + 1}) {
                ahead.add(0, "", given -> {
                    synchronized (limits) {
                        limits.add(given.pixels());
                    }
                    given.rgb(pixels, 1);
                    return image(0);
                });
            }
            ahead.finish();
        }
        assertEquals(List.of("3x4x5", "3x4x5", "too large"), results);
        assertEquals(List.of(limit / 4, limit / 4, limit / 4, limit, limit), limits.stream().sorted().toList());
    }

    @Test
    void defectsAndCancellationPassThroughAndNothingIsLeft() {
        assertThrows(IllegalStateException.class, () -> {
            try (var ahead = new DecodeAhead<>(null, image -> image, 2, (index, key, result) -> result.get(TaskMonitor.none()))) {
                ahead.add(0, "", limit -> {
                    throw new IllegalStateException("a defect");
                });
                ahead.finish();
            }
        });
        assertThrows(TaskCancelledException.class, () -> {
            try (var ahead = new DecodeAhead<>(null, image -> image, 2, (index, key, result) -> {
                throw new TaskCancelledException();
            })) {
                ahead.add(0, "", limit -> image(0));
                ahead.finish();
            }
        });
        assertTrue(Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("Decoder ")).allMatch(Thread::isDaemon));
    }

    /** An image that takes long, on its first try or alone, does not hold up who cancels. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void cancellationDoesNotWaitForAnImage(final boolean large) {
        final var never = new CountDownLatch(1);
        final TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                throw new TaskCancelledException();
            }
        };
        assertThrows(TaskCancelledException.class, () -> {
            try (var ahead = new DecodeAhead<>(null, image -> image, 2, (index, key, result) -> result.get(cancelled))) {
                ahead.add(0, "", limit -> {
                    if (large) {
                        limit.rgb(PixelLimit.ofThisJvm().pixels(), 1);
                    }
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return image(0);
                });
                ahead.finish();
            }
        });
    }
}
