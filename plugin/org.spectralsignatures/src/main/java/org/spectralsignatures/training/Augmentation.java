package org.spectralsignatures.training;

import java.util.SplittableRandom;

import org.spectralsignatures.image.ImageShape;

/** The random changes made to each training image each time it is shown. */
public enum Augmentation {

    /** The image as it is. */
    NONE(false, false),

    /** Mirrored left to right half of the time. */
    FLIP(false, true),

    /** A random window of the image after two rows and columns of zeros were added on each side (32 x 32 out of 36 x 36). */
    CROP(true, false),

    /** Both, as in the authors' code. */
    CROP_AND_FLIP(true, true);

    /** Zeros added on each side before cropping. */
    static final int PADDING = 2;

    private final boolean crop;

    private final boolean flip;

    Augmentation(final boolean crop, final boolean flip) {
        this.crop = crop;
        this.flip = flip;
    }

    /** @return whether images are moved about, so that a small trigger does not keep its place */
    public boolean crops() {
        return crop;
    }

    /**
     * What is done to an image.
     *
     * @param down rows by which the window is moved down
     * @param right columns by which it is moved to the right
     * @param mirror whether the image is mirrored
     */
    record Change(int down, int right, boolean mirror) {
    }

    /**
     * @param random where the choices are drawn from
     * @return what to do to the next image
     */
    Change draw(final SplittableRandom random) {
        final int down = crop ? random.nextInt(2 * PADDING + 1) - PADDING : 0;
        final int right = crop ? random.nextInt(2 * PADDING + 1) - PADDING : 0;
        return new Change(down, right, flip && random.nextBoolean());
    }

    /**
     * @param source an image, CHW
     * @param shape its shape
     * @param change that was drawn for it
     * @param target receives the changed image, CHW
     */
    static void apply(final byte[] source, final ImageShape shape, final Change change, final byte[] target) {
        final int h = shape.height();
        final int w = shape.width();
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < h; y++) {
                final int line = (c * h + y) * w;
                final int fromY = y + change.down;
                for (int x = 0; x < w; x++) {
                    final int fromX = (change.mirror ? w - 1 - x : x) + change.right;
                    final boolean inside = fromY >= 0 && fromY < h && fromX >= 0 && fromX < w;
                    target[line + x] = inside ? source[(c * h + fromY) * w + fromX] : 0;
                }
            }
        }
    }
}
