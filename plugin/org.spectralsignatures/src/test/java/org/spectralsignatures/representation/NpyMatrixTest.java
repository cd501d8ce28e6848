package org.spectralsignatures.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyMatrixTest {

    @TempDir
    Path folder;

    @Test
    void bytesAreThoseOfTheFormat() throws Exception {
        final Path file = folder.resolve("a.npy");
        try (var matrix = NpyMatrix.create(file, 2, 3)) {
            matrix.writeRow(0, new float[]{1, 2, 3}, 0);
            matrix.writeRow(1, new float[]{9, 4, 5, 6}, 1);
        }
        final byte[] bytes = Files.readAllBytes(file);
        assertEquals(0, (bytes.length - 24) % 64);
        assertEquals("NUMPY", new String(bytes, 1, 5, StandardCharsets.US_ASCII));
        final int header = bytes.length - 24;
        assertTrue(new String(bytes, 10, header - 10, StandardCharsets.US_ASCII).startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"));
        assertEquals('\n', bytes[header - 1]);
        final var values = ByteBuffer.wrap(bytes, header, 24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i <= 6; i++) {
            assertEquals(i, values.getFloat());
        }
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        final Path file = folder.resolve("b.npy");
        NpyMatrix.create(file, 3, 2).close();
        try (var matrix = NpyMatrix.open(file)) {
            assertEquals(3, matrix.rows());
            assertEquals(2, matrix.columns());
            final float[] row = {7, 7};
            matrix.readRow(2, row);
            assertArrayEquals(new float[2], row);
        }
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        final Path text = Files.writeString(folder.resolve("c.npy"), "this is no matrix at all");
        assertTrue(assertThrows(IOException.class, () -> NpyMatrix.open(text)).getMessage().contains("c.npy"));
        final Path whole = folder.resolve("d.npy");
        NpyMatrix.create(whole, 10, 10).close();
        final byte[] bytes = Files.readAllBytes(whole);
        final Path cut = Files.write(folder.resolve("e.npy"), Arrays.copyOf(bytes, bytes.length - 4));
        assertTrue(assertThrows(IOException.class, () -> NpyMatrix.open(cut)).getMessage().contains("cut off"));
    }

    private Path npy(final int version, final String header, final int values) throws IOException {
        final byte[] text = header.getBytes(StandardCharsets.UTF_8);
        final var bytes = ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + values * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte)0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte)version).put((byte)0);
        if (version == 1) {
            bytes.putShort((short)text.length);
        } else {
            bytes.putInt(text.length);
        }
        return Files.write(folder.resolve("hostile.npy"), bytes.put(text).array());
    }

    private static String refused(final Path file) {
        final String message = assertThrows(IOException.class, () -> NpyMatrix.open(file).close()).getMessage();
        assertTrue(message.contains(file.toString()), message);
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
        "{\"shape\":(2,3,),\"descr\":\"<f4\",\"fortran_order\":False}   "})
    void everyVersionOfTheFormatIsRead(final String header) throws Exception {
        for (int version = 1; version <= 3; version++) {
            try (var matrix = NpyMatrix.open(npy(version, header, 6))) {
                assertEquals(2, matrix.rows());
                assertEquals(3, matrix.columns());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "'<f4' | False | (2305843009213693952, 8) | its shape is",
        "'<f4' | False | (99999999999999999999, 4) | its shape is",
        "'<f4' | False | (4611686018427387904, 4) | its shape is",
        "'<f4' | False | (1073741824, 4) | is cut off",
        "'<f4' | False | (2, 2147483647) | its shape is",
        "'<f4' | False | (1, 268435456) | is cut off",
        "'<f4' | False | (6, 0) | its shape is",
        "'<f4' | False | (0, 6) | goes on behind its values",
        "'<f4' | False | (2, 2) | goes on behind its values: 2 x 2 values need",
        "'<f4' | False | (2, 4) | is cut off: 2 x 4 values need",
        "'<f4' | False | (-2, -3) | cannot be understood",
        "'<f4' | False | (6,) | its shape is",
        "'<f4' | False | () | its shape is",
        "'<f4' | False | (1, 2, 3) | its shape is",
        "'<f4' | False | (2L, 3L) | cannot be understood",
        "'<f4' | False | (2, 3, __import__('os')) | cannot be understood",
        "'<f4' | True | (2, 3) | ascontiguousarray",
        "'<f4' | None | (2, 3) | cannot be understood",
        "'<f8' | False | (2, 3) | astype",
        "'>f4' | False | (2, 3) | astype",
        "'O' | False | (2, 3) | astype",
        "[('a', '<f4')] | False | (2, 3) | astype",
        "'<f4', 'descr': '<f4' | False | (2, 3) | twice",
        "'<f4', 'more': '' | False | (2, 3) | must hold descr"})
    void headersThatLieAreRefused(final String type, final String order, final String shape, final String message) throws Exception {
        for (int version = 1; version <= 3; version++) {
            final String refused = refused(npy(version, "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n".formatted(type, order, shape), 6));
            assertTrue(refused.contains(message), refused);
        }
    }

    @Test
    void headersThatAreNotClosedOrLieOfTheirLengthAreRefused() throws Exception {
        assertTrue(refused(npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), ", 6)).contains("no dictionary"));
        assertTrue(refused(npy(2, "{".repeat(60_000) + "}", 6)).contains("cannot be understood"));
        assertTrue(refused(npy(1, "", 0)).contains("no dictionary"));
        assertTrue(refused(npy(4, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 6)).contains("version 4.0"));
        for (int length : new int[]{0x7fff_ffff, -1, 1 << 21, 100}) {
            final Path file = npy(2, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 6);
            final byte[] bytes = Files.readAllBytes(file);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, length);
            Files.write(file, bytes);
            assertTrue(refused(file).contains("its header claims"), "" + length);
        }
        assertTrue(refused(folder).contains("no file at all"));
        assertTrue(refused(folder.resolve("none.npy")).contains("no such file"));
        for (int length = 0; length < 12; length++) {
            refused(Files.write(folder.resolve("short.npy"), Arrays.copyOf(Files.readAllBytes(npy(1, "{}", 0)), length)));
        }
    }
}
