package org.spectralsignatures.image.vp8;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/** Decodes the lossless pictures of WebP files, opacity left out (https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification). */
public final class Vp8lDecoder {

    private static final int SIGNATURE = 0x2f;

    private static final int LITERALS = 256;

    private static final int LENGTHS = 24;

    private static final int DISTANCES = 40;

    private static final int NEAR = 120;

    /** Codes of near pixels: rows up times 16, plus 8 minus columns to the right (section 5.2.2). */
    private static final byte[] NEAR_PIXELS = {0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39, 0x15, 0x1b, 0x36,
        0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56,
        0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e, 0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32,
        0x3e, 0x78, 0x01, 0x77, 0x79, 0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e, 0x00,
        0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70};

    private final Vp8lBits in;

    private Vp8lDecoder(final byte[] file, final int start, final int end) {
        in = new Vp8lBits(file, start, end);
    }

    /**
     * @param file with the picture, from {@code start} to {@code end} (exclusive)
     * @param start of its signature
     * @param end of its pixels
     * @param limit of the pixels that it may have
     * @return the picture as {@code [3, height, width]}
     * @throws ImageFormatException if it is damaged or claims more pixels
     */
    public static DecodedImage decode(final byte[] file, final int start, final int end, final PixelLimit limit) throws ImageFormatException {
        return new Vp8lDecoder(file, start, end).decode(limit);
    }

    private DecodedImage decode(final PixelLimit limit) throws ImageFormatException {
        if (in.read(8) != SIGNATURE) {
            throw WebpFault.damaged("its picture does not begin with a signature");
        }
        final int width = 1 + in.read(14);
        final ImageShape shape = limit.rgb(width, 1L + in.read(14));
        in.skip(1); // whether opacity matters
        if (in.read(3) != 0) {
            throw new ImageFormatException(ImageFault.UNKNOWN_KIND, "The image is a WebP of a version that is not read. Save it as PNG first.");
        }
        final var transforms = new Vp8lTransforms(shape.width(), shape.height());
        while (in.bit()) {
            transforms.read(in, this::pixels);
        }
        final int[] pixels = transforms.undo(image(transforms.width(), shape.height(), true));
        final int n = shape.planeSize();
        final var planes = new byte[shape.size()];
        for (int i = 0; i < n; i++) {
            planes[i] = (byte)(pixels[i] >> 16);
            planes[n + i] = (byte)(pixels[i] >> 8);
            planes[2 * n + i] = (byte)pixels[i];
        }
        return new DecodedImage(shape, planes);
    }

    /** @return an image within the image, row by row */
    private int[] pixels(final int width, final int height) throws ImageFormatException {
        return image(width, height, false);
    }

    /** Five prefix codes: green with lengths and recent colours, red, blue, opacity, distances. */
    private record Codes(Vp8lCode green, Vp8lCode red, Vp8lCode blue, Vp8lCode opacity, Vp8lCode distance) {
    }

    private int[] image(final int width, final int height, final boolean isWhole) throws ImageFormatException {
        final boolean hasRecent = in.bit();
        final int recentBits = hasRecent ? in.read(4) : 0;
        if (hasRecent && (recentBits < 1 || recentBits > 11)) {
            throw WebpFault.damaged("2^%d recent colours".formatted(recentBits));
        }
        int blockBits = 0;
        int[] blocks = {0};
        if (isWhole && in.bit()) {
            blockBits = 2 + in.read(3);
            blocks = image(Vp8lTransforms.blocks(width, blockBits), Vp8lTransforms.blocks(height, blockBits), false);
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = blocks[i] >> 8 & 0xffff;
            }
        }
        final Codes[] codes = codes(blocks, LITERALS + LENGTHS + (recentBits == 0 ? 0 : 1 << recentBits));
        final int[] pixels = new int[width * height];
        final int[] recent = new int[1 << recentBits];
        final int shift = 32 - recentBits;
        final int blockMask = isWhole && blockBits > 0 ? (1 << blockBits) - 1 : -1;
        final int blocksAcross = blockMask < 0 ? 0 : Vp8lTransforms.blocks(width, blockBits);
        Codes here = codes[blocks[0]];
        int entered = 0;
        int at = 0;
        int column = 0;
        int row = 0;
        while (at < pixels.length) {
            if (blockMask > 0 && (column & blockMask) == 0) {
                here = codes[blocks[(row >> blockBits) * blocksAcross + (column >> blockBits)]];
            }
            final int symbol = here.green.symbol(in);
            int count = 1;
            if (symbol < LITERALS) {
                final int red = here.red.symbol(in);
                final int blue = here.blue.symbol(in);
                pixels[at] = here.opacity.symbol(in) << 24 | red << 16 | symbol << 8 | blue;
            } else if (symbol < LITERALS + LENGTHS) {
                count = number(symbol - LITERALS);
                copy(pixels, at, count, distance(number(here.distance.symbol(in)), width));
            } else {
                for (; entered < at; entered++) {
                    recent[place(pixels[entered], shift)] = pixels[entered];
                }
                pixels[at] = recent[symbol - LITERALS - LENGTHS];
            }
            at += count;
            column += count;
            if (column >= width) {
                row += column / width;
                column %= width;
            }
            if (blockMask > 0 && count > 1 && at < pixels.length) {
                here = codes[blocks[(row >> blockBits) * blocksAcross + (column >> blockBits)]];
            }
        }
        return pixels;
    }

    private static int place(final int colour, final int shift) {
        return 0x1e35a7bd * colour >>> shift;
    }

    /** All codes are read, but only those of a block kept. */
    private Codes[] codes(final int[] blocks, final int symbols) throws ImageFormatException {
        int last = 0;
        for (int block : blocks) {
            last = Math.max(last, block);
        }
        final var used = new boolean[last + 1];
        for (int block : blocks) {
            used[block] = true;
        }
        final var codes = new Codes[last + 1];
        for (int i = 0; i <= last; i++) {
            final var read = new Codes(Vp8lCode.read(in, symbols), Vp8lCode.read(in, LITERALS), Vp8lCode.read(in, LITERALS), Vp8lCode.read(in, LITERALS),
                Vp8lCode.read(in, DISTANCES));
            codes[i] = used[i] ? read : null;
        }
        return codes;
    }

    /** @return a length or distance, 1 or more, from its prefix and the bits behind it */
    private int number(final int prefix) throws ImageFormatException {
        if (prefix < 4) {
            return prefix + 1;
        }
        final int bits = prefix - 2 >> 1;
        return (2 + (prefix & 1) << bits) + in.read(bits) + 1;
    }

    private static int distance(final int code, final int width) {
        if (code > NEAR) {
            return code - NEAR;
        }
        final int near = NEAR_PIXELS[code - 1];
        return Math.max(1, (near >> 4) * width + 8 - (near & 15));
    }

    private static void copy(final int[] pixels, final int at, final int count, final int distance) throws ImageFormatException {
        if (distance > at || count > pixels.length - at) {
            throw WebpFault.damaged("it repeats pixels that are not there");
        }
        for (int i = at; i < at + count; i++) {
            pixels[i] = pixels[i - distance];
        }
    }
}
