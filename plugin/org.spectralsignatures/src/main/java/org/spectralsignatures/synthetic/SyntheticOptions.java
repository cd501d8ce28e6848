package org.spectralsignatures.synthetic;

/**
 * What images to generate.
 *
 * @param classes number of classes, at least 2
 * @param size side of the square images in pixels
 * @param seed of everything random
 */
public record SyntheticOptions(int classes, int size, long seed) {

    /** Most classes that can be told apart. */
    public static final int MAX_CLASSES = 24;

    /** @throws IllegalArgumentException if an option is out of range */
    public SyntheticOptions {
        if (classes < 2 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException("The number of classes must lie between 2 and %d, not %d.".formatted(MAX_CLASSES, classes));
        }
        if (size < 16 || size > 64 || size % 4 != 0) {
            throw new IllegalArgumentException("The size must lie between 16 and 64 pixels and be a multiple of 4, not %d.".formatted(size));
        }
    }
}
