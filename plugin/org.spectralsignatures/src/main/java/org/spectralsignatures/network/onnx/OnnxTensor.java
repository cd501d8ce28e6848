package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tensor with values as a file describes it, without them.
 *
 * @param name may be empty
 * @param shape its sides
 * @param type ONNX's number of the type of its elements
 * @param rawBytes length of its values as bytes, -1 if they are not given so
 * @param external where its values lie outside of the file, by ONNX's names; empty if they do not
 */
record OnnxTensor(String name, List<Long> shape, int type, long rawBytes, Map<String, String> external) {

    private static final int MOST_SIDES = 64;

    /** Bits of an element, by ONNX's number of its type; 0 where the number of bytes is not checked. */
    private static final int[] BITS = {0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4};

    static OnnxTensor read(final WireFields fields) throws IOException {
        String name = "";
        final var shape = new ArrayList<Long>();
        int type = 0;
        long raw = -1;
        final Map<String, String> external = new LinkedHashMap<>();
        boolean outside = false;
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> fields.numbers(shape, MOST_SIDES);
                case 2 -> type = (int)fields.value();
                case 8 -> name = fields.text();
                case 9 -> raw = fields.length();
                case 13 -> entry(fields.message(), external);
                case 14 -> outside = (int)fields.value() == 1; // as protobuf cuts it
                default -> { }
            }
        }
        if (outside) {
            external.putIfAbsent("location", "");
        }
        return new OnnxTensor(name, List.copyOf(shape), type, raw, external);
    }

    private static void entry(final WireFields fields, final Map<String, String> entries) throws IOException {
        String key = "";
        String value = "";
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> key = fields.text();
                case 2 -> value = fields.text();
                default -> { }
            }
        }
        entries.put(key, value);
    }

    /** @return whether its values lie in another file, or claim to */
    boolean isOutside() {
        return !external.isEmpty();
    }

    /** @return its name for messages */
    String what(final String where) {
        return "the tensor '%s'%s".formatted(OnnxText.shown(name), where.isEmpty() ? "" : " " + where);
    }

    /**
     * @param where it stands, for messages
     * @return bytes that its values have as its shape and type say, -1 where the type does not tell
     * @throws OnnxFormatException if it has no such shape
     */
    long bytes(final String where) throws OnnxFormatException {
        long values = 1;
        for (long side : shape) {
            if (side < 0 || side > 0 && values > Long.MAX_VALUE / 256 / side) {
                throw new OnnxFormatException("%s has the shape %s".formatted(what(where), shape));
            }
            values *= side;
        }
        final int bits = type >= 0 && type < BITS.length ? BITS[type] : 0;
        return bits == 0 ? -1 : (values * bits + 7) / 8;
    }

    /**
     * @param where it stands, for messages
     * @throws OnnxFormatException if its values are not as many as its shape says
     */
    void check(final String where) throws OnnxFormatException {
        final long bytes = bytes(where);
        if (bytes >= 0 && rawBytes >= 0 && rawBytes != bytes) {
            throw new OnnxFormatException("%s has the shape %s, but %d bytes of values".formatted(what(where), shape, rawBytes));
        }
    }
}
