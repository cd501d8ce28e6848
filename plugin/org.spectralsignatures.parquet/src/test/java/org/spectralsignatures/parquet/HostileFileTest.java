package org.spectralsignatures.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged or lie: each ends with a sentence that names it, before memory is taken for what they claim. */
class HostileFileTest {

    private static final int BIG = Integer.MAX_VALUE;

    private static final FieldRepetitionType ALL = FieldRepetitionType.REQUIRED;

    private static final FieldRepetitionType SOME = FieldRepetitionType.OPTIONAL;

    @TempDir
    Path folder;

    private static int read(final Path file) throws IOException {
        try (ParquetTable table = ParquetTable.open(file)) {
            table.features();
            final var columns = table.columns().stream().filter(column -> !column.isRepeated() || column.isList()).toList();
            final ParquetRows rows = table.rows(columns);
            int count = 0;
            for (; rows.next(); count++) {
                for (int i = 0; i < columns.size(); i++) {
                    if (columns.get(i).isList()) {
                        readList(columns.get(i), rows, i);
                        continue;
                    }
                    switch (columns.get(i).kind()) {
                        case BYTES -> rows.bytes(i);
                        case TEXT -> rows.text(i);
                        case INTEGER, BOOLEAN -> {
                            if (!rows.isNull(i)) {
                                rows.integer(i);
                            }
                        }
                        default -> rows.isNull(i);
                    }
                }
            }
            return count;
        }
    }

    private static void readList(final ParquetColumn column, final ParquetRows rows, final int index) throws IOException {
        if (!rows.isNull(index) && (column.kind() == ParquetColumn.Kind.REAL || column.kind() == ParquetColumn.Kind.INTEGER)) {
            rows.list(index, new float[4]);
        }
    }

    private static void refuses(final Path file, final String why) {
        final String message = assertThrows(IOException.class, () -> read(file)).getMessage();
        assertTrue(message.startsWith("'" + file + "' cannot be read: ") && message.contains(why), message);
    }

    private void refuses(final HostileFile file, final String why) throws IOException {
        refuses(file.write(folder), why);
    }

    private static HostileFile one() throws IOException {
        return new HostileFile(Type.INT32, ALL, 1).values(Encoding.PLAIN, 1, HostileFile.little(5));
    }

    private static HostileFile bytes(final Encoding encoding, final byte... body) throws IOException {
        return new HostileFile(Type.BYTE_ARRAY, ALL, 1).values(encoding, 1, body);
    }

    @Test
    void aFileThatTellsTheTruthIsRead() throws IOException {
        assertEquals(1, read(one().write(folder)));
        assertEquals(3, read(new HostileFile(Type.INT32, SOME, 3).values(Encoding.PLAIN, 3, new byte[]{2, 0, 0, 0, 3, 0b101, 1, 0, 0, 0, 2, 0, 0, 0}).write(folder)));
    }

