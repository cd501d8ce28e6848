package org.spectralsignatures.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the shapes of arrays. */
final class Dataspace {

    private static final int MOST_SIDES = 32;

    private Dataspace() {
    }

    /** @return the sides; none for a single value */
    static List<Long> read(final ByteBuffer message) throws Hdf5Exception {
        ObjectHeader.require(message, 4);
        final int version = message.get(0);
        final int sides = Byte.toUnsignedInt(message.get(1));
        if (version < 1 || version > 2 || sides > MOST_SIDES || version == 2 && message.get(3) == 2) {
            throw new Hdf5Exception("an array in it has a shape that is not read (version %d, %d sides)".formatted(version, sides));
        }
        final int head = version == 1 ? 8 : 4;
        ObjectHeader.require(message, head + (long)sides * Hdf5Bytes.ADDRESS);
        final var shape = new ArrayList<Long>();
        for (int i = 0; i < sides; i++) {
            shape.add(message.getLong(head + i * Hdf5Bytes.ADDRESS));
        }
        return List.copyOf(shape);
    }

    /** @return how many bytes the elements of a shape take */
    static long bytes(final List<Long> shape, final int element) throws Hdf5Exception {
        long bytes = element;
        for (long side : shape) {
            if (side < 0 || side > 0 && bytes > Long.MAX_VALUE / 16 / side) {
                throw new Hdf5Exception("an array in it has the shape %s".formatted(shape));
            }
            bytes *= side;
        }
        return bytes;
    }
}
