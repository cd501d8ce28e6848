package org.spectralsignatures.image.vp8;

import java.util.ArrayDeque;
import java.util.Deque;

import org.spectralsignatures.image.ImageFormatException;

/** What an encoder did to the pixels of a lossless WebP picture to make them smaller, and how it is undone (its specification, section 4). */
final class Vp8lTransforms {

    private static final int PREDICTION = 0;

    private static final int COLOURS = 1;

    private static final int GREEN = 2;

    private static final int OPAQUE = 0xff00_0000;

    /** Reads an image within the image. */
    interface Reader {
        int[] pixels(int width, int height) throws ImageFormatException;
    }

    /**
     * One of them.
     *
     * @param kind 0 prediction, 1 colours, 2 green, 3 palette
     * @param width of the image after it is undone
     * @param bits of a block's length, or of the pixels that share one
     * @param data of its blocks, or the palette
     */
    private record Transform(int kind, int width, int bits, int[] data) { // NOSONAR never compared
    }

    private final int height;

    private final Deque<Transform> transforms = new ArrayDeque<>();

    private int width;

    private int seen;

    Vp8lTransforms(final int width, final int height) {
        this.width = width;
        this.height = height;
    }

    static int blocks(final int length, final int bits) {
        return length + (1 << bits) - 1 >> bits;
    }

    /** @return columns of the stored pixels, fewer than the image's where several share one */
    int width() {
        return width;
    }

    void read(final Vp8lBits in, final Reader reader) throws ImageFormatException {
        final int kind = in.read(2);
        if ((seen & 1 << kind) != 0) {
            throw WebpFault.damaged("it was transformed twice in the same way");
        }
        seen |= 1 << kind;
        if (kind == PREDICTION || kind == COLOURS) {
            final int bits = 2 + in.read(3);
            transforms.push(new Transform(kind, width, bits, reader.pixels(blocks(width, bits), blocks(height, bits))));
        } else if (kind == GREEN) {
            transforms.push(new Transform(kind, width, 0, new int[0]));
        } else {
            final int colours = 1 + in.read(8);
            final int[] palette = reader.pixels(colours, 1);
            for (int i = 1; i < colours; i++) {
                palette[i] = sum(palette[i], palette[i - 1]);
            }
            final int bits = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
            transforms.push(new Transform(kind, width, bits, palette));
            width = blocks(width, bits);
        }
    }

    /** @return the pixels as they were, the last transform undone first */
    int[] undo(final int[] stored) {
        int[] pixels = stored;
        for (Transform transform : transforms) {
            switch (transform.kind) {
                case PREDICTION -> predict(pixels, transform);
                case COLOURS -> addColours(pixels, transform);
                case GREEN -> addGreen(pixels);
                default -> pixels = lookUp(pixels, transform);
            }
        }
        return pixels;
    }

