package org.spectralsignatures.image.codec;

import java.util.HashMap;
import java.util.Map;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2): its whole numbers, by tag. Only the tags that pixels depend on are read; numbers that
 * are not in the file are missing, and so is the image.
 */
final class TiffPage {

    static final int WIDTH = 256;

    static final int HEIGHT = 257;

    static final int BITS = 258;

    static final int COMPRESSION = 259;

    static final int PHOTOMETRIC = 262;

    static final int FILL_ORDER = 266;

    static final int STRIP_OFFSETS = 273;

    static final int ORIENTATION = 274;

    static final int SAMPLES = 277;

    static final int ROWS_PER_STRIP = 278;

    static final int STRIP_LENGTHS = 279;

    static final int PLANAR = 284;

    static final int PREDICTOR = 317;

    static final int COLOURS = 320;

    static final int TILE_WIDTH = 322;

    static final int TILE_HEIGHT = 323;

    static final int TILE_OFFSETS = 324;

    static final int TILE_LENGTHS = 325;

    static final int INK_SET = 332;

    static final int EXTRA_SAMPLES = 338;

    static final int SAMPLE_FORMAT = 339;

    static final int JPEG_TABLES = 347;

    private static final int BIG_TIFF = 43;

    /** Bytes of a number of the types 1 (byte), 3 (short), 4 (long) and 7 (undefined). */
    private static final Map<Integer, Integer> TYPES = Map.of(1, 1, 3, 2, 4, 4, 7, 1);

    /** Where the numbers of a tag lie. */
    private record Entry(int type, int count, int start) {
    }

    private final byte[] file;

    private final boolean littleEndian;

    private final Map<Integer, Entry> entries = new HashMap<>();

    TiffPage(final byte[] file) throws ImageFormatException {
        this.file = file;
        littleEndian = file[0] == 'I';
        final ImageBytes header = at(2);
        if (header.u16() == BIG_TIFF) {
            throw new ImageFormatException(ImageFault.UNKNOWN_KIND, "The image is a BigTIFF, which is not read. Save it as common TIFF first.");
        }
        final long directory = header.u32();
        final ImageBytes in = at(0);
        in.skip(directory);
        final int count = in.u16();
        for (int i = 0; i < count; i++) {
            entry(in);
        }
    }

    /** The first of two entries of a tag counts. */
    private void entry(final ImageBytes in) throws ImageFormatException {
        final int tag = in.u16();
        final int type = in.u16();
        final long count = in.u32();
        final int value = in.skip(4);
        final Integer bytes = TYPES.get(type);
        if (bytes == null || count == 0 || tag < WIDTH || tag > JPEG_TABLES) {
            return;
        }
        final long length = bytes * count;
        int start = value;
        if (length > 4) {
            final ImageBytes far = at(0);
            far.skip(at(value).u32());
            start = far.skip(length);
        }
        entries.putIfAbsent(tag, new Entry(type, (int)count, start));
    }

    private ImageBytes at(final int position) {
        return new ImageBytes(file, position, littleEndian);
    }

    boolean isLittleEndian() {
        return littleEndian;
    }

    boolean has(final int tag) {
        return entries.containsKey(tag);
    }

    int count(final int tag) {
        return has(tag) ? entries.get(tag).count : 0;
    }

    /** @return a number of a tag; the default where the tag is missing */
    long number(final int tag, final int index, final long byDefault) throws ImageFormatException {
        final Entry entry = entries.get(tag);
        if (entry == null) {
            return byDefault;
        }
        if (index >= entry.count) {
            throw damaged("tag %d has %d numbers".formatted(tag, entry.count));
        }
        final ImageBytes in = at(entry.start + index * TYPES.get(entry.type));
        return entry.type == 4 ? in.u32() : entry.type == 3 ? in.u16() : in.u8();
    }

    /** @return the one number of a tag */
    int number(final int tag, final int byDefault) throws ImageFormatException {
        return (int)Math.min(Integer.MAX_VALUE, number(tag, 0, byDefault));
    }

    /** @return the bytes of a tag; none where it is missing */
    byte[] bytes(final int tag) throws ImageFormatException {
        final var bytes = new byte[count(tag)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte)number(tag, i, 0);
        }
        return bytes;
    }

    static ImageFormatException damaged(final String what) {
        return new ImageFormatException(ImageFault.DAMAGED, "The TIFF image is damaged: " + what + ".");
    }
}
