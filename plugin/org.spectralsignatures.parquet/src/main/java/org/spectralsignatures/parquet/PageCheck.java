package org.spectralsignatures.parquet;

import java.io.IOException;

import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Looks at the lengths in an unpacked page before the library believes them: what it makes room for by them must be there. */
final class PageCheck {

    /** Runs of packed values may be filled up to the most that one byte of length can tell. */
    private static final int FILLING = 8 * 64;

    private static final int MOST_DELTA_BLOCK = 1 << 16;

    private final byte[] bytes;

    private int at;

    private final int end;

    private final String column;

    /**
     * @param bytes of a page
     * @param start first byte
     * @param end behind the last byte
     * @param column that it is of
     */
    PageCheck(final byte[] bytes, final int start, final int end, final String column) {
        this.bytes = bytes;
        this.end = end;
        this.column = column;
        at = start;
    }

    private static DamagedFileException wrong(final String what) {
        return DamagedFileException.because("A page %s.".formatted(what));
    }

    /**
     * The values of a dictionary.
     *
     * @param type of the values
     * @param count of values
     * @throws DamagedFileException if so many are not there
     */
    void dictionary(final PrimitiveType type, final int count) throws IOException {
        if (count < 0 || (long)count * leastBytes(type) > end - at) {
            throw wrong("of a dictionary has %d values in %d bytes".formatted(count, end - at));
        }
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
            for (int i = 0; i < count; i++) {
                skip(fixed());
            }
        }
    }

    private static int leastBytes(final PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT64, DOUBLE -> Long.BYTES;
            case FIXED_LEN_BYTE_ARRAY -> Math.max(1, type.getTypeLength());
            default -> Integer.BYTES;
        };
    }

    private int next() throws IOException {
        if (at >= end) {
            throw wrong("ends too early");
        }
        return bytes[at++] & 0xff;
    }

    private long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            final int part = next();
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw wrong("has a number without an end");
    }

    private int fixed() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private void skip(final long count) throws IOException {
        if (count < 0 || count > end - at) {
            throw wrong("ends too early");
        }
        at += (int)count;
    }

    /** Levels with their length in front, as in pages of the first version. */
    void levelsWithLength(final int most, final int count) throws IOException {
        if (most > 0) {
            final int length = fixed();
            final int start = at;
            skip(length);
            new PageCheck(bytes, start, at, column).levels(most, count);
        }
    }

    /** Levels to the end: runs of numbers up to {@code most}. */
    void levels(final int most, final int count) throws IOException {
        if (most > 0) {
            runs(Integer.SIZE - Integer.numberOfLeadingZeros(most), count);
        }
    }

    /** Runs of numbers of some bits, each with its length. */
    private void runs(final int bits, final int count) throws IOException {
        if (bits > Integer.SIZE) {
            throw wrong("has numbers of %d bits".formatted(bits));
        }
        long values = 0;
        while (values < count && at < end) {
            final long header = number();
            final long length = header >>> 1;
            if ((header & 1) == 0) {
                skip((bits + 7) / 8);
                values += length;
            } else {
                values += 8 * length;
                if (length > Integer.MAX_VALUE / 8 || values > (long)count + FILLING) {
                    throw wrong("has a run of %d values".formatted(8 * length));
                }
                PageMemory.require(8 * length * Integer.BYTES, column); // what it is unpacked to, all at once
                skip(Math.min(length * bits, end - at)); // the last run may lack its filling
            }
        }
    }

    /**
     * The values themselves.
     *
     * @param encoding of the values
     * @param count the most that there may be
     * @throws DamagedFileException if they cannot be, or the encoding is not read
     */
    void values(final Encoding encoding, final int count) throws IOException {
        switch (encoding) {
            case PLAIN, BYTE_STREAM_SPLIT:
                break;
            case PLAIN_DICTIONARY, RLE_DICTIONARY:
                if (at < end) {
                    runs(next(), count);
                }
                break;
            case RLE:
                levelsWithLength(1, count);
                break;
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY:
                deltas(count);
                break;
            default:
                throw DamagedFileException.notRead("Its column '%s' is stored as %s, which is not read. Write it again with plain values or a dictionary."
                    .formatted(column, encoding));
        }
    }

    private void deltas(final int count) throws IOException {
        final long block = number();
        final long parts = number();
        final long values = number();
        if (block < 1 || block > MOST_DELTA_BLOCK || parts < 1 || parts > block || values < 0 || values > count) {
            throw wrong("has %d differences in blocks of %d".formatted(values, block));
        }
        PageMemory.require(values * Long.BYTES, column); // what they are unpacked to, all at once
    }
}
