package org.spectralsignatures.parquet;

import java.io.IOException;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Looks at the lengths in an unpacked page before the library believes them: what it makes room for by them must be there. */
final class PageCheck {

    /** Runs of packed values may be filled up to the most that one byte of length can tell. */
    private static final int FILLING = 8 * 64;

    private static final int MOST_DELTA_BLOCK = 1 << 16;

    private final byte[] bytes;

    private int at;

    private final int end;

    /**
     * @param bytes of a page
     * @param start first byte
     * @param end behind the last byte
     */
    PageCheck(final byte[] bytes, final int start, final int end) {
        this.bytes = bytes;
        this.end = end;
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
    void dictionary(final PrimitiveTypeName type, final int count) throws IOException {
        final int least = type == PrimitiveTypeName.INT64 || type == PrimitiveTypeName.DOUBLE ? Long.BYTES : Integer.BYTES;
        if (count < 0 || (long)count * least > end - at) {
            throw wrong("of a dictionary has %d values in %d bytes".formatted(count, end - at));
        }
        if (type == PrimitiveTypeName.BINARY) {
            for (int i = 0; i < count; i++) {
                skip(fixed());
            }
        }
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
            levels(bytes, start, at, most, count);
        }
    }

    /** Levels: runs of numbers up to {@code most}. */
    static void levels(final byte[] bytes, final int start, final int end, final int most, final int count) throws IOException {
        if (most > 0) {
            new PageCheck(bytes, start, end).runs(Integer.SIZE - Integer.numberOfLeadingZeros(most), count);
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
                skip(Math.min(length * bits, end - at)); // the last run may lack its filling
            }
        }
    }

    /**
     * The values themselves.
     *
     * @param encoding of the values
     * @param column they are of
     * @param count the most that there may be
     * @throws DamagedFileException if they cannot be, or the encoding is not read
     */
    void values(final Encoding encoding, final ColumnDescriptor column, final int count) throws IOException {
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
                    .formatted(String.join(".", column.getPath()), encoding));
        }
    }

    private void deltas(final int count) throws IOException {
        final long block = number();
        final long parts = number();
        final long values = number();
        if (block < 1 || block > MOST_DELTA_BLOCK || parts < 1 || parts > block || values < 0 || values > count) {
            throw wrong("has %d differences in blocks of %d".formatted(values, block));
        }
    }
}
