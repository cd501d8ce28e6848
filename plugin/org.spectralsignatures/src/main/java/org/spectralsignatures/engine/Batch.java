package org.spectralsignatures.engine;

/**
 * An engine's memory for some images and their labels, to be filled again and again. It may be filled in another thread than that of its
 * session, while the session works on another batch.
 */
public interface Batch extends AutoCloseable {

    /**
     * @param images how many are to be computed at a time
     * @return the same
     * @throws IllegalArgumentException if that is none
     */
    static int size(final int images) {
        if (images < 1) {
            throw new IllegalArgumentException("The batch size must be at least 1, not %d.".formatted(images));
        }
        return images;
    }

    /** @return most images that it holds */
    int capacity();

    /**
     * Puts an image in, prepared as the network wants it.
     *
     * @param position from 0
     * @param pixels unsigned bytes, CHW
     * @see org.spectralsignatures.network.ImagePreparation
     */
    void image(int position, byte[] pixels);

    /**
     * @param position from 0
     * @param label index of the image's class, for training
     * @throws UnsupportedOperationException if the network cannot be trained
     */
    default void label(final int position, final int label) {
        throw new UnsupportedOperationException("This network cannot be trained.");
    }

    /** Frees its memory. */
    @Override
    void close();
}
