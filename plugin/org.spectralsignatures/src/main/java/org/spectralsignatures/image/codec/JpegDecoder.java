package org.spectralsignatures.image.codec;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes JPEG images: the Java runtime's libjpeg gives the samples, {@link JpegColour} their colours. Profiles are passed over. What
 * libjpeg would mend with gray is an error.
 */
final class JpegDecoder {

    private JpegDecoder() {
    }

    static boolean recognises(final byte[] file) {
        return file.length > 2 && file[0] == (byte)0xff && file[1] == (byte)0xd8 && file[2] == (byte)0xff;
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        final var structure = new JpegStructure(file);
        final ImageShape shape = structure.shape(limit);
        final byte[] samples = samples(structure.samplesOnly(), shape);
        final var planes = new byte[shape.size()];
        structure.colour().toRgb(samples, planes, shape.planeSize());
        return structure.orientation().apply(new DecodedImage(shape, planes));
    }

    /** @return the samples as they are stored, pixel by pixel */
    static byte[] samples(final byte[] file, final ImageShape shape) throws ImageFormatException {
        final ImageReader reader = RuntimeDecoder.JPEG.open();
        final var warning = new Warning();
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
            reader.addIIOReadWarningListener(warning);
            final Raster raster = reader.readRaster(0, null);
            if (warning.message != null) {
                throw new IOException(warning.message);
            }
            if (raster.getWidth() != shape.width() || raster.getHeight() != shape.height()) {
                throw new IOException("its size is unclear");
            }
            return ((DataBufferByte)raster.getDataBuffer()).getData();
        } catch (IOException | RuntimeException e) { // NOSONAR decoders throw anything on damaged data
            final String reason = RuntimeDecoder.reason(e);
            throw reason.contains("remature end") ? new ImageFormatException(ImageFault.CUT_OFF, "The JPEG image is cut off: pixels are missing.", e)
                : new ImageFormatException(ImageFault.DAMAGED, "The JPEG image is damaged: " + reason + ".", e);
        } finally {
            reader.dispose();
        }
    }

    /** Keeps the first warning that means missing or wrong pixels. */
    private static final class Warning implements IIOReadWarningListener {

        private String message;

        @Override
        public void warningOccurred(final ImageReader source, final String warning) {
            // Pixels are whole where there is too much, and where a scan says of itself what only matters to progressive images.
            if (message == null && !warning.contains("extraneous bytes") && !warning.contains("Invalid SOS parameters")) {
                message = warning;
            }
        }
    }
}
