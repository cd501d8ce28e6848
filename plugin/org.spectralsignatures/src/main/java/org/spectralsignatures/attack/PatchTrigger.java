package org.spectralsignatures.attack;

import java.util.SplittableRandom;

import org.spectralsignatures.image.ImageShape;

/**
 * A picture laid over a part of the image (BadNets, Gu et al. 2017).
 *
 * @param pattern the picture
 * @param row of its upper edge
 * @param column of its left edge
 */
public record PatchTrigger(Pattern pattern, int row, int column) implements Trigger {

    /**
     * Draws the position.
     *
     * @param pattern the picture
     * @param image the images' shape
     * @param seed of the choice
     * @return the trigger
     * @throws IllegalArgumentException if the picture is larger than the images
     */
    public static PatchTrigger random(final Pattern pattern, final ImageShape image, final long seed) {
        new PatchTrigger(pattern, 0, 0).validate(image);
        final var random = new SplittableRandom(seed);
        return new PatchTrigger(pattern, random.nextInt(image.height() - pattern.shape().height() + 1),
            random.nextInt(image.width() - pattern.shape().width() + 1));
    }

    @Override
    public void validate(final ImageShape image) {
        final int bottom = image.height() - pattern.shape().height();
        final int right = image.width() - pattern.shape().width();
        if (bottom < 0 || right < 0) {
            throw new IllegalArgumentException("The patch of %s is larger than the images of %s: choose a smaller picture."
                .formatted(pattern.shape().describe(), image.describe()));
        }
        if (row < 0 || row > bottom || column < 0 || column > right) {
            throw new IllegalArgumentException(
                "The patch of %s at row %d, column %d does not fit into the images of %s: choose a row from 0 to %d and a column from 0 to %d."
                    .formatted(pattern.shape().describe(), row, column, image.describe(), bottom, right));
        }
    }

    @Override
    public void mark(final byte[] pixels, final ImageShape image) {
        check(pixels, image);
        final byte[] patch = pattern.pixels();
        final int width = pattern.shape().width();
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int r = 0; r < pattern.shape().height(); r++) {
                System.arraycopy(patch, channel * pattern.shape().planeSize() + r * width, pixels,
                    channel * image.planeSize() + (row + r) * image.width() + column, width);
            }
        }
    }

    @Override
    public <R> R accept(final Kinds<R> kinds) {
        return kinds.patch(this);
    }

    @Override
    public String describe() {
        return "patch of %s at row %d, column %d".formatted(pattern.shape().describe(), row, column);
    }
}
