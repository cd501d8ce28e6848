package org.spectralsignatures.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.parquet.ParquetRows.ListExtent;

/** Lists in files that PyArrow wrote ({@code record_lists.py}). */
class ParquetListsTest {

    private static final int ROWS = 60;

    private static ParquetTable table(final String name) throws IOException {
        return ParquetTable.open(ParquetTableTest.recorded("lists-" + name));
    }

    /** By the names of the lists. */
    private static List<ParquetColumn> columns(final ParquetTable table, final String... names) {
        return List.of(names).stream().map(name -> table.columns().stream().filter(c -> c.list().equals(name) || c.name().equals(name)).findFirst().orElseThrow()).toList();
    }

    private static void assertRow(final int i, final ParquetRows rows, final int column) throws IOException {
        final float[] row = new float[4];
        assertEquals(i % 7 == 3, rows.isNull(column), "row " + i);
        final ListExtent extent = rows.list(column, row);
        if (i % 7 == 3 || i % 7 == 5) {
            assertEquals(new ListExtent(0, -1), extent, "row " + i);
            return;
        }
        final boolean hasGap = i % 11 == 10 && i % 4 >= 1;
        assertEquals(new ListExtent(i % 4 + 1L, hasGap ? 1 : -1), extent, "row " + i);
        for (int j = 0; j < extent.length(); j++) {
            assertEquals(hasGap && j == 1 ? 0 : i + j / 2f, row[j], "row " + i);
        }
    }

    private static float[] list(final ParquetRows rows, final int column, final int length) throws IOException {
        final float[] row = new float[length];
        assertFalse(rows.isNull(column));
        assertEquals(new ListExtent(length, -1), rows.list(column, row));
        return row;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-none", "v1-snappy", "v2-zstd", "v2-plain", "split"})
    void listsOfAllTypesAreThoseThatWereWritten(final String name) throws IOException {
        try (ParquetTable table = table(name)) {
            final ParquetRows rows = table.rows(columns(table, "single", "double", "half", "fixed", "whole", "tiny", "group.inner", "scalar", "row", "large"));
            for (int i = 0; i < ROWS; i++) {
                assertTrue(rows.next());
                assertRow(i, rows, 0);
                assertRow(i, rows, 1);
                assertArrayEquals(new float[]{i, -0.099975586f, 5.9604645e-8f}, list(rows, 2, 3));
                assertArrayEquals(new float[]{i, i + 0.25f, -i}, list(rows, 3, 3));
                assertArrayEquals(new float[]{4294967295L - i, i, 7}, list(rows, 4, 3));
                assertArrayEquals(new float[]{-i, i}, list(rows, 5, 2));
                assertArrayEquals(new float[]{i}, list(rows, 6, 1));
                assertEquals(i / 8.0, rows.number(7));
                assertEquals(i, rows.integer(8));
                assertArrayEquals(new float[]{0x1p64f, i}, list(rows, 9, 2));
            }
            assertFalse(rows.next());
        }
    }

    @Test
    void rowsMayBeLeftOutAndListsNotAskedFor() throws IOException {
        try (ParquetTable table = table("v1-snappy")) {
            final ParquetRows rows = table.rows(columns(table, "single", "fixed", "row"));
            for (int row : new int[]{1, 2, 24, 25, 26, 40, 59}) {
                assertTrue(rows.moveTo(row));
                assertEquals(row, rows.integer(2));
                if (row % 2 == 0) {
                    assertRow(row, rows, 0);
                }
                assertEquals(row, list(rows, 1, 3)[0]);
                assertThrows(IOException.class, () -> rows.list(1, new float[3]), "a list is read once");
            }
            assertFalse(rows.moveTo(ROWS));
        }
    }

    @Test
    void listsAreToldFromWhatElseIsRepeated() throws IOException {
        for (String name : List.of("v1-none", "v2-zstd")) { // the first one names the elements "item"
            try (ParquetTable table = table(name)) {
                assertEquals(List.of("single", "double", "half", "fixed", "whole", "large", "tiny", "group.inner", "words"),
                    table.columns().stream().filter(ParquetColumn::isList).map(ParquetColumn::list).toList());
                final List<ParquetColumn> others = table.columns().stream().filter(c -> c.isRepeated() && !c.isList()).toList();
                assertEquals(List.of("nested", "points", "points", "map", "map"), others.stream().map(c -> c.path().get(0)).toList());
                others.forEach(other -> assertThrows(IllegalArgumentException.class, () -> table.rows(List.of(other))));
            }
        }
    }

    @Test
    void longerListsAreCountedAndNotStored() throws IOException {
        try (ParquetTable table = table("v2-plain")) {
            final ParquetRows rows = table.rows(columns(table, "fixed"));
            assertTrue(rows.moveTo(5));
            final float[] row = new float[2];
            assertEquals(new ListExtent(3, -1), rows.list(0, row));
            assertArrayEquals(new float[]{5, 5.25f}, row);
            assertTrue(rows.next());
            assertArrayEquals(new float[]{6, 6.25f, -6}, list(rows, 0, 3));
        }
    }
}
