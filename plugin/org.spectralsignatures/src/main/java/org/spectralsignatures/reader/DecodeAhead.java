package org.spectralsignatures.reader;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.spectralsignatures.duplicate.Fingerprint;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Decodes, resizes and prepares images on all cores, a few ahead of the one that is wanted, and hands them on in their order. Very large ones, of
 * which two at a time could need more memory than there is, are decoded alone.
 *
 * @param <P> what an image is prepared to
 */
final class DecodeAhead<P> implements AutoCloseable {

    /**
     * An image in its final size.
     *
     * @param prepared what was made of it
     * @param shape its shape in that size
     * @param original its shape in the file
     * @param mode how the file stores its pixels, null if that is not known
     * @param print what is kept of it to find others that are alike
     */
    record Fitted<P>(P prepared, ImageShape shape, ImageShape original, String mode, Fingerprint print) {
    }

    /** Receives an image, in order. */
    interface Receiver<P> {

        /** @param result gives the image or throws what is wrong with it */
        void receive(int index, String key, Result<P> result) throws IOException, TaskCancelledException;
    }

    /** An image that is there, or will be soon. */
    interface Result<P> {

        /**
         * @param monitor asked while the image is waited for: a very large one takes seconds
         * @return the image, in its size
         */
        Fitted<P> get(TaskMonitor monitor) throws IOException, TaskCancelledException;
    }

    private record Waiting<P>(int index, String key, ImageSource.Decoder decoder, Future<Fitted<P>> result) {
    }

    private static final int AHEAD_PER_THREAD = 4;

    private static final int MILLISECONDS_A_LOOK = 200;

    private final ImageFit fit;

    private final Function<DecodedImage, P> preparation;

    private final Receiver<P> receiver;

    private final int threads;

    private final ExecutorService pool;

    private final PixelLimit share;

    private final Queue<Waiting<P>> waiting = new ArrayDeque<>();

    /**
     * @param fit to the size of the results; null for images as they are
     * @param preparation of an image in its size, in any order and on any thread
     * @param threads at least 1
     * @param receiver gets all images
     */
    DecodeAhead(final ImageFit fit, final Function<DecodedImage, P> preparation, final int threads, final Receiver<P> receiver) {
        this.fit = fit;
        this.preparation = preparation;
        this.receiver = receiver;
        this.threads = threads;
        share = new PixelLimit(Math.max(1, PixelLimit.ofThisJvm().pixels() / (2L * threads)));
        final var number = new AtomicInteger();
        pool = Executors.newFixedThreadPool(threads, task -> {
            final var thread = new Thread(task, "Decoder " + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Adds the next image; hands on earlier ones when enough are under way. */
    void add(final int index, final String key, final ImageSource.Decoder decoder) throws IOException, TaskCancelledException {
        waiting.add(new Waiting<>(index, key, decoder, pool.submit(() -> fitted(decoder, share))));
        if (waiting.size() > AHEAD_PER_THREAD * threads) {
            handOn();
        }
    }

    /** Hands on all that are under way. */
    void finish() throws IOException, TaskCancelledException {
        while (!waiting.isEmpty()) {
            handOn();
        }
    }

    private void handOn() throws IOException, TaskCancelledException {
        final Waiting<P> next = waiting.remove();
        receiver.receive(next.index, next.key, monitor -> result(next, monitor));
    }

    private Fitted<P> result(final Waiting<P> next, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try {
            return await(next.result, monitor);
        } catch (ImageFormatException e) {
            if (e.fault() != ImageFault.TOO_LARGE) {
                throw e;
            }
            return await(pool.submit(() -> fitted(next.decoder, PixelLimit.ofThisJvm())), monitor);
        }
    }

    private static <P> Fitted<P> await(final Future<Fitted<P>> result, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        while (true) {
            try {
                return result.get(MILLISECONDS_A_LOOK, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) { // NOSONAR not yet there
                monitor.checkCancelled();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Reading was interrupted.", e);
            } catch (ExecutionException e) {
                throw thrown(e.getCause());
            }
        }
    }

    /** @return what an image's decoder threw, to be thrown; errors and defects are thrown at once */
    private static IOException thrown(final Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        if (cause instanceof RuntimeException defect) {
            throw defect;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }

    private Fitted<P> fitted(final ImageSource.Decoder decoder, final PixelLimit limit) throws IOException {
        final DecodedImage original = decoder.decode(limit);
        final DecodedImage image = fit == null ? original : fit.apply(original);
        return new Fitted<>(preparation.apply(image), image.shape(), original.shape(), decoder.mode(), Fingerprint.of(original));
    }

    @Override
    public void close() {
        pool.shutdownNow();
        waiting.clear();
    }
}
