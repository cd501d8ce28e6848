package org.spectralsignatures.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.parquet.ParquetColumn.Kind;

/** Files that PyArrow wrote ({@code record.py}). */
class ParquetTableTest {

    private static final int ROWS = 50;

    static Path recorded(final String name) {
        try {
            return Path.of(ParquetTableTest.class.getResource(name + ".parquet").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ParquetColumn> columns(final ParquetTable table, final String... names) {
        return List.of(names).stream().map(name -> table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow()).toList();
    }

    private static byte[] image(final int row) {
        return row % 5 >= 3 ? null : ("image %d ".formatted(row).repeat(row % 7)).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-none", "v1-snappy", "v1-gzip", "v1-zstd", "v1-brotli", "v1-lz4", "v2-none", "v2-snappy", "v2-gzip", "v2-zstd", "v2-brotli", "v2-lz4",
        "plain", "deltas"})
    void valuesAreThoseThatWereWritten(final String name) throws IOException {
        try (ParquetTable table = ParquetTable.open(recorded(name))) {
            assertEquals(ROWS, table.rows());
            final ParquetRows rows = table.rows(columns(table, "image.bytes", "image.path", "label", "name", "small", "even"));
            for (int i = 0; i < ROWS; i++) {
                assertTrue(rows.next());
                assertEquals(i, rows.row());
                assertArrayEquals(image(i), rows.bytes(0));
                assertEquals(i % 5 == 3 ? null : "Ü" + i + ".png", rows.text(1));
                assertEquals(i % 7 == 0, rows.isNull(2));
                if (i % 7 != 0) {
                    assertEquals(i % 3 - 1, rows.integer(2));
                }
                assertEquals("name " + i % 4, rows.text(3));
                assertEquals(i, rows.integer(4));
                assertEquals(i % 2 == 0 ? 1 : 0, rows.integer(5));
            }
            assertFalse(rows.next());
        }
    }

    @Test
    void columnsAreToldByWhatTheyHold() throws IOException {
        try (ParquetTable table = ParquetTable.open(recorded("v1-none"))) {
            assertEquals(List.of("image.bytes", "image.path", "label", "name", "small", "even", "list.list.element", "real", "day"),
                table.columns().stream().map(ParquetColumn::name).toList());
            assertEquals(List.of(Kind.BYTES, Kind.TEXT, Kind.INTEGER, Kind.TEXT, Kind.INTEGER, Kind.BOOLEAN, Kind.REAL, Kind.REAL, Kind.OTHER),
                table.columns().stream().map(ParquetColumn::kind).toList());
            assertEquals(List.of("list.list.element"), table.columns().stream().filter(ParquetColumn::isRepeated).map(ParquetColumn::name).toList());
            assertEquals("list", columns(table, "list.list.element").get(0).list());
        }
    }

    @Test
    void rowsMayBeLeftOut() throws IOException {
        try (ParquetTable table = ParquetTable.open(recorded("v2-snappy"))) {
            final ParquetRows rows = table.rows(columns(table, "image.bytes", "small"));
            for (int row : new int[]{1, 2, 5, 19, 20, 45, 49}) {
                assertTrue(rows.moveTo(row));
                assertEquals(row, rows.row());
                assertArrayEquals(image(row), rows.bytes(0));
                assertEquals(row, rows.integer(1));
            }
            assertFalse(rows.moveTo(ROWS));
        }
    }

    @Test
    void severalReadersOfOneFileDoNotDisturbEachOther() throws IOException {
        try (ParquetTable table = ParquetTable.open(recorded("v1-zstd"))) {
            final ParquetRows names = table.rows(columns(table, "name"));
            final ParquetRows numbers = table.rows(columns(table, "small"));
            while (names.next() && numbers.next()) {
                assertEquals("name " + numbers.integer(0) % 4, names.text(0));
            }
            assertEquals(ROWS - 1, names.row());
        }
    }

    @Test
    void aTableMayHaveNoRows() throws IOException {
        try (ParquetTable table = ParquetTable.open(recorded("empty"))) {
            assertEquals(0, table.rows());
            assertFalse(table.rows(columns(table, "small")).next());
        }
    }

    @Test
    void anEncodingThatIsNotReadIsNamed() throws IOException {
        try (ParquetTable table = ParquetTable.open(recorded("prefixes"))) {
            final ParquetRows rows = table.rows(table.columns());
            final String message = assertThrows(IOException.class, rows::next).getMessage();
            assertTrue(message.endsWith("prefixes.parquet' cannot be read: Its column 'name' is stored as DELTA_BYTE_ARRAY, which is not read."
                + " Write it again with plain values or a dictionary."), message);
        }
    }

    @Test
    void featuresAreReadFromTheNoteOfHuggingFace() throws IOException {
        final var features = HuggingFaceFeature.parse("""
            {"fingerprint": ["x", {"features": 1}], "info": {"splits": {"a": [1]}, "features": {"image": {"_type": "Image", "mode": {"x": []}},
            "label": {"names": ["cat", "sch\\u00f6n", 3], "_type": "ClassLabel"}, "boxes": [{"_type": "Value"}], "id": {"dtype": "int64", "_type": "Value"}}}}""");
        assertEquals(new HuggingFaceFeature("Image", List.of()), features.get("image"));
        assertEquals(new HuggingFaceFeature("ClassLabel", List.of("cat", "schön", "3")), features.get("label"));
        assertEquals(List.of("image", "label", "id"), List.copyOf(features.keySet()));
        for (String none : new String[]{"{}", "[]", "{\"info\": 3}", "{\"info\": {}}", "{\"info\": {\"features\": [1]}}"}) {
            assertTrue(HuggingFaceFeature.parse(none).isEmpty(), none);
        }
        assertThrows(IOException.class, () -> HuggingFaceFeature.parse("{\"info\": {\"features\": {\"a\": {\"names\": [1"));
        assertThrows(IOException.class, () -> HuggingFaceFeature.parse("{\"info\": " + "[".repeat(100_000)));
    }

    @Test
    void filesAreToldByHowTheyBegin() throws IOException {
        assertTrue(ParquetTable.recognises(recorded("plain")));
        assertFalse(ParquetTable.recognises(recorded("plain").resolveSibling("record.py")));
        assertFalse(ParquetTable.recognises(recorded("plain").getParent()));
        assertFalse(ParquetTable.recognises(Path.of("missing")));
    }
}
