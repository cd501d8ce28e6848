package org.spectralsignatures.image.codec;

import java.nio.charset.StandardCharsets;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.image.vp8.Vp8Decoder;
import org.spectralsignatures.image.vp8.Vp8lDecoder;
import org.spectralsignatures.image.vp8.WebpFault;

/**
 * Decodes WebP files (https://developers.google.com/speed/webp/docs/riff_container): a lossy or lossless picture, or the first frame of an animation on
 * its canvas, opacity as it is. TwelveMonkeys' decoder (3.12 and 3.14) cannot stand in for it: its lossy pictures are off by 4 of 255 on average and
 * by up to 57, as it predicts blocks from filtered neighbours, and profiles are always applied.
 */
final class WebpDecoder {

    private static final int HEADER = 12;

    private static final int ANIMATED = 2;

    private static final int HAS_EXIF = 8;

    /** Place, size, duration and flags before the picture of a frame. */
    private static final int FRAME_HEADER = 16;

    private final byte[] file;

    private final PixelLimit limit;

    private Orientation orientation = Orientation.AS_STORED;

    private WebpDecoder(final byte[] file, final PixelLimit limit) {
        this.file = file;
        this.limit = limit;
    }

    static boolean recognises(final byte[] file) {
        return file.length >= HEADER && text(file, 0).equals("RIFF") && text(file, 8).equals("WEBP");
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        return new WebpDecoder(file, limit).decode();
    }

    private static String text(final byte[] file, final int at) {
        return new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }

    /** @param start of the content, {@code end} exclusive */
    private record Chunk(String type, int start, int end) {
    }

    private DecodedImage decode() throws ImageFormatException {
        final var riff = new ImageBytes(file, 4, true);
        final long length = riff.u32();
        riff.skip(4);
        if (length + 8 > file.length) {
            throw WebpFault.cutOff("it has %d of %d bytes".formatted(file.length, length + 8));
        }
        final int end = (int)length + 8;
        final Chunk first = chunk(HEADER, end);
        if (!first.type.equals("VP8X")) {
            return picture(first);
        }
        final var in = new ImageBytes(file, first.start, true);
        final int flags = in.u8();
        in.skip(3);
        final ImageShape canvas = limit.rgb(1 + u24(in), 1 + u24(in));
        if ((flags & HAS_EXIF) != 0) {
            orientation = orientation(first.end, end);
        }
        final Chunk found = find(first.end, end, (flags & ANIMATED) != 0);
        final DecodedImage image = found.type.equals("ANMF") ? frame(found, canvas) : picture(found);
        if (!image.shape().equals(canvas)) {
            throw WebpFault.damaged("its picture has %s, its canvas %s".formatted(image.shape().describe(), canvas.describe()));
        }
        return orientation.apply(image);
    }

    private static int u24(final ImageBytes in) throws ImageFormatException {
        return in.u16() | in.u8() << 16;
    }

    private Chunk chunk(final int at, final int end) throws ImageFormatException {
        if (end - at < 8) {
            throw WebpFault.cutOff("it has no picture");
        }
        final long length = new ImageBytes(file, at + 4, true).u32();
        if (length > end - at - 8) {
            throw WebpFault.cutOff("it ends within a chunk");
        }
        return new Chunk(text(file, at), at + 8, at + 8 + (int)length);
    }

    /** Contents of odd length are followed by a byte that does not count. */
    private static int behind(final Chunk chunk) {
        return chunk.end + (chunk.end - chunk.start) % 2;
    }

    /** @return the first picture, or the first frame */
    private Chunk find(final int from, final int end, final boolean animated) throws ImageFormatException {
        Chunk chunk = chunk(from, end);
        while (!(animated ? chunk.type.equals("ANMF") : isPicture(chunk))) {
            chunk = chunk(behind(chunk), end);
        }
        return chunk;
    }

    private static boolean isPicture(final Chunk chunk) {
        return chunk.type.equals("VP8 ") || chunk.type.equals("VP8L");
    }

    /** What stands before the picture may be damaged without harm: only the picture has to be whole. */
    private Orientation orientation(final int from, final int end) throws ImageFormatException {
        int at = from;
        while (end - at >= 8) {
            final Chunk chunk = chunk(at, end);
            if (chunk.type.equals("EXIF")) {
                final int prefix = chunk.end - chunk.start > 6 && text(file, chunk.start).equals("Exif") ? 6 : 0;
                return Orientation.ofExif(file, chunk.start + prefix, chunk.end - chunk.start - prefix);
            }
            at = behind(chunk);
        }
        return Orientation.AS_STORED;
    }

    /** Around a frame that is smaller than its canvas all is black. */
    private DecodedImage frame(final Chunk chunk, final ImageShape canvas) throws ImageFormatException {
        if (chunk.end - chunk.start < FRAME_HEADER) {
            throw WebpFault.cutOff("it ends within a frame");
        }
        final var in = new ImageBytes(file, chunk.start, true);
        final int left = 2 * u24(in);
        final int top = 2 * u24(in);
        final int width = 1 + u24(in);
        final int height = 1 + u24(in);
        if (left + width > canvas.width() || top + height > canvas.height()) {
            throw WebpFault.damaged("its first frame lies outside its canvas");
        }
        final DecodedImage picture = picture(find(chunk.start + FRAME_HEADER, chunk.end, false));
        if (picture.shape().width() != width || picture.shape().height() != height) {
            throw WebpFault.damaged("its first frame has %s, not %d x %d".formatted(picture.shape().describe(), width, height));
        }
        final var pixels = new byte[canvas.size()];
        for (int row = 0; row < 3 * height; row++) {
            System.arraycopy(picture.pixels(), row * width, pixels, (row / height * canvas.height() + top + row % height) * canvas.width() + left, width);
        }
        return new DecodedImage(canvas, pixels);
    }

    private DecodedImage picture(final Chunk chunk) throws ImageFormatException {
        return switch (chunk.type) {
            case "VP8 " -> Vp8Decoder.decode(file, chunk.start, chunk.end, limit);
            case "VP8L" -> Vp8lDecoder.decode(file, chunk.start, chunk.end, limit);
            default -> throw WebpFault.damaged("it has no picture");
        };
    }
}
