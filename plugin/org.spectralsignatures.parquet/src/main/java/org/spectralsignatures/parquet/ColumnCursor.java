package org.spectralsignatures.parquet;

import java.io.IOException;

import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.spectralsignatures.parquet.ParquetRows.ListExtent;

/**
 * Where one column of a group of rows stands: at the value of a row, or at the first one of its list. A list is written as its elements, each with
 * levels: repetition 0 begins a row, 1 goes on with its list; definition says how much of the path to the element is there.
 */
final class ColumnCursor {

    /** Which writer it was matters to an encoding only that is not read. */
    private static final ParsedVersion ANY_WRITER = new ParsedVersion("any", null, null);

    private static final int MOST_ELEMENTS = 1 << 28;

    private final Schema.Leaf leaf;

    private final ColumnReader reader;

    private final String name;

    /** Elements that come behind those that were taken, of this group; a list without elements counts as one. */
    private long left;

    /** Whether the list of the present row was taken. */
    private boolean isTaken;

    /** Definition level of the first element of the present row. */
    private int first;

    ColumnCursor(final Schema.Leaf leaf, final ColumnPages pages) throws IOException {
        this.leaf = leaf;
        name = String.join(".", leaf.descriptor().getPath());
        left = pages.getTotalValueCount();
        reader = new ColumnReaderImpl(leaf.descriptor(), pages, new PrimitiveConverter() {
        }, ANY_WRITER);
        begin();
    }

    private void begin() throws IOException {
        isTaken = false;
        first = reader.getCurrentDefinitionLevel();
        if (leaf.listDefinition() > 0 && (left == 0 || reader.getCurrentRepetitionLevel() != 0)) {
            throw DamagedFileException.because(left == 0 ? "Column '%s' has fewer rows than its group.".formatted(name)
                : "Column '%s' goes on with a list where a row begins.".formatted(name));
        }
    }

    private boolean isPresent() {
        return reader.getCurrentDefinitionLevel() == leaf.descriptor().getMaxDefinitionLevel();
    }

    /** @return whether the present row has no value, or no list, which is not an empty one */
    boolean isNull() {
        return leaf.listDefinition() > 0 ? first < leaf.listDefinition() - 1 : !isPresent();
    }

    /** Goes on to the next row of the group. */
    void next() throws IOException {
        passRow();
        begin();
    }

    private void passRow() throws IOException {
        if (leaf.listDefinition() == 0) {
            pass();
        } else if (!isTaken) {
            list(new float[0]);
        }
    }

    private void pass() {
        if (isPresent()) {
            reader.skip(); // unless it was asked for
        }
        reader.consume();
    }

    /** Ends the last row of the group. */
    void end() throws IOException {
        if (leaf.listDefinition() > 0) {
            passRow();
            if (left > 0) {
                throw DamagedFileException.because("Column '%s' has more rows than its group.".formatted(name));
            }
        }
    }

    /**
     * Takes the list of the present row.
     *
     * @param target receives its first elements, as many as it can hold
     * @return how many there are
     */
    ListExtent list(final float[] target) throws IOException {
        if (isTaken || leaf.listDefinition() == 0) {
            throw new IllegalStateException("'%s' has no list that was not taken.".formatted(name));
        }
        isTaken = true;
        if (first < leaf.listDefinition()) {
            pass();
            left--;
            return new ListExtent(0, -1);
        }
        long length = 0;
        long missing = -1;
        do {
            if (!isPresent()) {
                missing = missing < 0 ? length : missing;
                requireMissing();
            } else if (length < target.length) {
                target[(int)length] = (float)number();
            }
            length++;
            if (length > MOST_ELEMENTS) {
                throw DamagedFileException.notRead("Its column '%s' has a list of more than %d elements. Write shorter lists.".formatted(name, MOST_ELEMENTS));
            }
            pass();
            left--;
        } while (left > 0 && goesOn());
        return new ListExtent(length, missing);
    }

    private void requireMissing() throws IOException {
        final int level = reader.getCurrentDefinitionLevel();
        if (level < leaf.listDefinition() || level > leaf.descriptor().getMaxDefinitionLevel()) {
            throw DamagedFileException.because("Column '%s' has an element of level %d in a list.".formatted(name, level));
        }
    }

    private boolean goesOn() throws IOException {
        final int level = reader.getCurrentRepetitionLevel();
        if (level < 0 || level > leaf.descriptor().getMaxRepetitionLevel()) {
            throw DamagedFileException.because("Column '%s' has lists of level %d.".formatted(name, level));
        }
        return level > 0;
    }

    /** @return the present value, whole or not; 1 for true */
    double number() {
        return switch (leaf.descriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case FLOAT -> reader.getFloat();
            case DOUBLE -> reader.getDouble();
            case FIXED_LEN_BYTE_ARRAY -> half(reader.getBinary().getBytesUnsafe());
            case INT64 -> leaf.isUnsigned() ? unsigned(reader.getLong()) : reader.getLong();
            default -> integer();
        };
    }

    private static double unsigned(final long value) {
        return value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
    }

    /** IEEE 754 binary16, two bytes, the lower one first. */
    private static double half(final byte[] bytes) {
        final int bits = bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
        final int exponent = bits >> 10 & 0x1f;
        final int fraction = bits & 0x3ff;
        final double size;
        if (exponent == 0x1f) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            size = exponent == 0 ? Math.scalb((double)fraction, -24) : Math.scalb((double)(fraction | 0x400), exponent - 25);
        }
        return (bits & 0x8000) == 0 ? size : -size;
    }

    /** @return the present whole number; 1 for true */
    long integer() {
        return switch (leaf.descriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> leaf.isUnsigned() ? Integer.toUnsignedLong(reader.getInteger()) : reader.getInteger();
            case BOOLEAN -> reader.getBoolean() ? 1L : 0L;
            default -> reader.getLong();
        };
    }

    /** @return the present bytes */
    byte[] bytes() {
        return reader.getBinary().getBytes();
    }

    /** @return the present bytes as text */
    String text() {
        return reader.getBinary().toStringUsingUTF8();
    }
}
