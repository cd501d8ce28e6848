package org.spectralsignatures.engine;

import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A network on an engine. One thread at a time may use it. */
public interface Session extends AutoCloseable {

    /**
     * @param capacity most images of the batch, at least 1
     * @return memory for images, to be closed by the caller before the session
     */
    Batch batch(int capacity);

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

    /** @return most images that a call should be given, so that it ends soon and needs little memory; whoever has more calls again */
    default int mostImages() {
        return Integer.MAX_VALUE;
    }

    /** Frees the network's memory. */
    @Override
    void close();
}
