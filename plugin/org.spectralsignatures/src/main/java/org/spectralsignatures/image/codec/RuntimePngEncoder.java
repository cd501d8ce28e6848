package org.spectralsignatures.image.codec;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;

import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The PNG encoder that comes with the Java runtime, by its name, so that the same pixels give the same bytes beside any other extension. */
final class RuntimePngEncoder {

    private static final ImageWriterSpi PROVIDER = find("com.sun.imageio.plugins.png.PNGImageWriterSpi");

    private RuntimePngEncoder() {
    }

    private static ImageWriterSpi find(final String name) {
        final var providers = IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, false);
        while (providers.hasNext()) {
            final ImageWriterSpi next = providers.next();
            if (next.getClass().getName().equals(name)) {
                return next;
            }
        }
        return null;
    }

    static void write(final BufferedImage image, final OutputStream out) throws IOException {
        if (PROVIDER == null) {
            throw new IllegalStateException("This Java runtime has no PNG encoder (module java.desktop).");
        }
        final ImageWriter writer = PROVIDER.createWriterInstance();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(image);
        } finally {
            writer.dispose();
        }
    }
}
