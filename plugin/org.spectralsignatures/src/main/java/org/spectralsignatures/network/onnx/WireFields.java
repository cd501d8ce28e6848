package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The fields of a message in the wire format of Protocol Buffers, one after the other. Nothing is believed: each field must lie within its
 * message, and a text has a bound. What is not asked for is not read.
 */
final class WireFields {

    private static final int VARINT = 0;

    private static final int EIGHT_BYTES = 1;

    private static final int LENGTH = 2;

    private static final int FOUR_BYTES = 5;

    private static final int LONGEST_TEXT = 1 << 16;

    private final WireSource source;

    private final long end;

    private long position;

    private int number;

    private int type;

    private long value;

    private long fieldStart;

    WireFields(final WireSource source, final long start, final long end) {
        this.source = source;
        position = start;
        this.end = end;
    }

    /** @return whether there is another field, which the other methods then tell of */
    boolean next() throws IOException {
        if (type == LENGTH) {
            position += value;
        }
        type = VARINT;
        if (position >= end) {
            return false;
        }
        source.countField();
        fieldStart = position;
        final long tag = varint();
        if (tag >>> 3 < 1 || tag >>> 3 > 1 << 29) {
            throw new OnnxFormatException("byte %d begins no field of a model".formatted(fieldStart));
        }
        number = (int)(tag >>> 3);
        type = (int)(tag & 7);
        switch (type) {
            case VARINT -> value = varint();
            case EIGHT_BYTES -> value = bytes(8);
            case FOUR_BYTES -> value = bytes(4);
            case LENGTH -> {
                value = varint();
                if (value < 0 || value > end - position) {
                    throw new OnnxFormatException("the field at byte %d claims more bytes than there are: it is cut off or damaged".formatted(fieldStart));
                }
            }
            default -> throw new OnnxFormatException("the field at byte %d is of a kind that no model has".formatted(fieldStart));
        }
        return true;
    }

    private long bytes(final int count) throws IOException {
        if (end - position < count) {
            throw new OnnxFormatException("it ends within the field at byte %d".formatted(fieldStart));
        }
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= (long)source.at(position++) << 8 * i;
        }
        return bits;
    }

    private long varint() throws IOException {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= end) {
                throw new OnnxFormatException("it ends within the field at byte %d".formatted(fieldStart));
            }
            final int next = source.at(position++);
            bits |= (long)(next & 0x7f) << shift;
            if (next < 0x80) {
                return bits;
            }
        }
        throw new OnnxFormatException("the number at byte %d is too long".formatted(fieldStart));
    }

    int number() {
        return number;
    }

    /** @return the whole number that the field is */
    long value() throws OnnxFormatException {
        require(VARINT);
        return value;
    }

    /** @return number of bytes of the field's content */
    long length() throws OnnxFormatException {
        require(LENGTH);
        return value;
    }

    /** @return where the field lies, with its tag */
    OnnxModel.Range range() {
        return new OnnxModel.Range(fieldStart, position + (type == LENGTH ? value : 0));
    }

    /** @return where its content lies */
    OnnxModel.Range content() throws OnnxFormatException {
        require(LENGTH);
        return new OnnxModel.Range(position, position + value);
    }

    /** @return the message that the field is */
    WireFields message() throws OnnxFormatException {
        require(LENGTH);
        return new WireFields(source, position, position + value);
    }

    /** @return the text that the field is */
    String text() throws IOException {
        require(LENGTH);
        if (value > LONGEST_TEXT) {
            throw new OnnxFormatException("the text at byte %d has %d bytes, but may have %d".formatted(fieldStart, value, LONGEST_TEXT));
        }
        source.countText(value);
        final var bytes = ByteBuffer.allocate((int)value);
        source.copy(position, bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new OnnxFormatException("the text at byte %d is not UTF-8".formatted(fieldStart));
        }
    }

    /**
     * Whole numbers of a repeated field, one by one or packed.
     *
     * @param target receives them
     * @param most of them
     */
    void numbers(final List<Long> target, final int most) throws IOException {
        if (type == VARINT) {
            target.add(value);
        } else {
            require(LENGTH);
            final var packed = new WireFields(source, position, position + value);
            packed.fieldStart = fieldStart;
            while (packed.position < packed.end && target.size() <= most) {
                target.add(packed.varint());
            }
        }
        if (target.size() > most) {
            throw new OnnxFormatException("the list at byte %d has more than %d numbers".formatted(fieldStart, most));
        }
    }

    private void require(final int wanted) throws OnnxFormatException {
        if (type != wanted) {
            throw new OnnxFormatException("field %d at byte %d has another type than it has in models".formatted(number, fieldStart));
        }
    }
}
