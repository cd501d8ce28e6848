package org.spectralsignatures.image;

import java.io.IOException;

import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The decoders that come with the Java runtime, by their names: {@code ImageIO} would take whatever another extension of the same process
 * has registered.
 */
enum RuntimeDecoder {

    /** On libjpeg. */
    JPEG("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi"),

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

    /** @return what a decoder's exception says, without a full stop, or else its name */
    static String reason(final Exception e) {
        return e.getMessage() == null || e.getMessage().isBlank() ? e.getClass().getSimpleName() : e.getMessage().strip().replaceAll("\\.+$", "");
    }
}
