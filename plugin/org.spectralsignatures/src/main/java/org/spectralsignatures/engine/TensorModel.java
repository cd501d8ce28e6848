package org.spectralsignatures.engine;

import java.nio.FloatBuffer;

/** A model in a {@link TensorRuntime}: takes one tensor and gives others. One thread at a time may use it. */
public interface TensorModel extends AutoCloseable {

    /** Gets what a model computes. */
    interface Results {

        /**
         * @param name of an output
         * @param shape its sides
         * @param values in C order, valid until the call returns
         */
        void take(String name, long[] shape, FloatBuffer values);
    }

    /**
     * Computes all outputs; those that are no numbers with a fraction (float16, 32 or 64) are left out.
     *
     * @param input values in C order from the buffer's position on, direct; the model gets them in the type that it takes
     * @param shape of the input
     * @param results gets the outputs one by one
     * @throws IllegalStateException if the model cannot compute it; the message says why
     */
    void run(FloatBuffer input, long[] shape, Results results);

    /** Ends the run of another thread soon, which then throws an {@link IllegalStateException}, and all later ones. */
    void stop();

    /** Frees its memory. */
    @Override
    void close();
}
