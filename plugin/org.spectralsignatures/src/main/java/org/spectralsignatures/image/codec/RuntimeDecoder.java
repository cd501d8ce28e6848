package org.spectralsignatures.image.codec;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/**
 * The decoders that come with the Java runtime, by their names: {@code ImageIO} would take whatever another extension of the same process
 * has registered.
 */
enum RuntimeDecoder {

    /** On libjpeg. */
    JPEG("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi"),

    /** In Java, on zlib. */
    PNG("com.sun.imageio.plugins.png.PNGImageReaderSpi"),

    /** In Java. */
    BMP("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");

    private final ImageReaderSpi provider;

    RuntimeDecoder(final String name) {
        ImageReaderSpi found = null;
        final var providers = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (found == null && providers.hasNext()) {
            final ImageReaderSpi next = providers.next();
            found = next.getClass().getName().equals(name) ? next : null;
        }
        provider = found;
    }

    /** @return a decoder, to be disposed of */
    ImageReader open() {
        if (provider == null) {
            throw new IllegalStateException("This Java runtime has no %s decoder (module java.desktop).".formatted(this));
        }
        try {
            return provider.createReaderInstance();
        } catch (IOException e) {
            throw new IllegalStateException("The %s decoder of this Java runtime cannot be opened.".formatted(this), e);
        }
    }

    /**
     * @param file an image of this kind
     * @return its first picture
     * @throws ImageFormatException if it is cut off or damaged
     */
    BufferedImage read(final InputStream file) throws ImageFormatException {
        final ImageReader reader = open();
        try {
            reader.setInput(new MemoryCacheImageInputStream(file), true, true);
            return reader.read(0);
        } catch (IOException | RuntimeException e) { // NOSONAR decoders throw anything on damaged data
            final Throwable cause = cause(e);
            if (cause instanceof Error error) {
                throw error; // the decoder of PNG wraps an exhausted heap
            }
            throw cause instanceof EOFException
                ? new ImageFormatException(ImageFault.CUT_OFF, "The %s image is cut off: pixels are missing.".formatted(this), e)
                : new ImageFormatException(ImageFault.DAMAGED, "The %s image is damaged: %s.".formatted(this, reason(e)), e);
        } finally {
            reader.dispose();
        }
    }

    private static Throwable cause(final Throwable e) {
        return e.getCause() == null ? e : cause(e.getCause());
    }

    /** @return what a decoder's exception says was its first cause, without a full stop, or else its name */
    static String reason(final Exception e) {
        final Throwable cause = cause(e);
        return cause.getMessage() == null || cause.getMessage().isBlank() ? cause.getClass().getSimpleName()
            : cause.getMessage().strip().replaceAll("[.!]+$", "");
    }
}
