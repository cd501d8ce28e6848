package org.spectralsignatures.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import org.spectralsignatures.image.ImageShape;

/**
 * Encodes RGB images as PNG files (https://www.w3.org/TR/png-3/). Each row is written as its differences from the row above, the first one
 * as differences from pixel to pixel, with Deflate at its fastest. A search for the best filter or a higher level would take up to twice as
 * long to save a tenth.
 */
final class PngEncoder {

    private static final byte[] SIGNATURE = {(byte)0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final int BAND_BYTES = 1 << 16;

    private static final byte SUB = 1;

    private static final byte UP = 2;

    /** Making one costs as much as encoding a small image. */
    private static final ThreadLocal<Deflater> DEFLATER = ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED));

    private final byte[] pixels;

    private final int width;

    private final int height;

    private final int green;

    private final int blue;

    private final ByteArrayOutputStream out;

    private PngEncoder(final byte[] pixels, final ImageShape shape) {
        this.pixels = pixels;
        width = shape.width();
        height = shape.height();
        green = shape.channels() == 3 ? shape.planeSize() : 0;
        blue = 2 * green;
        out = new ByteArrayOutputStream(shape.size() / 2 + 256);
    }

    /**
     * @param pixels unsigned bytes in CHW order
     * @param shape of 1 or 3 channels; one is written as RGB, too
     * @return the content of the file
     */
    static byte[] encode(final byte[] pixels, final ImageShape shape) {
        return new PngEncoder(pixels, shape).encode();
    }

    private byte[] encode() {
        out.writeBytes(SIGNATURE);
        final byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[]{8, 2, 0, 0, 0}).array(); // 8 bits, RGB
        chunk("IHDR", header, header.length);
        compress(DEFLATER.get());
        chunk("IEND", new byte[0], 0);
        return out.toByteArray();
    }

    /** Some rows at a time, so that a large image needs no second copy of all its pixels. */
    private void compress(final Deflater deflater) {
        deflater.reset();
        final int rows = Math.max(1, Math.min(height, BAND_BYTES / (3 * width + 1)));
        final var band = new byte[Math.multiplyExact(rows, 3 * width + 1)];
        final var compressed = new byte[Math.min(BAND_BYTES, band.length + 64)];
        int used = 0;
        for (int first = 0; first < height; first += rows) {
            final int length = filter(first, Math.min(height, first + rows), band);
            deflater.setInput(band, 0, length);
            final boolean isLast = first + rows >= height;
            if (isLast) {
                deflater.finish();
            }
            while (isLast ? !deflater.finished() : !deflater.needsInput()) {
                used += deflater.deflate(compressed, used, compressed.length - used);
                if (used == compressed.length || deflater.finished()) {
                    chunk("IDAT", compressed, used);
                    used = 0;
                }
            }
        }
    }

    /** @return bytes of the filtered rows */
    private int filter(final int first, final int end, final byte[] band) {
        int p = 0;
        for (int y = first; y < end; y++) {
            final int back = y == 0 ? 1 : width;
            band[p++] = y == 0 ? SUB : UP;
            int i = y * width;
            final int stop = i + width;
            if (y == 0) {
                band[p++] = pixels[0];
                band[p++] = pixels[green];
                band[p++] = pixels[blue];
                i++;
            }
            for (; i < stop; i++, p += 3) {
                band[p] = (byte)(pixels[i] - pixels[i - back]);
                band[p + 1] = (byte)(pixels[green + i] - pixels[green + i - back]);
                band[p + 2] = (byte)(pixels[blue + i] - pixels[blue + i - back]);
            }
        }
        return p;
    }

    private void chunk(final String type, final byte[] content, final int length) {
        final byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        final var checksum = new CRC32();
        checksum.update(name);
        checksum.update(content, 0, length);
        number(length);
        out.writeBytes(name);
        out.write(content, 0, length);
        number((int)checksum.getValue());
    }

    private void number(final int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }
}
