package org.spectralsignatures.duplicate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;

/** Pictures for tests, as unlike each other as photos are: patches of colour of several sizes at random places. */
final class Scenes {

    private static final int PATCHES = 24;

    private Scenes() {
    }

    /** @return the picture of a number, {@code [3, height, width]} */
    static DecodedImage scene(final int number, final int height, final int width) {
        final var random = new SplittableRandom(number);
        final var shape = new ImageShape(3, height, width);
        final var planes = new double[shape.size()];
        for (int patch = 0; patch < PATCHES; patch++) {
            final double y = random.nextDouble();
            final double x = random.nextDouble();
            final double size = .05 + .25 * random.nextDouble();
            for (int c = 0; c < 3; c++) {
                final double height0 = 160 * (random.nextDouble() - .5);
                for (int i = 0; i < shape.planeSize(); i++) {
                    final double dy = ((i / width + .5) / height - y) / size;
                    final double dx = ((i % width + .5) / width - x) / size;
                    planes[c * shape.planeSize() + i] += height0 * Math.exp(-dy * dy - dx * dx);
                }
            }
        }
        final var pixels = new byte[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)Math.max(0, Math.min(255, Math.round(128 + planes[i])));
        }
        return new DecodedImage(shape, pixels);
    }

    static DecodedImage mirrored(final DecodedImage image) {
        final int width = image.shape().width();
        final byte[] pixels = new byte[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = image.pixels()[i - i % width + width - 1 - i % width];
        }
        return new DecodedImage(image.shape(), pixels);
    }

    static DecodedImage lighter(final DecodedImage image, final double factor) {
        final byte[] pixels = new byte[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)Math.min(255, Math.round(factor * (image.pixels()[i] & 0xff)));
        }
        return new DecodedImage(image.shape(), pixels);
    }

    /** A white square with a black middle near the lower right corner. */
    static DecodedImage marked(final DecodedImage image, final int edge) {
        final byte[] pixels = image.pixels().clone();
        final ImageShape shape = image.shape();
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < edge; y++) {
                for (int x = 0; x < edge; x++) {
                    pixels[c * shape.planeSize() + (shape.height() - 2 - y) * shape.width() + shape.width() - 2 - x] = (byte)(y == edge / 2 && x == edge / 2 ? 0 : 255);
                }
            }
        }
        return new DecodedImage(shape, pixels);
    }

    static DecodedImage jpeg(final DecodedImage image, final float quality) throws IOException {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        final var out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            final ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.write(null, new IIOImage(buffered(image), null, null), parameters);
        } finally {
            writer.dispose();
        }
        final BufferedImage read = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
        final byte[] pixels = new byte[image.pixels().length];
        final int n = image.shape().planeSize();
        for (int i = 0; i < n; i++) {
            final int rgb = read.getRGB(i % image.shape().width(), i / image.shape().width());
            pixels[i] = (byte)(rgb >> 16);
            pixels[n + i] = (byte)(rgb >> 8);
            pixels[2 * n + i] = (byte)rgb;
        }
        return new DecodedImage(image.shape(), pixels);
    }

    static BufferedImage buffered(final DecodedImage image) {
        final ImageShape shape = image.shape();
        final var buffered = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        final int n = shape.planeSize();
        for (int i = 0; i < n; i++) {
            buffered.setRGB(i % shape.width(), i / shape.width(),
                (image.pixels()[i] & 0xff) << 16 | (image.pixels()[n + i] & 0xff) << 8 | image.pixels()[2 * n + i] & 0xff);
        }
        return buffered;
    }
}
