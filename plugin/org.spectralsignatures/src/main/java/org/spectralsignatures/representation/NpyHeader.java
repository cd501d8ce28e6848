package org.spectralsignatures.representation;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the values in NumPy's file format (NEP 1, versions 1.0 to 3.0): the shape of a matrix of little-endian float32 in C
 * order. Nothing in it is believed before it was held against the length of the file.
 *
 * @param rows n
 * @param columns d, at least 1
 * @param start bytes before the first value
 */
record NpyHeader(long rows, int columns, long start) {

    /** Most values of a row, so that some rows fit into what Java maps at once. */
    static final int MAX_COLUMNS = 1 << 28;

    private static final byte[] MAGIC = {(byte)0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int ALIGNMENT = 64;

    private static final int MAX_TEXT_BYTES = 1 << 20;

    private static final String TYPE = "descr";

    private static final String ORDER = "fortran_order";

    private static final String SHAPE = "shape";

    /** One entry of the Python dictionary: a name, and a text, a truth or a tuple of numbers. */
    private static final Pattern ENTRY =
        Pattern.compile("\\s*(['\"])(\\w{1,40})\\1\\s*:\\s*('[^']{0,200}'|\"[^\"]{0,200}\"|True|False|\\([\\d,\\s]{0,400}\\)|\\[[^\\]]{0,400}\\])\\s*(,|(?=\\}))");

    private static final Pattern MATRIX = Pattern.compile("\\(\\s*(\\d{1,18})\\s*,\\s*(\\d{1,18})\\s*,?\\s*\\)");

    /** @return the bytes of a header of version 1.0 */
    static byte[] write(final long rows, final int columns) {
        final String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
        final int unpadded = MAGIC.length + 4 + text.length() + 1;
        final int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        final var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte)1).put((byte)0).putShort((short)(length - MAGIC.length - 4));
        bytes.put((text + " ".repeat(length - unpadded) + "\n").getBytes(StandardCharsets.US_ASCII));
        return bytes.array();
    }

    /**
     * @param channel of a file
     * @return its header
     * @throws IOException if the file is no such matrix of exactly that size; the message does not name the file
     */
    static NpyHeader read(final FileChannel channel) throws IOException {
        final ByteBuffer prefix = bytes(channel, 0, MAGIC.length + 2);
        if (!prefix.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new IOException("it is no NumPy file");
        }
        final int version = Byte.toUnsignedInt(prefix.get(MAGIC.length));
        if (version < 1 || version > 3 || prefix.get(MAGIC.length + 1) != 0) {
            throw new IOException("it is of NumPy's version %d.%d, but 1.0 to 3.0 can be read".formatted(version, Byte.toUnsignedInt(prefix.get(MAGIC.length + 1))));
        }
        final int lengthBytes = version == 1 ? 2 : 4;
        final ByteBuffer lengths = bytes(channel, prefix.capacity(), lengthBytes);
        final long length = version == 1 ? Short.toUnsignedInt(lengths.getShort(0)) : Integer.toUnsignedLong(lengths.getInt(0));
        final long start = prefix.capacity() + lengthBytes + length;
        if (length > MAX_TEXT_BYTES || start > channel.size()) {
            throw new IOException("its header claims %d bytes, but the file has %d".formatted(length, channel.size()));
        }
        final byte[] text = bytes(channel, start - length, (int)length).array();
        final NpyHeader header = parse(new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), start);
        header.checkSize(channel.size());
        return header;
    }

    private static ByteBuffer bytes(final FileChannel channel, final long from, final int count) throws IOException {
        final var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("it is cut off");
            }
        }
        return bytes.flip();
    }

    private static NpyHeader parse(final String text, final long start) throws IOException {
        final Map<String, String> entries = entries(text);
        if (!entries.keySet().equals(Set.of(TYPE, ORDER, SHAPE))) {
            throw new IOException("its header holds %s, but must hold descr, fortran_order and shape".formatted(entries.keySet()));
        }
        final String type = entries.get(TYPE);
        if (!type.substring(1, type.length() - 1).equals("<f4")) {
            throw new IOException("its values are of the type %s, but must be little-endian float32: save a.astype('<f4')".formatted(type));
        }
        if (!entries.get(ORDER).equals("False")) {
            throw new IOException("its values lie column by column (fortran_order is %s): save numpy.ascontiguousarray(a)".formatted(entries.get(ORDER)));
        }
        final Matcher shape = MATRIX.matcher(entries.get(SHAPE));
        if (!shape.matches()) {
            throw new IOException("its shape is %s, but must be that of a matrix: (rows, values a row)".formatted(entries.get(SHAPE)));
        }
        final long rows = Long.parseLong(shape.group(1));
        final long columns = Long.parseLong(shape.group(2));
        if (rows > Integer.MAX_VALUE || columns < 1 || columns > MAX_COLUMNS) {
            throw new IOException("its shape is (%d, %d), but up to %d rows of 1 to %d values can be read".formatted(rows, columns, Integer.MAX_VALUE, MAX_COLUMNS));
        }
        return new NpyHeader(rows, (int)columns, start);
    }

    private static Map<String, String> entries(final String text) throws IOException {
        final Map<String, String> entries = new HashMap<>();
        final String dictionary = text.strip();
        if (!dictionary.startsWith("{") || !dictionary.endsWith("}")) {
            throw new IOException("its header is no dictionary");
        }
        final Matcher entry = ENTRY.matcher(dictionary);
        int at = 1;
        while (entry.region(at, dictionary.length()).lookingAt()) {
            if (entries.put(entry.group(2), entry.group(3)) != null) {
                throw new IOException("its header holds '%s' twice".formatted(entry.group(2)));
            }
            at = entry.end();
        }
        if (!dictionary.substring(at).strip().equals("}")) {
            throw new IOException("its header cannot be understood from '%s' on"
                .formatted(dictionary.substring(at, Math.min(dictionary.length(), at + 60)).replaceAll("\\p{C}", "?")));
        }
        return entries;
    }

    private void checkSize(final long size) throws IOException {
        final long needed = start + rows * columns * Float.BYTES; // below 2^62
        if (size != needed) {
            throw new IOException("it %s: %d x %d values need %d bytes, but it has %d".formatted(size < needed ? "is cut off" : "goes on behind its values", rows,
                columns, needed, size));
        }
    }
}
