package org.spectralsignatures.attack;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.spectralsignatures.image.ImageShape;

/**
 * A small picture that serves as a trigger.
 *
 * @param shape with 3 channels
 * @param pixels unsigned bytes in CHW order
 */
public record Pattern(ImageShape shape, byte[] pixels) {

    /** @throws IllegalArgumentException if it is no RGB picture of that size */
    public Pattern {
        if (shape.channels() != 3 || pixels.length != shape.size()) {
            throw new IllegalArgumentException("A pattern is an RGB picture, but got %d bytes as %s.".formatted(pixels.length, shape));
        }
        pixels = pixels.clone();
    }

    /**
     * @param shape the picture's
     * @param seed of the noise
     * @return a picture whose values are independent and uniform (the random pattern of Chen et al. 2017)
     */
    public static Pattern noise(final ImageShape shape, final long seed) {
        final var pixels = new byte[shape.size()];
        final var random = new SplittableRandom(seed);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)random.nextInt(256);
        }
        return new Pattern(shape, pixels);
    }

    @Override
    public byte[] pixels() {
        return pixels.clone();
    }

    /** @return a value from 0 to 255 */
    int value(final int index) {
        return Byte.toUnsignedInt(pixels[index]);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Pattern that && shape.equals(that.shape) && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "pattern of " + shape.describe();
    }
}
