package org.spectralsignatures.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as NumPy would write them, and such as it would not, for tests. */
public final class NumpyFiles {

    private NumpyFiles() {
    }

    /** @return a file of a version of the format with a header of any text */
    public static byte[] npy(final int version, final String header, final byte[] values) {
        final byte[] text = header.getBytes(version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        final var bytes = ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte)0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte)version).put((byte)0);
        if (version == 1) {
            bytes.putShort((short)text.length);
        } else {
            bytes.putInt(text.length);
        }
        return bytes.put(text).put(values).array();
    }

    /** @return a header's text */
    public static String header(final String type, final boolean isFortran, final long... shape) {
        return "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n".formatted(type, isFortran ? "True" : "False",
            Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" ")));
    }

    /** @return an array of bytes ({@code uint8}) */
    public static byte[] bytes(final byte[] values, final long... shape) {
        return npy(1, header("|u1", false, shape), values);
    }

    /** @return an array of 8-byte whole numbers */
    public static byte[] longs(final long... values) {
        final var bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putLong);
        return npy(1, header("<i8", false, values.length), bytes.array());
    }

    /** @return an array of {@code float32} */
    public static byte[] floats(final float[] values, final long... shape) {
        final var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return npy(1, header("<f4", false, shape), bytes.array());
    }

    /** @return an array of texts */
    public static byte[] texts(final String... values) {
        final int length = Math.max(1, Arrays.stream(values).mapToInt(v -> v.codePointCount(0, v.length())).max().orElse(1));
        final var bytes = ByteBuffer.allocate(4 * length * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            bytes.position(4 * length * i);
            values[i].codePoints().forEach(bytes::putInt);
        }
        return npy(1, header("<U" + length, false, values.length), bytes.array());
    }

    /** @return an archive of names (with ending) and files in turn */
    public static byte[] npz(final boolean isCompressed, final Object... namesAndFiles) {
        final var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndFiles.length; i += 2) {
                final byte[] file = (byte[])namesAndFiles[i + 1];
                final var entry = new ZipEntry((String)namesAndFiles[i]);
                if (!isCompressed) {
                    final var crc = new CRC32();
                    crc.update(file);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
