package org.spectralsignatures.engine;

import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A network on an engine. One thread at a time may use it. */
public interface Session extends AutoCloseable {

    /**
     * @param capacity most images of the batch, at least 1
     * @return memory for images, to be closed by the caller before the session
     */
    Batch batch(int capacity);

    /**
     * How many images the network should run on at a time: large ones need much memory each, and no more of them at once make it faster.
     *
     * @param images wanted, at least 1
     * @return as many or fewer, at least 1, always the same for the same network
     */
    default int fitting(final int images) {
        return images;
    }

    /**
     * Says who is asked while a call takes long. Where an engine can, the call then ends soon with an {@link IllegalStateException}, and the session is of no
     * further use; other engines compute so few images at a time that it is enough to ask between calls.
     *
     * @param cancelled whether the caller wants no more; asked from another thread
     */
    default void stoppedBy(final BooleanSupplier cancelled) {
        // calls are short
    }

    /**
     * Runs the network up to a step, with the running moments.
     *
     * @param step name of a step
     * @param images a batch of this session
     * @param count how many of its images, from the first on
     * @param reader gets the step's results, {@code [count, h, w, c]}, which are valid until it returns
     */
    void activations(String step, Batch images, int count, Consumer<FloatBuffer> reader);

    /**
     * Classifies images, with the running moments.
     *
     * @param images a batch of this session
     * @param count how many of its images, from the first on
     * @param target receives the probabilities, {@code [count, classes]}
     * @param offset where in the target they begin
     */
    void probabilities(Batch images, int count, float[] target, int offset);

    /** Frees the network's memory. */
    @Override
    void close();
}