    private static void addGreen(final int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            final int green = pixels[i] >> 8 & 0xff;
            pixels[i] = pixels[i] & 0xff00_ff00 | (pixels[i] & 0xff_00ff) + (green << 16 | green) & 0xff_00ff;
        }
    }

    private void addColours(final int[] pixels, final Transform transform) {
        final int across = blocks(transform.width, transform.bits);
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < transform.width; x++, i++) {
                final int factors = transform.data[(y >> transform.bits) * across + (x >> transform.bits)];
                final int green = (byte)(pixels[i] >> 8);
                final int red = (pixels[i] >> 16) + ((byte)factors * green >> 5) & 0xff;
                final int blue = pixels[i] + ((byte)(factors >> 8) * green >> 5) + ((byte)(factors >> 16) * (byte)red >> 5) & 0xff;
                pixels[i] = pixels[i] & 0xff00_ff00 | red << 16 | blue;
            }
        }
    }

    private int[] lookUp(final int[] packed, final Transform transform) {
        final int width = transform.width;
        final int packedWidth = blocks(width, transform.bits);
        final int bits = 8 >> transform.bits;
        final int[] pixels = new int[width * height];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                final int shared = packed[y * packedWidth + (x >> transform.bits)] >> 8 & 0xff;
                final int index = shared >> (x & (1 << transform.bits) - 1) * bits & (1 << bits) - 1;
                pixels[i] = index < transform.data.length ? transform.data[index] : 0;
            }
        }
        return pixels;
    }

    private void predict(final int[] pixels, final Transform transform) {
        final int width = transform.width;
        final int across = blocks(width, transform.bits);
        pixels[0] = sum(pixels[0], OPAQUE);
        for (int x = 1; x < width; x++) {
            pixels[x] = sum(pixels[x], pixels[x - 1]);
        }
        for (int y = 1, i = width; y < height; y++) {
            pixels[i] = sum(pixels[i], pixels[i - width]);
            i++;
            for (int x = 1; x < width;) {
                final int mode = transform.data[(y >> transform.bits) * across + (x >> transform.bits)] >> 8 & 15;
                final int next = Math.min(width, (x >> transform.bits) + 1 << transform.bits);
                predict(pixels, i, i + next - x, width, mode);
                i += next - x;
                x = next;
            }
        }
    }

    /** Some pixels of a row in the same mode, the most frequent ones apart. */
    private static void predict(final int[] pixels, final int from, final int to, final int width, final int mode) {
        switch (mode) {
            case 1 -> {
                for (int i = from; i < to; i++) {
                    pixels[i] = sum(pixels[i], pixels[i - 1]);
                }
            }
            case 2 -> {
                for (int i = from; i < to; i++) {
                    pixels[i] = sum(pixels[i], pixels[i - width]);
                }
            }
            case 11 -> {
                for (int i = from; i < to; i++) {
                    pixels[i] = sum(pixels[i], select(pixels[i - 1], pixels[i - width], pixels[i - width - 1]));
                }
            }
            default -> {
                for (int i = from; i < to; i++) {
                    pixels[i] = sum(pixels[i], prediction(mode, pixels[i - 1], pixels[i - width], pixels[i - width + 1], pixels[i - width - 1]));
                }
            }
        }
    }

    /** Right of the last column stands the first pixel of the row itself, as it does in memory. */
    private static int prediction(final int mode, final int left, final int top, final int topRight, final int topLeft) {
        return switch (mode) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> mean(mean(left, topRight), top);
            case 6 -> mean(left, topLeft);
            case 7 -> mean(left, top);
            case 8 -> mean(topLeft, top);
            case 9 -> mean(top, topRight);
            case 10 -> mean(mean(left, topLeft), mean(top, topRight));
            case 11 -> select(left, top, topLeft);
            case 12 -> plane(left, top, topLeft, false);
            case 13 -> plane(mean(left, top), 0, topLeft, true);
            default -> OPAQUE;
        };
    }

    /** @return the sum of each of the four bytes */
    private static int sum(final int a, final int b) {
        return (a & 0xff00_ff00) + (b & 0xff00_ff00) & 0xff00_ff00 | (a & 0xff_00ff) + (b & 0xff_00ff) & 0xff_00ff;
    }

    /** @return the mean of each of the four bytes, rounded down */
    private static int mean(final int a, final int b) {
        return ((a ^ b) >>> 1 & 0x7f7f_7f7f) + (a & b);
    }

    private static int select(final int left, final int top, final int topLeft) {
        int toLeft = 0;
        int toTop = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            final int corner = topLeft >> shift & 0xff;
            toLeft += Math.abs((top >> shift & 0xff) - corner);
            toTop += Math.abs((left >> shift & 0xff) - corner);
        }
        return toLeft < toTop ? left : top;
    }

    /** @return of each byte a + b - c, or a + (a - c) / 2, within 0 to 255 */
    private static int plane(final int a, final int b, final int c, final boolean isHalf) {
        int bytes = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            final int first = a >> shift & 0xff;
            final int third = c >> shift & 0xff;
            final int value = isHalf ? first + (first - third) / 2 : first + (b >> shift & 0xff) - third;
            bytes |= Math.max(0, Math.min(255, value)) << shift;
        }
        return bytes;
    }
}
