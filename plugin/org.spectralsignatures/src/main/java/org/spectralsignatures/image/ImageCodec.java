package org.spectralsignatures.image;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

import javax.imageio.ImageIO;

/**
 * Decodes PNG, JPEG, BMP and GIF files into RGB bytes in CHW order, and encodes such bytes losslessly as PNG, with the
 * codecs of {@code javax.imageio}. Gray images become RGB with equal planes; transparent pixels are laid over black.
 */
public final class ImageCodec {

    static {
        ImageIO.setUseCache(false);
    }

    private ImageCodec() {
    }

    /**
     * @param encoded the content of an image file
     * @return the image as {@code [3, height, width]}
     * @throws ImageFormatException if the bytes are no image of a known format or are damaged
     */
    public static DecodedImage decode(final byte[] encoded) throws ImageFormatException {
        if (encoded.length == 0) {
            throw new ImageFormatException("The image is empty (0 bytes).");
        }
        final BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(encoded));
        } catch (IOException | RuntimeException e) { // NOSONAR decoders throw anything on damaged data
            throw new ImageFormatException("The image is damaged: " + reason(e), e);
        }
        if (image == null) {
            throw new ImageFormatException("The bytes are no PNG, JPEG, BMP or GIF image.");
        }
        final var shape = new ImageShape(3, image.getHeight(), image.getWidth());
        return new DecodedImage(shape, toPlanes(image, shape));
    }

    private static String reason(final Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static byte[] toPlanes(final BufferedImage image, final ImageShape shape) {
        final int n = shape.planeSize();
        final var planes = new byte[shape.size()];
        final int type = image.getType();
        if (type == BufferedImage.TYPE_3BYTE_BGR && isPlainInterleaved(image, shape)) {
            final byte[] bgr = ((DataBufferByte)image.getRaster().getDataBuffer()).getData();
            for (int i = 0, p = 0; i < n; i++, p += 3) {
                planes[i] = bgr[p + 2];
                planes[n + i] = bgr[p + 1];
                planes[2 * n + i] = bgr[p];
            }
        } else if (type == BufferedImage.TYPE_BYTE_GRAY) {
            // not getRGB: it would apply a gamma curve of the linear gray colour space
            final var gray = image.getRaster().getSamples(0, 0, shape.width(), shape.height(), 0, (int[])null);
            for (int i = 0; i < n; i++) {
                planes[i] = (byte)gray[i];
            }
            System.arraycopy(planes, 0, planes, n, n);
            System.arraycopy(planes, 0, planes, 2 * n, n);
        } else {
            final int[] rgb = overBlack(image).getRGB(0, 0, shape.width(), shape.height(), null, 0, shape.width());
            for (int i = 0; i < n; i++) {
                planes[i] = (byte)(rgb[i] >> 16);
                planes[n + i] = (byte)(rgb[i] >> 8);
                planes[2 * n + i] = (byte)rgb[i];
            }
        }
        return planes;
    }

    private static boolean isPlainInterleaved(final BufferedImage image, final ImageShape shape) {
        return image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel model
            && Arrays.equals(model.getBandOffsets(), new int[]{2, 1, 0}) && model.getScanlineStride() == 3 * shape.width()
            && image.getRaster().getDataBuffer().getOffset() == 0;
    }

    private static BufferedImage overBlack(final BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) {
            return image;
        }
        final var opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = opaque.createGraphics();
        try {
            graphics.drawImage(image, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        return opaque;
    }

    /**
     * @param pixels unsigned bytes in CHW order
     * @param shape {@code [3, height, width]} or {@code [1, height, width]} (written as gray RGB)
     * @return the content of a PNG file that decodes to the same bytes
     * @throws IllegalArgumentException if the number of bytes is not that of the shape or there are neither 1 nor 3 channels
     */
    public static byte[] encodePng(final byte[] pixels, final ImageShape shape) {
        if (pixels.length != shape.size() || shape.channels() != 3 && shape.channels() != 1) {
            throw new IllegalArgumentException("%d bytes are no image of shape %s with 1 or 3 channels.".formatted(pixels.length, shape));
        }
        final int n = shape.planeSize();
        final int green = shape.channels() == 3 ? n : 0;
        final int blue = 2 * green;
        final var image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_3BYTE_BGR);
        final byte[] bgr = ((DataBufferByte)image.getRaster().getDataBuffer()).getData();
        for (int i = 0, p = 0; i < n; i++, p += 3) {
            bgr[p] = pixels[blue + i];
            bgr[p + 1] = pixels[green + i];
            bgr[p + 2] = pixels[i];
        }
        final var out = new ByteArrayOutputStream(shape.size() + 256);
        try {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("This Java runtime has no PNG encoder (module java.desktop).");
            }
        } catch (IOException e) {
            throw new IllegalStateException("Writing a PNG to memory failed.", e);
        }
        return out.toByteArray();
    }
}
