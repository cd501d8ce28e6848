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
}
