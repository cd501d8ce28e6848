package org.spectralsignatures.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before the values in NumPy's file format (NEP 1, versions 1.0 to 3.0). Nothing in it is believed before it was held against the
 * length of the file ({@link #checkSize}). Messages of its exceptions do not name the file.
 *
 * @param description of the type of the values, as it stands there, for example {@code '<f4'}
 * @param isFortran whether the first index runs fastest, not the last
 * @param shape number of values along each axis; empty for a single value
 * @param start bytes before the first value
 */
public record NpyHeader(String description, boolean isFortran, List<Long> shape, long start) {

    private static final byte[] MAGIC = {(byte)0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int ALIGNMENT = 64;

    private static final int MAX_TEXT_BYTES = 1 << 20;

    /** NumPy itself ends at 64. */
    private static final int MAX_AXES = 64;

    private static final String TYPE = "descr";

    private static final String ORDER = "fortran_order";

    private static final String SHAPE = "shape";

    /** One entry of the Python dictionary: a name, and a text, a truth or a tuple of numbers. */
    private static final Pattern ENTRY =
        Pattern.compile("\\s*(['\"])(\\w{1,40})\\1\\s*:\\s*('[^']{0,200}'|\"[^\"]{0,200}\"|True|False|\\([\\d,\\s]{0,400}\\)|\\[[^\\]]{0,400}\\])\\s*(,|(?=\\}))");

    /** A tuple of one number has a comma behind it. */
    private static final Pattern TUPLE = Pattern.compile("\\(\\s*(\\d{1,18}\\s*,\\s*(\\d{1,18}\\s*,\\s*)*(\\d{1,18}\\s*)?)?\\)");

    /** @return whether a file begins as one of NumPy's arrays does */
    public static boolean begins(final byte[] file) {
        return file.length >= MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length));
    }

    /**
     * @param description of the type, without quotes
     * @param shape number of values along each axis
     * @return the bytes of a header of version 1.0, for values in C order
     */
    public static byte[] write(final String description, final long... shape) {
        final String numbers = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
        final String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(description, numbers);
        final int unpadded = MAGIC.length + 4 + text.length() + 1;
        final int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        final var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte)1).put((byte)0).putShort((short)(length - MAGIC.length - 4));
        bytes.put((text + " ".repeat(length - unpadded) + "\n").getBytes(StandardCharsets.US_ASCII));
        return bytes.array();
    }

    /**
     * @param in at the beginning of a file; afterwards at its first value
     * @param size of the file
     * @return its header
     * @throws IOException if there is none
     */
    public static NpyHeader read(final InputStream in, final long size) throws IOException {
        final ByteBuffer prefix = bytes(in, MAGIC.length + 2);
        if (!begins(prefix.array())) {
            throw new IOException("it is no NumPy file");
        }
        final int version = Byte.toUnsignedInt(prefix.get(MAGIC.length));
        if (version < 1 || version > 3 || prefix.get(MAGIC.length + 1) != 0) {
            throw new IOException("it is of NumPy's version %d.%d, but 1.0 to 3.0 can be read".formatted(version, Byte.toUnsignedInt(prefix.get(MAGIC.length + 1))));
        }
        final int lengthBytes = version == 1 ? 2 : 4;
        final ByteBuffer lengths = bytes(in, lengthBytes);
        final long length = version == 1 ? Short.toUnsignedInt(lengths.getShort(0)) : Integer.toUnsignedLong(lengths.getInt(0));
        final long start = prefix.capacity() + lengthBytes + length;
        if (length > MAX_TEXT_BYTES || start > size) {
            throw new IOException("its header claims %d bytes, but the file has %d".formatted(length, size));
        }
        final byte[] text = bytes(in, (int)length).array();
        return parse(new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), start);
    }

    private static ByteBuffer bytes(final InputStream in, final int count) throws IOException {
        final byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it is cut off");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static NpyHeader parse(final String text, final long start) throws IOException {
        final Map<String, String> entries = entries(text);
        if (!entries.keySet().equals(Set.of(TYPE, ORDER, SHAPE))) {
            throw new IOException("its header holds %s, but must hold descr, fortran_order and shape".formatted(entries.keySet()));
        }
        final String order = entries.get(ORDER);
        if (!order.equals("True") && !order.equals("False")) {
            throw new IOException("its header cannot be understood from '%s' on".formatted(order));
        }
        return new NpyHeader(entries.get(TYPE), order.equals("True"), shape(entries.get(SHAPE)), start);
    }

    private static List<Long> shape(final String text) throws IOException {
        if (!TUPLE.matcher(text).matches()) {
            throw new IOException("its shape is %s, which no array has".formatted(text));
        }
        final List<Long> shape = Arrays.stream(text.substring(1, text.length() - 1).split(",")).map(String::strip).filter(n -> !n.isEmpty()).map(Long::valueOf).toList();
        if (shape.size() > MAX_AXES) {
            throw new IOException("its shape has %d axes, but no array has more than %d".formatted(shape.size(), MAX_AXES));
        }
        return shape;
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

    /**
     * @return the type of the values
     * @throws IOException if such values are not read
     */
    public NpyType type() throws IOException {
        return NpyType.parse(description);
    }

    /** @return number of axes */
    public int axes() {
        return shape.size();
    }

    /** @return the shape as Python writes it, for example {@code (60000, 28, 28)} */
    public String describeShape() {
        return shape.stream().map(Object::toString).collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
    }

    /**
     * @return number of values
     * @throws IOException if it is beyond all files
     */
    public long count() throws IOException {
        long count = 1;
        try {
            for (long length : shape) {
                count = Math.multiplyExact(count, length);
            }
        } catch (ArithmeticException e) {
            throw new IOException("its shape is %s, which are more values than any file has".formatted(describeShape()), e);
        }
        return count;
    }

    /**
     * @param size of the file
     * @throws IOException unless exactly the values of the shape lie behind the header
     */
    public void checkSize(final long size) throws IOException {
        final long count = count();
        final int bytes = type().bytes();
        if (count > (Long.MAX_VALUE - start) / bytes || size != start + count * bytes) {
            final boolean isCut = count > (size - start) / bytes;
            throw new IOException("it %s: an array of the shape %s needs %s bytes behind its header, but it has %d".formatted(isCut ? "is cut off" : "goes on behind its values",
                describeShape(), count > Long.MAX_VALUE / bytes ? "more than 2^63" : Long.toString(count * bytes), size - start));
        }
    }
}
