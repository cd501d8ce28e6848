package org.spectralsignatures.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the elements of an array or an attribute are.
 *
 * @param kind of them
 * @param size bytes of an element
 * @param order of the bytes of a number
 */
record ElementType(Kind kind, int size, ByteOrder order) {

    /** Kinds that are told apart. */
    enum Kind {
        /** IEEE 754 binary16, 32 or 64. */
        FLOAT,

        /** The upper half of a binary32. */
        BFLOAT16,

        /** A text of a fixed number of bytes. */
        TEXT,

        /** A text that lies in a heap. */
        LONG_TEXT,

        /** Anything else. */
        OTHER
    }

    private static final int LONGEST = 1 << 24;

    static ElementType read(final ByteBuffer message) throws Hdf5Exception {
        ObjectHeader.require(message, 8);
        final int type = message.get(0) & 0xf;
        final int bits = message.get(1);
        final int size = message.getInt(4);
        if (size < 1 || size > LONGEST) {
            throw new Hdf5Exception("it has elements of %s bytes".formatted(Integer.toUnsignedString(size)));
        }
        final ByteOrder order = (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new ElementType(switch (type) {
            case 1 -> real(message, bits, size);
            case 3 -> Kind.TEXT;
            case 9 -> (bits & 0xf) == 1 ? Kind.LONG_TEXT : Kind.OTHER;
            default -> Kind.OTHER;
        }, size, order);
    }

    private static Kind real(final ByteBuffer message, final int bits, final int size) throws Hdf5Exception {
        ObjectHeader.require(message, 20);
        final int exponent = message.get(13);
        final int fraction = message.get(15);
        final boolean whole = message.getShort(8) == 0 && message.getShort(10) == size * 8 && (bits & 0x40) == 0;
        if (whole && (size == 2 && exponent == 5 && fraction == 10 || size == 4 && exponent == 8 && fraction == 23 || size == 8 && exponent == 11 && fraction == 52)) {
            return Kind.FLOAT;
        }
        return whole && size == 2 && exponent == 8 && fraction == 7 ? Kind.BFLOAT16 : Kind.OTHER;
    }
}
