package org.spectralsignatures.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a file stores the pixels of an image, in the words of people: {@code gray}, {@code RGB, transparent}, {@code gray, 16 bits},
 * {@code palette}, {@code CMYK}. Told by the file's head alone, for reports: images that were stored unlike the others of their class are often
 * of another source.
 */
public final class ImageMode {

    /** Of a file whose head does not say. */
    public static final String UNKNOWN = "unknown";

    private static final String GRAY = "gray";

    private static final String RGB = "RGB";

    private static final String PALETTE = "palette";

    private static final String CMYK = "CMYK";

    private static final String TRANSPARENT = ", transparent";

    private static final String DEEP = ", 16 bits";

    private static final String TWO_LEVELS = "black and white";

    private final ByteBuffer bytes;

    private ImageMode(final byte[] file) {
        bytes = ByteBuffer.wrap(file);
    }

    /**
     * @param file content of an image file of any kind that is read
     * @return its mode; {@value #UNKNOWN} where it is cut off before it says, or of another kind
     */
    public static String of(final byte[] file) {
        try {
            return new ImageMode(file).mode();
        } catch (IndexOutOfBoundsException e) { // NOSONAR the file ends too early
            return UNKNOWN;
        }
    }

    private String mode() {
        if (bytes.getLong(0) == 0x89504E470D0A1A0AL) {
            return png();
        }
        if (unsigned(0) == 0xff && unsigned(1) == 0xd8) {
            return jpeg();
        }
        final String four = text(0, 4);
        if (four.equals("GIF8")) {
            return PALETTE;
        }
        if (four.startsWith("BM")) {
            return bmp();
        }
        if (four.equals("II*\0") || four.equals("MM\0*")) {
            return tiff();
        }
        if (four.equals("RIFF") && text(8, 4).equals("WEBP")) {
            return webp();
        }
        return four.charAt(0) == 'P' ? pnm() : UNKNOWN;
    }

    private int unsigned(final int at) {
        return bytes.get(at) & 0xff;
    }

    private int two(final int at) {
        return bytes.getShort(at) & 0xffff;
    }

    private String text(final int at, final int length) {
        final var some = new byte[length];
        bytes.get(at, some);
        return new String(some, StandardCharsets.ISO_8859_1);
    }

    /** PNG specification, 11.2.2 and 11.3.2. */
    private String png() {
        final int depth = unsigned(24);
        final String deep = depth == 16 ? DEEP : "";
        switch (unsigned(25)) {
            case 0:
                return (depth == 1 ? TWO_LEVELS : GRAY) + deep + chunk();
            case 2:
                return RGB + deep + chunk();
            case 3:
                return PALETTE + chunk();
            case 4:
                return GRAY + deep + TRANSPARENT;
            case 6:
                return RGB + deep + TRANSPARENT;
            default:
                return UNKNOWN;
        }
    }

    /** Whether a chunk of transparency stands before the pixels. */
    private String chunk() {
        long at = 8;
        while (at + 8 <= bytes.limit()) {
            final String name = text((int)at + 4, 4);
            if (name.equals("tRNS")) {
                return TRANSPARENT;
            }
            if (name.equals("IDAT")) {
                return "";
            }
            at += 12 + Integer.toUnsignedLong(bytes.getInt((int)at));
        }
        return "";
    }

    /** The number of components stands in the frame's header (ITU T.81, B.2.2). */
    private String jpeg() {
        int at = 2;
        while (true) {
            while (unsigned(at) == 0xff && unsigned(at + 1) == 0xff) {
                at++;
            }
            final int marker = unsigned(at + 1);
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                final int components = unsigned(at + 9);
                return components == 1 ? GRAY : components == 3 ? RGB : components == 4 ? CMYK : UNKNOWN;
            }
            if (unsigned(at) != 0xff || marker == 0xda || marker == 0xd9) {
                return UNKNOWN;
            }
            at += 2 + Math.max(2, two(at + 2));
        }
    }

    private String bmp() {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        final int bits = bytes.getInt(14) == 12 ? two(24) : two(28);
        return bits <= 8 ? PALETTE : RGB;
    }

    /** The tags of the first directory (TIFF 6.0, section 8; SamplesPerPixel, BitsPerSample, PhotometricInterpretation). */
    private String tiff() {
        bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        final int directory = bytes.getInt(4);
        int photometric = -1;
        int samples = 1;
        int bits = 1;
        for (int i = 0, n = two(directory); i < n; i++) {
            final int entry = directory + 2 + 12 * i;
            final int value = two(entry + 8);
            switch (two(entry)) {
                case 258:
                    bits = bytes.getInt(entry + 4) * 2 > 4 ? two(bytes.getInt(entry + 8)) : value;
                    break;
                case 262:
                    photometric = value;
                    break;
                case 277:
                    samples = value;
                    break;
                default:
            }
        }
        final String deep = bits == 16 ? DEEP : "";
        return switch (photometric) {
            case 0, 1 -> (bits == 1 ? TWO_LEVELS : GRAY) + deep + (samples > 1 ? TRANSPARENT : "");
            case 2, 6 -> RGB + deep + (samples > 3 ? TRANSPARENT : "");
            case 3 -> PALETTE;
            case 5 -> CMYK + deep;
            default -> UNKNOWN;
        };
    }

    /** The flag of an alpha channel stands in the extended head, or behind the size of a lossless picture. */
    private String webp() {
        return switch (text(12, 4)) {
            case "VP8X" -> RGB + ((unsigned(20) & 0x10) == 0 ? "" : TRANSPARENT);
            case "VP8L" -> RGB + ((unsigned(24) & 0x10) == 0 ? "" : TRANSPARENT);
            case "VP8 " -> RGB;
            default -> UNKNOWN;
        };
    }

    private String pnm() {
        return switch (bytes.get(1)) {
            case '1', '4' -> TWO_LEVELS;
            case '2', '5' -> GRAY + (isDeep() ? DEEP : "");
            case '3', '6' -> RGB + (isDeep() ? DEEP : "");
            default -> UNKNOWN;
        };
    }

    /** The largest value is the third number behind the sign, comments left out. */
    private boolean isDeep() {
        final var numbers = new StringBuilder();
        boolean comment = false;
        for (int at = 2; numbers.toString().strip().split("\\s+").length < 4 && at < bytes.limit() && at < 4096; at++) {
            final char c = (char)unsigned(at);
            comment = c == '#' || comment && c != '\n' && c != '\r';
            numbers.append(comment ? ' ' : c);
            if (numbers.toString().strip().split("\\s+").length == 3 && Character.isWhitespace(c) && !numbers.toString().isBlank()) {
                break;
            }
        }
        final String[] found = numbers.toString().strip().split("\\s+");
        return found.length >= 3 && found[2].length() > 2 && found[2].matches("\\d{1,5}") && Integer.parseInt(found[2]) > 255;
    }
}
