package org.spectralsignatures.network;

import org.spectralsignatures.image.ImageShape;

/**
 * The choices that make a pre-activation ResNet.
 *
 * @param shape of the images: 3 channels, square, 16 to 64 pixels, a multiple of 4
 * @param classes number of classes, at least 2
 * @param unitsPerGroup residual units in each of the three groups, 5 in the paper
 * @param filters channels of the first group, 16 in the paper; the second and third have twice and four times as many
 * @param weightDecay lambda of the penalty lambda / 2 * |w|^2 on the kernels, 2e-4 in the paper
 * @param seed of the initial weights
 */
public record ResNetOptions(ImageShape shape, int classes, int unitsPerGroup, int filters, double weightDecay, long seed) {

    /** Smallest and largest side of an image. */
    public static final int MIN_SIDE = 16;

    /** Largest side of an image. */
    public static final int MAX_SIDE = 64;

    /** @throws IllegalArgumentException if a choice is out of range; the message says which and what is allowed */
    public ResNetOptions {
        check(shape);
        if (classes < 2) {
            throw new IllegalArgumentException("A classifier needs at least 2 classes, but there is %d.".formatted(classes));
        }
        if (unitsPerGroup < 1 || unitsPerGroup > 18) {
            throw new IllegalArgumentException("The number of units a group must lie between 1 and 18, not %d.".formatted(unitsPerGroup));
        }
        if (filters < 2 || filters > 256 || filters % 2 != 0) {
            throw new IllegalArgumentException("The number of filters must be even and lie between 2 and 256, not %d.".formatted(filters));
        }
        if (!(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("The weight decay must lie between 0 and 1, not %s.".formatted(weightDecay));
        }
    }

    /**
     * @param shape of images
     * @throws IllegalArgumentException if the network cannot take such images; the message says what it takes
     */
    public static void check(final ImageShape shape) {
        if (shape.channels() != 3 || shape.height() != shape.width() || shape.height() < MIN_SIDE || shape.height() > MAX_SIDE
            || shape.height() % 4 != 0) {
            throw new IllegalArgumentException(("The network takes square RGB images with a side of %d to %d pixels that is a multiple of 4,"
                + " but these are %s. Resize the images first.").formatted(MIN_SIDE, MAX_SIDE, shape.describe()));
        }
    }
}
