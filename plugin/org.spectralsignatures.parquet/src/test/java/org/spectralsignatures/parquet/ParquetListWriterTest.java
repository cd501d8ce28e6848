package org.spectralsignatures.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.parquet.ParquetRows.ListExtent;

class ParquetListWriterTest {

    @TempDir
    Path folder;

    private static float[] list(final int row, final int length) {
        final float[] values = new float[length];
        for (int j = 0; j < length; j++) {
            values[j] = row - j / 8f;
        }
        return values;
    }

    private static String text(final int row, final int length) {
        return "Ü" + row + "x".repeat(row % 3 * length);
    }

    /** Rows of one value; rows that fill pages; rows longer than a page; texts that fill groups. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1, 20, 3", "3, 100003, 0", "100000, 7, 5", "300000, 4, 0", "524288, 2, 0", "2, 60, 200000"})
    void whatIsWrittenIsRead(final int length, final int count, final int textLength) throws Exception {
        final Path file = folder.resolve("a.parquet");
        try (OutputStream out = Files.newOutputStream(file);
                var writer = new ParquetListWriter(out, "vector", length, List.of("id", "label"), List.of("even", "third"))) {
            for (int i = 0; i < count; i++) {
                writer.add(list(i, length), List.of(text(i, textLength), ""), i % 2 == 0, i % 3 == 0);
            }
        }
        try (ParquetTable table = ParquetTable.open(file)) {
            assertEquals(count, table.rows());
            assertEquals(List.of("vector.list.element", "id", "label", "even", "third"), table.columns().stream().map(ParquetColumn::name).toList());
            assertEquals("vector", table.columns().get(0).list());
            final ParquetRows rows = table.rows(table.columns());
            final float[] row = new float[length];
            for (int i = 0; i < count; i++) {
                assertTrue(rows.next());
                assertEquals(new ListExtent(length, -1), rows.list(0, row));
                assertArrayEquals(list(i, length), row);
                assertEquals(text(i, textLength), rows.text(1));
                assertEquals("", rows.text(2));
                assertEquals(i % 2 == 0 ? 1 : 0, rows.integer(3));
                assertEquals(i % 3 == 0 ? 1 : 0, rows.integer(4));
            }
            assertFalse(rows.next());
        }
    }

    @Test
    void aTableMayHaveNoRowsAndNoOtherColumns() throws Exception {
        final Path file = folder.resolve("a.parquet");
        try (OutputStream out = Files.newOutputStream(file); var writer = new ParquetListWriter(out, "vector", 3, List.of(), List.of())) {
            assertThrows(IllegalArgumentException.class, () -> writer.add(new float[2], List.of()));
            assertThrows(IllegalArgumentException.class, () -> writer.add(new float[3], List.of("a")));
            assertThrows(IllegalArgumentException.class, () -> writer.add(new float[3], List.of(), true));
        }
        try (ParquetTable table = ParquetTable.open(file)) {
            assertEquals(0, table.rows());
            assertFalse(table.rows(table.columns()).next());
        }
    }
}
