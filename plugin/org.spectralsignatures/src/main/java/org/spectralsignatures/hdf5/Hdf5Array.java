package org.spectralsignatures.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/** An array of numbers with a fraction. Its values are read when they are asked for. */
public final class Hdf5Array {

    private static final int CHUNK = 1 << 20;

    private static final int COMPACT = 0;

    private static final int CONTIGUOUS = 1;

    private final Hdf5Bytes file;

    private final String name;

    private final List<Long> shape;

    private final ElementType type;

    private final long address;

    private final ByteBuffer compact;

    private Hdf5Array(final Hdf5Bytes file, final String name, final List<Long> shape, final ElementType type, final long address, final ByteBuffer compact) { // NOSONAR
        this.file = file;
        this.name = name;
        this.shape = shape;
        this.type = type;
        this.address = address;
        this.compact = compact;
    }

    static Hdf5Array read(final Hdf5Bytes file, final String name, final List<ObjectHeader.Message> messages) throws IOException {
        ByteBuffer layout = null;
        ElementType type = null;
        List<Long> shape = null;
        for (ObjectHeader.Message message : messages) {
            if (message.shared() && (message.type() == ObjectHeader.DATATYPE || message.type() == ObjectHeader.DATASPACE)) {
                throw new Hdf5Exception("the array '%s' has a type of its own that others share, which is not read".formatted(Hdf5Group.shown(name)));
            }
            switch (message.type()) {
                case ObjectHeader.DATATYPE -> type = ElementType.read(message.content());
                case ObjectHeader.DATASPACE -> shape = Dataspace.read(message.content());
                case ObjectHeader.LAYOUT -> layout = message.content();
                default -> { }
            }
        }
        if (type == null || shape == null || layout == null) {
            throw new Hdf5Exception("'%s' is neither a group nor an array".formatted(Hdf5Group.shown(name)));
        }
        return of(file, name, shape, type, layout);
    }

    private static Hdf5Array of(final Hdf5Bytes file, final String name, final List<Long> shape, final ElementType type, final ByteBuffer layout) throws IOException {
        ObjectHeader.require(layout, 4);
        final long bytes = Dataspace.bytes(shape, type.size());
        final int version = layout.get(0);
        final int kind = layout.get(1);
        if (version < 3 || version > 4 || kind != COMPACT && kind != CONTIGUOUS) {
            throw new Hdf5Exception(("the array '%s' is stored in chunks or in a way of its own (layout %d, %d), which is not read: save the network again with Keras,"
                + " without compression").formatted(Hdf5Group.shown(name), version, kind));
        }
        if (kind == COMPACT) {
            final ByteBuffer values = layout.duplicate().order(layout.order()).position(4);
            ObjectHeader.require(values, bytes);
            return new Hdf5Array(file, name, shape, type, 0, values);
        }
        ObjectHeader.require(layout, 18);
        final long address = layout.getLong(2);
        final long size = layout.getLong(10);
        if (bytes > 0 && (address == Hdf5Bytes.NOWHERE || size != bytes)) {
            throw new Hdf5Exception("the array '%s' has the shape %s, but %s".formatted(Hdf5Group.shown(name), shape,
                address == Hdf5Bytes.NOWHERE ? "no values" : Long.toUnsignedString(size) + " bytes of values"));
        }
        if (bytes > 0) {
            file.check(address, bytes);
        }
        return new Hdf5Array(file, name, shape, type, address, null);
    }

    /** @return where it lies among the groups */
    public String name() {
        return name;
    }

    /** @return its sides */
    public List<Long> shape() {
        return shape;
    }

    /**
     * @return its values in C order, outside of the heap
     * @throws IOException if they are no numbers with a fraction, more than 2 GB, or cannot be read
     */
    public FloatBuffer values() throws IOException {
        if (type.kind() != ElementType.Kind.FLOAT && type.kind() != ElementType.Kind.BFLOAT16) {
            throw new Hdf5Exception("the array '%s' has elements of a type that is not read: float16, bfloat16, float32 and float64 are".formatted(Hdf5Group.shown(name)));
        }
        final long count = Dataspace.bytes(shape, 1);
        if (count > Integer.MAX_VALUE / Float.BYTES) {
            throw new Hdf5Exception("the array '%s' has %d values, more than 2 GB".formatted(Hdf5Group.shown(name), count));
        }
        final var values = ByteBuffer.allocateDirect((int)count * Float.BYTES).order(java.nio.ByteOrder.nativeOrder()).asFloatBuffer();
        final var chunk = ByteBuffer.allocate((int)Math.min(CHUNK, count * type.size())).order(type.order());
        for (long done = 0; done < count; done += chunk.limit() / type.size()) {
            chunk.clear().limit((int)Math.min(chunk.capacity(), (count - done) * type.size()));
            if (compact == null) {
                file.fill(address + done * type.size(), chunk);
            } else {
                chunk.put(compact.slice(compact.position() + (int)done * type.size(), chunk.limit()));
            }
            chunk.flip();
            while (chunk.hasRemaining()) {
                values.put(next(chunk));
            }
        }
        return values.flip();
    }

    private float next(final ByteBuffer chunk) {
        return switch (type.size()) {
            case Short.BYTES -> type.kind() == ElementType.Kind.BFLOAT16 ? Float.intBitsToFloat(chunk.getShort() << 16) : half(chunk.getShort());
            case Float.BYTES -> chunk.getFloat();
            default -> (float)chunk.getDouble();
        };
    }

    /** @return the value of an IEEE 754 binary16 */
    private static float half(final short bits) {
        final int exponent = bits >>> 10 & 0x1f;
        final int fraction = bits & 0x3ff;
        final float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
