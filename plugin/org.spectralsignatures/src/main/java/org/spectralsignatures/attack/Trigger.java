package org.spectralsignatures.attack;

import org.spectralsignatures.image.ImageShape;

/** A backdoor trigger: the mark that the adversary puts on images. */
public sealed interface Trigger permits PixelTrigger, MultiPixelTrigger, PatchTrigger, BlendTrigger, SinusoidTrigger {

    /**
     * @param image the images' shape
     * @throws IllegalArgumentException if the trigger does not fit into such images; the message says what would
     */
    void validate(ImageShape image);

    /**
     * Marks an image in place with the whole trigger, as the adversary does when the network is in use.
     *
     * @param pixels unsigned bytes in CHW order
     * @param image their shape, with 3 channels
     * @throws IllegalArgumentException if the trigger does not fit or there are not 3 channels
     */
    void mark(byte[] pixels, ImageShape image);

    /** @return number of different marks that training images get; 1 but for triggers of several parts */
    default int parts() {
        return 1;
    }

    /**
     * Marks a training image in place with one part of the trigger.
     *
     * @param part from 0 to {@code parts() - 1}
     * @param pixels unsigned bytes in CHW order
     * @param image their shape, with 3 channels
     * @throws IllegalArgumentException if the trigger does not fit or there are not 3 channels
     */
    default void mark(final int part, final byte[] pixels, final ImageShape image) {
        mark(pixels, image);
    }

    /**
     * Tells the kinds of triggers apart: whoever treats each in its own way, as saving does, does not compile without a kind.
     *
     * @param <R> what is made of a trigger
     */
    interface Kinds<R> {

        /** @return what is made of a trigger of this kind */
        R pixels(PixelTrigger trigger);

        /** @return what is made of a trigger of this kind */
        R manyPixels(MultiPixelTrigger trigger);

        /** @return what is made of a trigger of this kind */
        R patch(PatchTrigger trigger);

        /** @return what is made of a trigger of this kind */
        R blend(BlendTrigger trigger);

        /** @return what is made of a trigger of this kind */
        R sinusoid(SinusoidTrigger trigger);
    }

    /**
     * @param <R> what is made of a trigger
     * @param kinds one way for each kind
     * @return what that of this trigger's kind returns
     */
    <R> R accept(Kinds<R> kinds);

    /** @return what it is, in words: for example {@code X at row 11, column 16, RGB (255, 255, 0)} */
    String describe();

    /**
     * @param part from 0 to {@code parts() - 1}
     * @return what that part is, in words
     */
    default String describe(final int part) {
        return describe();
    }

    /** Refuses what is no RGB image of the size it should have. */
    default void check(final byte[] pixels, final ImageShape image) {
        validate(image);
        if (image.channels() != 3 || pixels.length != image.size()) {
            throw new IllegalArgumentException("A trigger marks RGB images, but got %d bytes as %s.".formatted(pixels.length, image));
        }
    }
}
