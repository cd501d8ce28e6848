package org.spectralsignatures.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an array's values (NumPy's <i>dtype</i>).
 *
 * @param kind what they are
 * @param bytes of a value, at least 1
 * @param order of these bytes
 */
public record NpyType(Kind kind, int bytes, ByteOrder order) {

    /** What values are. */
    public enum Kind {

        /** True or false, in one byte. */
        BOOLEAN,

        /** Whole numbers of 1, 2, 4 or 8 bytes. */
        INTEGER,

        /** The same without negative ones. */
        UNSIGNED,

        /** Numbers with a fraction, of 2, 4 or 8 bytes (IEEE 754). */
        FLOAT,

        /** Bytes that are text ({@code S}), filled up with zeros. */
        BYTES,

        /** Characters of 4 bytes (UTF-32, {@code U}), filled up with zeros. */
        CHARACTERS
    }

    private static final Pattern DESCRIPTION = Pattern.compile("['\"]([<>|=]?)([a-zA-Z])(\\d{0,9})['\"]");

    /** Longest text that a value may be. */
    private static final int MOST_TEXT_BYTES = 1 << 16;

    private static final int HALF_FRACTION_BITS = 10;

    private static final int HALF_BIAS = 15;

    /**
     * @param description as it stands in a header, for example {@code '<f4'}
     * @return the type
     * @throws IOException if such values are not read; the message begins with "its values" and names no file
     */
    static NpyType parse(final String description) throws IOException {
        final Matcher matcher = DESCRIPTION.matcher(description);
        if (matcher.matches()) {
            if (matcher.group(2).equals("O")) {
                throw new IOException("its values are Python objects, which are programs that reading would run: save them as numbers or texts,"
                    + " numpy.save(file, a.astype('U')) or a.astype('float32')");
            }
            final int length = matcher.group(3).isEmpty() ? 0 : Integer.parseInt(matcher.group(3));
            final Kind kind = kind(matcher.group(2), length);
            if (kind != null) {
                return new NpyType(kind, kind == Kind.CHARACTERS ? 4 * length : length,
                    matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw new IOException(("its values are of the type %s, but numbers (bool, int8 to int64, uint8 to uint64, float16 to float64) and texts can be read:"
            + " save a.astype('float32')").formatted(description.replaceAll("\\p{C}", "?")));
    }

    private static Kind kind(final String letter, final int length) {
        final boolean isNumber = length == 1 || length == 2 || length == 4 || length == 8;
        return switch (letter) {
            case "b" -> length == 1 ? Kind.BOOLEAN : null;
            case "i" -> isNumber ? Kind.INTEGER : null;
            case "u" -> isNumber ? Kind.UNSIGNED : null;
            case "f" -> isNumber && length > 1 ? Kind.FLOAT : null;
            case "S", "a" -> length >= 1 && length <= MOST_TEXT_BYTES ? Kind.BYTES : null;
            case "U" -> length >= 1 && length <= MOST_TEXT_BYTES / 4 ? Kind.CHARACTERS : null;
            default -> null;
        };
    }

    /** @return whether values are texts */
    public boolean isText() {
        return kind == Kind.BYTES || kind == Kind.CHARACTERS;
    }

    /** @return whether values are numbers with a fraction */
    public boolean isFloat() {
        return kind == Kind.FLOAT;
    }

    /** @return whether values are true or false */
    public boolean isBoolean() {
        return kind == Kind.BOOLEAN;
    }

    /** @return its name in NumPy, for example {@code float32} */
    public String describe() {
        return switch (kind) {
            case BOOLEAN -> "bool";
            case INTEGER -> "int" + 8 * bytes;
            case UNSIGNED -> "uint" + 8 * bytes;
            case FLOAT -> "float" + 8 * bytes;
            default -> "texts";
        };
    }

    /**
     * @param values in the order of this type, see {@link #order()}
     * @param at index of the value's first byte
     * @return the number; of 8-byte whole numbers the nearest
     * @throws IllegalStateException if values are texts
     */
    public double number(final ByteBuffer values, final int at) {
        return switch (kind) {
            case BOOLEAN -> values.get(at) == 0 ? 0 : 1;
            case INTEGER -> integer(values, at);
            case UNSIGNED -> unsigned(integer(values, at));
            case FLOAT -> bytes == 2 ? half(values.getShort(at)) : bytes == 4 ? values.getFloat(at) : values.getDouble(at);
            default -> throw new IllegalStateException("a text");
        };
    }

    /**
     * @param values in the order of this type
     * @param at index of the value's first byte
     * @return the value as people write it: a text, a whole number without a point
     */
    public String text(final ByteBuffer values, final int at) {
        return switch (kind) {
            case BOOLEAN -> values.get(at) == 0 ? "False" : "True";
            case INTEGER -> Long.toString(integer(values, at));
            case UNSIGNED -> bytes == 8 ? Long.toUnsignedString(values.getLong(at)) : Long.toString((long)unsigned(integer(values, at)));
            case FLOAT -> decimal(number(values, at));
            case BYTES -> utf8(values, at);
            case CHARACTERS -> characters(values, at);
        };
    }

    private long integer(final ByteBuffer values, final int at) {
        return switch (bytes) {
            case 1 -> values.get(at);
            case 2 -> values.getShort(at);
            case 4 -> values.getInt(at);
            default -> values.getLong(at);
        };
    }

    private double unsigned(final long value) {
        return bytes == 8 ? (value >>> 1) * 2.0 + (value & 1) : value & (1L << 8 * bytes) - 1;
    }

    /** Half precision has 5 bits of exponent and 10 of fraction. */
    private static float half(final short bits) {
        final int exponent = bits >> HALF_FRACTION_BITS & 0x1f;
        final int fraction = bits & (1 << HALF_FRACTION_BITS) - 1;
        final float size = exponent == 0x1f ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
            : exponent == 0 ? Math.scalb((float)fraction, 1 - HALF_BIAS - HALF_FRACTION_BITS)
                : Math.scalb((float)(fraction | 1 << HALF_FRACTION_BITS), exponent - HALF_BIAS - HALF_FRACTION_BITS);
        return bits < 0 ? -size : size;
    }

    private static String decimal(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Long.toString((long)value) : Double.toString(value);
    }

    private String utf8(final ByteBuffer values, final int at) {
        final var text = new byte[bytes];
        values.get(at, text);
        int length = bytes;
        while (length > 0 && text[length - 1] == 0) {
            length--;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private String characters(final ByteBuffer values, final int at) {
        final var text = new StringBuilder();
        int length = bytes / 4;
        while (length > 0 && values.getInt(at + 4 * length - 4) == 0) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            final int character = values.getInt(at + 4 * i);
            text.appendCodePoint(Character.isValidCodePoint(character) ? character : 0xfffd);
        }
        return text.toString();
    }
}
