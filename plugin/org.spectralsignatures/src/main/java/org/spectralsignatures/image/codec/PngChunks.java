package org.spectralsignatures.image.codec;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/**
 * The chunks of a PNG file that its pixels depend on (https://www.w3.org/TR/png-3/#5Chunk-layout), each with the right checksum, which the
 * Java runtime's decoder does not look at. All others, among them profiles, gamma, transparency and compressed texts, are passed over unread
 * once their checksum was found right.
 *
 * @param width in pixels, as claimed
 * @param height in pixels, as claimed
 * @param depth bits a sample
 * @param colour 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
 * @param palette red, green and blue of each colour; empty without one
 * @param kept ranges of the file: signature with header, the palette of colour type 3, the compressed pixels
 * @param orientation of the picture
 */
record PngChunks(long width, long height, int depth, int colour, byte[] palette, List<Range> kept, Orientation orientation) { // NOSONAR never compared

    static final byte[] SIGNATURE = {(byte)0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final int GRAY = 0;

    static final int PALETTE = 3;

    /** Bytes of the largest palette. */
    private static final int LARGEST_PALETTE = 3 * 256;

    /** Length and type before the content of a chunk, checksum behind it. */
    private static final int FRAME = 12;

    private static final byte[] END = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte)0xae, 0x42, 0x60, (byte)0x82};

    /** Bytes of a file. */
    record Range(int start, int length) {

        /** @return the chunk whose content it is */
        private Range framed() {
            return new Range(start - 8, length + FRAME);
        }
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
        final var kept = new ArrayList<Range>();
        kept.add(new Range(0, in.position()));
        final var data = new ArrayList<Range>();
        Range colours = null;
        Orientation orientation = null;
        while (in.remaining() > 0) {
            final int start = in.position();
            final String type = typeAt(file, start);
            if (!data.isEmpty() && (type.isEmpty() || type.equals("IEND"))) {
                break; // everything is there; what is left of the end mark does not matter
            }
            final Range chunk = chunk(file, in, type);
            switch (type) {
                case "PLTE" -> colours = colour == PALETTE && data.isEmpty() ? chunk : colours;
                case "IDAT" -> data.add(chunk.framed());
                case "eXIf" -> orientation = orientation == null ? Orientation.ofExif(file, chunk.start, chunk.length) : orientation;
                default -> {
                    // no part of the pixels
                }
            }
        }
        if (data.isEmpty()) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The image is cut off: the PNG file has a header but no pixels.");
        }
        byte[] palette = {};
        if (colour == PALETTE) {
            if (colours == null || colours.length == 0 || colours.length % 3 != 0 || colours.length > LARGEST_PALETTE) {
                throw damaged("its palette is missing or has %d bytes".formatted(colours == null ? 0 : colours.length));
            }
            palette = Arrays.copyOfRange(file, colours.start, colours.start + colours.length);
            kept.add(colours.framed());
        }
        kept.addAll(data);
        return new PngChunks(width, height, depth, colour, palette, kept, orientation == null ? Orientation.AS_STORED : orientation);
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

    /** @return bits of a row of pixels, without its filter */
    long rowBits() {
        return width * depth * switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** @return bytes of what is kept */
    long keptBytes() {
        return kept.stream().mapToLong(Range::length).sum();
    }

    /** @return a PNG file of what is kept */
    InputStream keptOf(final byte[] file) {
        final var parts = new ArrayList<InputStream>();
        kept.forEach(r -> parts.add(new ByteArrayInputStream(file, r.start, r.length)));
        parts.add(new ByteArrayInputStream(END));
        return new SequenceInputStream(Collections.enumeration(parts));
    }
}