    @Test
    void otherFilesAreNamedAsWhatTheyAre() throws IOException {
        refuses(Files.write(folder.resolve("empty.parquet"), new byte[0]), "It is empty.");
        refuses(Files.writeString(folder.resolve("text.parquet"), "file,label\na.png,1\n"), "It is no Parquet file.");
        refuses(Files.writeString(folder.resolve("lfs.parquet"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"), "Run 'git lfs pull'");
        refuses(Files.writeString(folder.resolve("short.parquet"), "PAR1"), "It is no Parquet file.");
        refuses(Files.writeString(folder.resolve("secret.parquet"), "PARE........PARE"), "It is encrypted.");
        refuses(folder.resolve("missing.parquet"), "It does not exist");
        refuses(Files.createDirectory(folder.resolve("folder.parquet")), "It is no file");
    }

    @Test
    void aFileThatIsCutOffIsRefusedWhereverItIsCut() throws IOException {
        final byte[] whole = Files.readAllBytes(ParquetTableTest.recorded("v1-snappy"));
        for (int length = 1; length < whole.length; length += 97) {
            final Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length));
            refuses(cut, length < 12 ? "It is no Parquet file." : "It is cut off.");
        }
    }

    @Test
    void aFooterMustFitTheFile() throws IOException {
        final byte[] file = Files.readAllBytes(one().write(folder));
        for (int size : new int[]{0, -1, BIG, file.length}) {
            System.arraycopy(HostileFile.little(size), 0, file, file.length - 8, 4);
            refuses(Files.write(folder.resolve("size.parquet"), file), "Its footer has %d bytes.".formatted(size));
        }
        final HostileFile rows = one();
        rows.footer.setNum_rows(2);
        refuses(rows, "It says that it has 2 rows, but its groups have 1.");
        final HostileFile many = new HostileFile(Type.INT32, ALL, 1L << 40).values(Encoding.PLAIN, 1, HostileFile.little(5));
        refuses(many, "It is damaged");
        final HostileFile values = one();
        values.chunk.setNum_values(BIG);
        refuses(values, "Column 'x' has 2147483647 values in 1 rows.");
    }

    @Test
    void aColumnLiesWithinTheFile() throws IOException {
        for (long[] place : new long[][]{{4, 1L << 40}, {1L << 40, 1}, {-1, 10}, {4, -1}, {0, 5}, {Long.MAX_VALUE, Long.MAX_VALUE}}) {
            final HostileFile file = one();
            file.chunk.setData_page_offset(place[0]).setTotal_compressed_size(place[1]);
            refuses(file, "Column 'x' reaches beyond the file.");
        }
        final HostileFile elsewhere = one();
        elsewhere.group.getColumns().get(0).setFile_path("/etc/passwd");
        refuses(elsewhere, "Its values lie in another file, '/etc/passwd', which is not opened.");
    }

    @Test
    void columnsMustBeATree() throws IOException {
        final HostileFile more = one();
        more.footer.getSchema().get(0).setNum_children(BIG);
        refuses(more, "Its list of columns is shorter than it says.");
        final HostileFile fewer = one();
        fewer.footer.getSchema().get(0).setNum_children(0);
        refuses(fewer, "Its list of columns is longer than it says.");
        final HostileFile deep = one();
        for (int i = 0; i < 100_000; i++) {
            deep.footer.getSchema().add(1, new SchemaElement("g").setNum_children(1).setRepetition_type(SOME));
        }
        refuses(deep, "Its columns lie more than 64 groups deep.");
        final HostileFile note = one();
        note.footer.addToKey_value_metadata(new KeyValue("huggingface").setValue("{\"info\": " + "{\"a\":".repeat(100_000)));
        refuses(note, "is no JSON");
    }

    @Test
    void pagesMustFitTheirColumn() throws IOException {
        refuses(new HostileFile(Type.INT32, ALL, 1).page(new PageHeader(PageType.DATA_PAGE, 4, BIG), HostileFile.little(5)), "A page reaches beyond its column.");
        final HostileFile large = new HostileFile(Type.INT32, ALL, 1).page(new PageHeader(PageType.DATA_PAGE, BIG, 4), HostileFile.little(5));
        large.chunk.setCodec(CompressionCodec.SNAPPY);
        refuses(large, "has a page of 2048 MB, which is read at once. Give Java at least 8192 MB of memory (-Xmx)");
        refuses(new HostileFile(Type.INT32, ALL, 1).values(Encoding.PLAIN, BIG, HostileFile.little(5)), "A page has 2147483647 of the 1 values that are left.");
        refuses(new HostileFile(Type.INT32, ALL, 2).values(Encoding.PLAIN, 2, HostileFile.little(5)), "cannot be decoded");
        refuses(new HostileFile(Type.INT32, ALL, 2).values(Encoding.PLAIN, 1, HostileFile.little(5)), "It is damaged");
        refuses(new HostileFile(Type.INT32, ALL, 1).second(BIG, 4, HostileFile.little(5)), "A page has more levels than bytes.");
        final HostileFile packed = new HostileFile(Type.INT32, ALL, 1).page(new PageHeader(PageType.DICTIONARY_PAGE, 4, 4), HostileFile.little(5));
        refuses(packed, "A dictionary is missing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SNAPPY", "GZIP", "ZSTD", "BROTLI", "LZ4_RAW"})
    void packedPagesMustHaveTheirSize(final String codec) throws IOException {
        final HostileFile nonsense = one();
        nonsense.chunk.setCodec(CompressionCodec.valueOf(codec));
        refuses(nonsense, "It is damaged");
    }

    /** Two rows, [5, 6] and [7], of three elements. */
    private static HostileFile twoLists(final int rows, final int count, final byte... repetitions) throws IOException {
        return HostileFile.lists(Type.INT32, rows).lists(count, repetitions, new byte[]{(byte)count, 2}, HostileFile.little(5, 6, 7));
    }

    @Test
    void listsOfTheOldFormAreRead() throws IOException {
        final Path file = twoLists(2, 3, (byte)1, (byte)0, (byte)1, (byte)1, (byte)1, (byte)0).write(folder);
        try (ParquetTable table = ParquetTable.open(file)) {
            assertEquals("x", table.columns().get(0).list());
            final ParquetRows rows = table.rows(table.columns());
            final float[] row = new float[2];
            assertTrue(rows.next());
            assertEquals(2, rows.list(0, row).length());
            assertArrayEquals(new float[]{5, 6}, row);
            assertTrue(rows.next());
            assertEquals(1, rows.list(0, row).length());
            assertEquals(7, row[0]);
            assertFalse(rows.next());
        }
        assertEquals(1, read(new HostileFile(Type.INT32, FieldRepetitionType.REPEATED, 1).lists(1, new byte[]{1, 0}, new byte[]{1, 1}, HostileFile.little(5)).write(folder)));
    }

    @Test
    void levelsOfListsMustFitTheirRows() throws IOException {
        refuses(twoLists(3, 3, (byte)1, (byte)0, (byte)1, (byte)1, (byte)1, (byte)0), "has fewer rows than its group.");
        refuses(twoLists(1, 3, (byte)1, (byte)0, (byte)1, (byte)1, (byte)1, (byte)0), "has more rows than its group.");
        refuses(twoLists(1, 3, (byte)3, (byte)1), "goes on with a list where a row begins.");
        refuses(twoLists(2, 3, (byte)1, (byte)0, (byte)1, (byte)7, (byte)1, (byte)0), "has lists of level 7.");
        refuses(twoLists(2, 3, (byte)1, (byte)0), "cannot be decoded");
        refuses(twoLists(4, 3, (byte)3, (byte)0), "has 3 values in 4 rows");
        refuses(HostileFile.lists(Type.INT32, 1).lists(3, new byte[]{1, 0, 2, 1}, new byte[]{1, 2, 1, 0, 1, 2}, HostileFile.little(5, 6)), "has an element of level 0 in a list.");
        refuses(HostileFile.lists(Type.INT32, 1).lists(3, new byte[]{1, 0, 2, 1}, new byte[]{1, 2, 1, 3, 1, 2}, HostileFile.little(5, 6)), "has an element of level 3 in a list.");
        refuses(HostileFile.lists(Type.INT32, 2).lists(100, new byte[]{1, 0, 98, 1, 1, 0}, new byte[]{100, 2}, HostileFile.little(5, 6, 7)), "cannot be decoded");
    }

    @Test
    void aListIsNoLongerThanAVectorMayBe() throws IOException {
        final int count = (1 << 28) + 10;
        final HostileFile file = HostileFile.lists(Type.INT32, 1);
        final var page = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        page.putInt(8).put((byte)2).put((byte)0).put(run(count - 1)).put((byte)1);
        page.putInt(6).put(run(count)).put((byte)2);
        page.put((byte)0).put(run(count));
        file.dictionary(1, HostileFile.little(5)).chunk.setNum_values(count);
        refuses(file.values(Encoding.RLE_DICTIONARY, count, Arrays.copyOf(page.array(), page.position())), "has a list of more than 268435456 elements.");
    }

    private static byte[] run(final int count) {
        final long header = 2L * count;
        return new byte[]{(byte)(header & 0x7f | 0x80), (byte)(header >> 7 & 0x7f | 0x80), (byte)(header >> 14 & 0x7f | 0x80), (byte)(header >> 21 & 0x7f | 0x80),
            (byte)(header >> 28)};
    }

    @Test
    void otherCodecsAreNamed() throws IOException {
        final HostileFile lzo = one();
        lzo.chunk.setCodec(CompressionCodec.LZO);
        refuses(lzo, "It is packed by LZO; what is read is none, Snappy, gzip, Zstandard, Brotli and LZ4_RAW.");
    }

    @Test
    void noMemoryIsTakenForCountsThatCannotBe() throws IOException {
        refuses(new HostileFile(Type.BYTE_ARRAY, ALL, 1).dictionary(BIG, HostileFile.little(1)).values(Encoding.RLE_DICTIONARY, 1, new byte[]{1, 2, 0}),
            "A page of a dictionary has 2147483647 values in 4 bytes.");
        final byte run = (byte)0xff;
        refuses(bytes(Encoding.RLE_DICTIONARY, (byte)1, run, run, run, run, (byte)7), "A page has a run of");
        refuses(bytes(Encoding.DELTA_LENGTH_BYTE_ARRAY, run, run, run, run, (byte)7, (byte)4, (byte)1, (byte)0), "A page has 1 differences in blocks of");
        refuses(bytes(Encoding.DELTA_LENGTH_BYTE_ARRAY, (byte)0x80, (byte)1, (byte)4, run, run, run, run, (byte)7, (byte)0), "A page has 2147483647 differences");
        refuses(new HostileFile(Type.BYTE_ARRAY, SOME, 1).values(Encoding.PLAIN, 1, new byte[]{5, 0, 0, 0, run, run, run, run, 7}), "A page has a run of");
        refuses(bytes(Encoding.PLAIN, HostileFile.little(BIG)), "cannot be decoded");
        refuses(bytes(Encoding.PLAIN, HostileFile.little(-1)), "cannot be decoded");
    }

    @Test
    void noMemoryIsTakenForWhatRunsUnpackTo() throws IOException {
        // 2^31 values of no bits or of one bit, in a page of a few bytes
        final byte[] packed = {0, (byte)0xff, (byte)0xff, (byte)0xff, (byte)0xff, 0};
        refuses(new HostileFile(Type.INT32, ALL, BIG).dictionary(1, HostileFile.little(5)).values(Encoding.RLE_DICTIONARY, BIG, packed), "which is read at once");
        final byte[] flags = {6, 0, 0, 0, (byte)0xff, (byte)0xff, (byte)0xff, (byte)0xff, 0, 1};
        refuses(new HostileFile(Type.INT32, SOME, BIG).values(Encoding.PLAIN, BIG, flags), "which is read at once");
        final byte[] deltas = {(byte)0x80, 1, 4, (byte)0xff, (byte)0xff, (byte)0xff, (byte)0xff, 7, 0, 0};
        refuses(new HostileFile(Type.INT32, ALL, BIG).values(Encoding.DELTA_BINARY_PACKED, BIG, deltas), "which is read at once");
    }

    @Test
    void anIndexOutsideOfTheDictionaryIsDamage() throws IOException {
        refuses(new HostileFile(Type.INT32, ALL, 1).dictionary(1, HostileFile.little(5)).values(Encoding.RLE_DICTIONARY, 1, new byte[]{3, 2, 7}), "cannot be decoded");
    }

    @Test
    void aWrongChecksumIsDamage() throws IOException {
        final byte[] file = Files.readAllBytes(ParquetTableTest.recorded("plain"));
        final int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("image 5 image 5");
        file[at] = 'I';
        refuses(Files.write(folder.resolve("changed.parquet"), file), "The checksum of a page is wrong.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-snappy", "v1-none", "v2-zstd", "v2-brotli", "v1-lz4", "deltas", "lists-v1-none", "lists-v2-zstd", "lists-split"})
    void damageOfAnyKindIsRefusedOrRead(final String name) throws IOException {
        final byte[] whole = Files.readAllBytes(ParquetTableTest.recorded(name));
        final var random = new Random(1);
        int refused = 0;
        for (int mutant = 0; mutant < 400; mutant++) {
            final byte[] file = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                file[random.nextInt(file.length)] = (byte)random.nextInt();
            }
            final Path changed = Files.write(folder.resolve("mutant.parquet"), file);
            try {
                read(changed);
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith("'" + changed + "' cannot be read: "), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 100, refused + " refused");
    }
}
