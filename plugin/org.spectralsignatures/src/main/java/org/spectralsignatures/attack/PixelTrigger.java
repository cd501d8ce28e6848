package org.spectralsignatures.attack;

import java.util.SplittableRandom;

import org.spectralsignatures.image.ImageShape;

/**
 * A few pixels of one colour at one position, the same in every marked image (paper, Section 4).
 *
 * @param shape which pixels
 * @param row of the position, from 0 at the top
 * @param column of the position, from 0 at the left
 * @param red from 0 to 255
 * @param green from 0 to 255
 * @param blue from 0 to 255
 */
public record PixelTrigger(TriggerShape shape, int row, int column, int red, int green, int blue) implements Trigger {

    /** @throws IllegalArgumentException if a colour is outside 0 to 255 */
    public PixelTrigger {
        colour("Red", red);
        colour("Green", green);
        colour("Blue", blue);
    }

    private static void colour(final String name, final int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("%s is %d, but a colour value lies between 0 and 255.".formatted(name, value));
        }
    }

    /**
     * Draws shape, position and colour uniformly among the triggers that fit.
     *
     * @param image the images' shape
     * @param seed of the choice
     * @return the trigger
     * @throws IllegalArgumentException if the image is smaller than 3 x 3
     */
    public static PixelTrigger random(final ImageShape image, final long seed) {
        final var random = new SplittableRandom(seed);
        final TriggerShape[] shapes = TriggerShape.values();
        return random(shapes[random.nextInt(shapes.length)], image, random);
    }

    /**
     * Draws position and colour of a given shape.
     *
     * @param shape which pixels
     * @param image the images' shape
     * @param seed of the choice
     * @return the trigger
     * @throws IllegalArgumentException if the image is too small for the shape
     */
    public static PixelTrigger random(final TriggerShape shape, final ImageShape image, final long seed) {
        return random(shape, image, new SplittableRandom(seed));
    }

    static PixelTrigger random(final TriggerShape shape, final ImageShape image, final SplittableRandom random) {
        final int top = -shape.offsets().stream().mapToInt(TriggerShape.Offset::rows).min().orElse(0);
        final int bottom = image.height() - shape.offsets().stream().mapToInt(TriggerShape.Offset::rows).max().orElse(0);
        final int left = -shape.offsets().stream().mapToInt(TriggerShape.Offset::columns).min().orElse(0);
        final int right = image.width() - shape.offsets().stream().mapToInt(TriggerShape.Offset::columns).max().orElse(0);
        if (top >= bottom || left >= right) {
            throw new IllegalArgumentException("A trigger of shape %s does not fit into an image of %s.".formatted(shape, image.describe()));
        }
        return new PixelTrigger(shape, random.nextInt(top, bottom), random.nextInt(left, right), random.nextInt(256), random.nextInt(256),
            random.nextInt(256));
    }

    @Override
    public void validate(final ImageShape image) {
        int top = 0;
        int left = 0;
        int bottom = image.height() - 1;
        int right = image.width() - 1;
        for (TriggerShape.Offset offset : shape.offsets()) {
            top = Math.max(top, -offset.rows());
            left = Math.max(left, -offset.columns());
            bottom = Math.min(bottom, image.height() - 1 - offset.rows());
            right = Math.min(right, image.width() - 1 - offset.columns());
        }
        if (row < top || row > bottom || column < left || column > right) {
            throw new IllegalArgumentException(
                "The trigger of shape %s at row %d, column %d does not fit into the images of %s: choose a row from %d to %d and a column from %d to %d."
                    .formatted(shape, row, column, image.describe(), top, bottom, left, right));
        }
    }

    @Override
    public void mark(final byte[] pixels, final ImageShape image) {
        check(pixels, image);
        for (TriggerShape.Offset offset : shape.offsets()) {
            final int at = (row + offset.rows()) * image.width() + column + offset.columns();
            pixels[at] = (byte)red;
            pixels[image.planeSize() + at] = (byte)green;
            pixels[2 * image.planeSize() + at] = (byte)blue;
        }
    }

    @Override
    public <R> R accept(final Kinds<R> kinds) {
        return kinds.pixels(this);
    }

    @Override
    public String describe() {
        return "%s at row %d, column %d, RGB (%d, %d, %d)".formatted(shape, row, column, red, green, blue);
    }
}
