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

    private static final int MIN_SIZE = 16;

    /** As large as the networks take them. */
    private static final int MAX_SIZE = 256;

    /** @throws IllegalArgumentException if an option is out of range */
    public SyntheticOptions {
        if (classes < 2 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException("The number of classes must lie between 2 and %d, not %d.".formatted(MAX_CLASSES, classes));
        }
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw new IllegalArgumentException("The size must lie between %d and %d pixels, not %d.".formatted(MIN_SIZE, MAX_SIZE, size));
        }
    }
}
