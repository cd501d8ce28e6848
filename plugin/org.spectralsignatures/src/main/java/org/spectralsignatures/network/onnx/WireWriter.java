package org.spectralsignatures.network.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of a message in the wire format of Protocol Buffers. */
final class WireWriter {

    private static final int LENGTH = 2;

    private static final int FOUR_BYTES = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    WireWriter number(final int field, final long value) {
        varint((long)field << 3);
        varint(value);
        return this;
    }

    WireWriter real(final int field, final float value) {
        varint((long)field << 3 | FOUR_BYTES);
        final int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += 8) {
            bytes.write(bits >>> shift);
        }
        return this;
    }

    WireWriter text(final int field, final String text) {
        return content(field, text.getBytes(StandardCharsets.UTF_8));
    }

    WireWriter message(final int field, final WireWriter message) {
        return content(field, message.bytes());
    }

    WireWriter content(final int field, final byte[] content) {
        begin(field, content.length);
        bytes.writeBytes(content);
        return this;
    }

    /** Writes the fields of another message behind those of this one. */
    WireWriter raw(final WireWriter fields) {
        bytes.writeBytes(fields.bytes());
        return this;
    }

    /** Writes what stands before the content of a field, which somebody else writes behind it. */
    WireWriter begin(final int field, final long length) {
        varint((long)field << 3 | LENGTH);
        varint(length);
        return this;
    }

    private void varint(final long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes.write((int)(rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int)rest);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
