package org.spectralsignatures.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file that its pixels depend on (https://www.w3.org/TR/png-3/#5Chunk-layout). All others, among them profiles, gamma,
 * transparency and compressed texts, are passed over unread once their checksum was found right.
 *
 * @param width in pixels, as claimed
 * @param height in pixels, as claimed
 * @param depth bits a sample
 * @param colour 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
 * @param interlaced whether the pixels come in seven passes
 * @param palette red, green and blue of each colour; empty without one
 * @param data ranges of the file that hold the compressed pixels
 * @param orientation of the picture
 */
record PngChunks(long width, long height, int depth, int colour, boolean interlaced, byte[] palette, List<Range> data, Orientation orientation) {

    static final byte[] SIGNATURE = {(byte)0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final int GRAY = 0;

    private static final int PALETTE = 3;

    /** Bytes of a file. */
    record Range(int start, int length) {
    }

    static PngChunks of(final byte[] file) throws ImageFormatException {
        final var in = new ImageBytes(file, SIGNATURE.length, false);
        final Range header = chunk(file, in, "IHDR");
        if (header == null || header.length != 13) {
            throw damaged("it does not begin with a header");
        }
        final var fields = new ImageBytes(file, header.start, false);
        final long width = fields.u32();
        final long height = fields.u32();
        final int depth = fields.u8();
        final int colour = fields.u8();
        final int compression = fields.u8();
        final int filter = fields.u8();
        final int interlace = fields.u8();
        if (!isDepthOf(depth, colour) || compression != 0 || filter != 0 || interlace > 1) {
            throw damaged("its header is none of PNG (colour type %d, %d bits, compression %d, filter %d, interlace %d)".formatted(colour, depth,
                compression, filter, interlace));
        }
        final var data = new ArrayList<Range>();
        byte[] palette = {};
        Orientation orientation = null;
        while (in.remaining() > 0) {
            final int start = in.position();
            final String type = typeAt(file, start);
            if (!data.isEmpty() && (type.isEmpty() || type.equals("IEND"))) {
                break; // everything is there; what is left of the end mark does not matter
            }
            final Range chunk = chunk(file, in, type);
            switch (type) {
                case "PLTE" -> palette = Arrays.copyOfRange(file, chunk.start, chunk.start + chunk.length);
                case "IDAT" -> data.add(chunk);
                case "eXIf" -> orientation = orientation == null ? Orientation.ofExif(file, chunk.start, chunk.length) : orientation;
                default -> {
                    // no part of the pixels
                }
            }
        }
        if (data.isEmpty()) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The image is cut off: the PNG file has a header but no pixels.");
        }
        if (colour == PALETTE && (palette.length == 0 || palette.length % 3 != 0)) {
            throw damaged("its palette is missing or has %d bytes".formatted(palette.length));
        }
        return new PngChunks(width, height, depth, colour, interlace == 1, palette, data, orientation == null ? Orientation.AS_STORED : orientation);
    }

    private static boolean isDepthOf(final int depth, final int colour) {
        return switch (colour) {
            case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
    }

    private static String typeAt(final byte[] file, final int start) {
        return file.length - start < 8 ? "" : new String(file, start + 4, 4, StandardCharsets.ISO_8859_1);
    }

    /** @return the content of the next chunk, null if it is of another type */
    private static Range chunk(final byte[] file, final ImageBytes in, final String type) throws ImageFormatException {
        final long length = in.u32();
        final int name = in.skip(4);
        if (!typeAt(file, name - 4).equals(type)) {
            return null;
        }
        final int start = in.skip(length);
        final var checksum = new CRC32();
        checksum.update(file, name, 4 + (int)length);
        if (in.u32() != checksum.getValue()) {
            throw damaged("the checksum of its chunk %s at byte %d is wrong".formatted(printable(type), name - 4));
        }
        return new Range(start, (int)length);
    }

    private static String printable(final String type) {
        return type.matches("[A-Za-z]{4}") ? type : "of no name";
    }

    private static ImageFormatException damaged(final String what) {
        return new ImageFormatException(ImageFault.DAMAGED, "The PNG image is damaged: " + what + ".");
    }

    /** @return samples a pixel */
    int samples() {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** @return bytes of a row of so many pixels, without its filter */
    int rowBytes(final int pixels) {
        return Math.toIntExact((Math.multiplyExact((long)pixels, samples() * depth) + 7) / 8);
    }
}
