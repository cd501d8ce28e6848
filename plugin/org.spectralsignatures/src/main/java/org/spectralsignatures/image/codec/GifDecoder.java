package org.spectralsignatures.image.codec;

import java.util.Arrays;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes the first picture of a GIF file, laid on its screen, transparent colours as they are (https://www.w3.org/Graphics/GIF/spec-gif89a.txt).
 * The Java runtime's decoder ({@code GIFImageReader} of Java 17 and 25) cannot stand in for it, as it gives other pixels without a warning:
 * <ul>
 * <li>what is missing at the end becomes the first colour, and the picture is called complete with all its rows;</li>
 * <li>a first block of data shorter than four bytes is taken for four;</li>
 * <li>of two clear codes in a row, the second becomes a pixel;</li>
 * <li>a code that stands for nothing yet becomes a pixel if it follows a clear code or comes first;</li>
 * <li>an interlaced picture of two to four rows loses one, as passes without rows are not left out.</li>
 * </ul>
 * {@code GifDecoderTest} has a file for each of them. The screen is left out by it, too.
 */
final class GifDecoder {

    private static final int EXTENSION = 0x21;

    private static final int IMAGE = 0x2c;

    private static final int GRAPHIC_CONTROL = 0xf9;

    /** First row and step of the four passes of interlaced pictures. */
    private static final int[][] INTERLACED = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] WHOLE = {{0, 1}};

    private final ImageBytes in;

    private final byte[] file;

    private GifDecoder(final byte[] file) {
        this.file = file;
        in = new ImageBytes(file, 6, true);
    }

    static boolean recognises(final byte[] file) {
        return file.length > 5 && file[0] == 'G' && file[1] == 'I' && file[2] == 'F' && file[3] == '8' && (file[4] == '7' || file[4] == '9')
            && file[5] == 'a';
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        return new GifDecoder(file).decode(limit);
    }

    private DecodedImage decode(final PixelLimit limit) throws ImageFormatException {
        final int screenWidth = in.u16();
        final int screenHeight = in.u16();
        final int flags = in.u8();
        in.skip(2);
        byte[] palette = palette(flags);
        int background = 0;
        for (int block = in.u8(); block != IMAGE; block = in.u8()) {
            if (block == EXTENSION) {
                background = extension(background);
            } else if (block != 0) {
                throw damaged("it has no picture");
            }
        }
        final int left = in.u16();
        final int top = in.u16();
        final int width = in.u16();
        final int height = in.u16();
        final int local = in.u8();
        limit.rgb(width, height);
        final ImageShape shape = limit.rgb(Math.max(screenWidth, left + width), Math.max(screenHeight, top + height));
        if ((local & 0x80) != 0) {
            palette = palette(local);
        }
        final int bits = in.u8();
        if (bits < 1 || bits > 11) {
            throw damaged("codes of %d bits".formatted(bits));
        }
        final byte[] picture = new GifPixels(bits).unpack(subBlocks(), new byte[width * height]);
        final var screen = new byte[shape.planeSize()];
        Arrays.fill(screen, (byte)background);
        int row = 0;
        for (int[] pass : (local & 0x40) != 0 ? INTERLACED : WHOLE) {
            for (int y = pass[0]; y < height; y += pass[1], row++) {
                System.arraycopy(picture, row * width, screen, (top + y) * shape.width() + left, width);
            }
        }
        return new DecodedImage(shape, colours(screen, palette));
    }

    private byte[] palette(final int flags) throws ImageFormatException {
        if ((flags & 0x80) == 0) {
            return null; // NOSONAR none: indices are gray
        }
        final int length = 3 << (flags & 7) + 1;
        final int start = in.skip(length);
        return Arrays.copyOfRange(file, start, start + length);
    }

    /** @return the colour of what no picture covers: the transparent one, if it says so */
    private int extension(final int background) throws ImageFormatException {
        final boolean control = in.u8() == GRAPHIC_CONTROL;
        int found = background;
        for (int length = in.u8(); length > 0; length = in.u8()) {
            final int start = in.skip(length);
            if (control && length >= 4 && (file[start] & 1) != 0) {
                found = file[start + 3] & 0xff;
            }
        }
        return found;
    }

    /** @return the content of all blocks up to the empty one */
    private byte[] subBlocks() throws ImageFormatException {
        final var content = new byte[in.remaining()];
        int size = 0;
        while (in.remaining() > 0) {
            final int length = in.u8();
            if (length == 0) {
                break;
            }
            System.arraycopy(file, in.skip(length), content, size, length);
            size += length;
        }
        return Arrays.copyOf(content, size);
    }

    private static byte[] colours(final byte[] indices, final byte[] palette) throws ImageFormatException {
        final int n = indices.length;
        final var planes = new byte[3 * n];
        for (int i = 0; i < n; i++) {
            final int index = indices[i] & 0xff;
            if (palette != null && 3 * index >= palette.length) {
                throw damaged("colour %d of a palette of %d".formatted(index, palette.length / 3));
            }
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * n + i] = palette == null ? (byte)index : palette[3 * index + channel];
            }
        }
        return planes;
    }

    private static ImageFormatException damaged(final String what) {
        return new ImageFormatException(ImageFault.DAMAGED, "The GIF image is damaged: " + what + ".");
    }
}
