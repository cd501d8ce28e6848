package org.spectralsignatures.image;

import java.util.Locale;

/**
 * The largest number of pixels that an image may have to be decoded. A few hundred bytes can claim any size, so that the size is looked at
 * before anything is decoded.
 *
 * @param pixels height * width at most
 */
public record PixelLimit(long pixels) {

    /** Beyond it lie cameras of more than 64 million pixels. */
    private static final long MOST = 1L << 26;

    /** Of each pixel, decoder, planes and orientation hold up to 16 bytes at a time. */
    private static final int HEAP_SHARE = 24;

    private static final PixelLimit OF_THIS_JVM = new PixelLimit(Math.min(MOST, Runtime.getRuntime().maxMemory() / HEAP_SHARE));

    /** @return 64 million pixels, or what the heap has room for */
    public static PixelLimit ofThisJvm() {
        return OF_THIS_JVM;
    }

    /**
     * @param width as an image claims it
     * @param height as an image claims it
     * @return the shape of its pixels, {@code [3, height, width]}
     * @throws ImageFormatException if it has no pixels or too many
     */
    public ImageShape rgb(final long width, final long height) throws ImageFormatException {
        if (width < 1 || height < 1) {
            throw new ImageFormatException(ImageFault.DAMAGED, "The image is damaged: it claims to have %d x %d pixels.".formatted(width, height));
        }
        if (width > pixels / height) {
            throw new ImageFormatException(ImageFault.TOO_LARGE, String.format(Locale.ROOT,
                "The image is too large: %d x %d pixels, but at most %,d are read. Make it smaller first.", width, height, pixels));
        }
        return new ImageShape(3, (int)height, (int)width);
    }
}
