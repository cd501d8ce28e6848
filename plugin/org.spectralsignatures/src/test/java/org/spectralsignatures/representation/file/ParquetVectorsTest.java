package org.spectralsignatures.representation.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.file.VectorFileOptions.LabelSource;

/** Vectors in files that pandas, PyArrow and Hugging Face's datasets wrote ({@code record.py}). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParquetVectorsTest {

    private static final int ROWS = 12;

    private static final String ONE_CLASS = "There are no labels: all rows are one class, 'all'.";

    @TempDir
    Path folder;

    private static Path recorded(final String name) {
        try {
            return Path.of(ParquetVectorsTest.class.getResource(name + ".parquet").toURI());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static VectorFileOptions options(final Path path, final String values, final String labels, final String keys) {
        return new VectorFileOptions(path, values, LabelSource.FOUND, labels, null, keys, null);
    }

    private static VectorFileOptions options(final String name) {
        return options(recorded(name), "", "", "");
    }

    private Path matrix() {
        return folder.resolve("matrix.npy");
    }

    private LabelledRows read(final VectorFileOptions options) throws Exception {
        return VectorFile.open(options).read(matrix(), TaskMonitor.none());
    }

    private void assertVectors(final float accuracy) throws IOException {
        try (NpyMatrix matrix = NpyMatrix.open(matrix())) {
            assertEquals(ROWS, matrix.rows());
            for (int i = 0; i < ROWS; i++) {
                final float[] row = new float[matrix.columns()];
                matrix.readRow(i, row);
                assertArrayEquals(new float[]{i + 0.5f, -i, (float)(1 / (i + 1.0))}, row, accuracy);
            }
        }
    }

    private String refused(final VectorFileOptions options) {
        final String message = assertThrows(IOException.class, () -> read(options)).getMessage();
        assertTrue(message.contains(options.path().toString()), message);
        return message;
    }

    private static List<String> numbered(final String format) {
        return IntStream.range(0, ROWS).mapToObj(format::formatted).toList();
    }

    private static int[] alternating() {
        return IntStream.range(0, ROWS).map(i -> i % 2).toArray();
    }

    @Test
    void datasetsOfHuggingFaceHaveNamesOfClasses() throws Exception {
        final VectorFile file = VectorFile.open(options("hub"));
        assertEquals(3, file.dimensions());
        assertEquals("hub.parquet", file.name());
        assertEquals(List.of("Columns that were left out: text."), file.notes());
        final LabelledRows rows = file.read(matrix(), TaskMonitor.none());
        assertVectors(0);
        assertEquals(List.of("cooking", "weather"), rows.classes());
        assertArrayEquals(alternating(), rows.labels());
        assertEquals(numbered("doc-%d"), rows.keys());
        assertEquals(numbered("text %d"), read(options(recorded("hub"), "embedding.list.element", "", "text")).keys());
        assertTrue(refused(options("hub-unlabelled")).contains("row 'doc-3', column 'label': -1 stands for no label."));
    }

    @Test
    void columnsOfNumbersOfPandasAreVectorsAndItsIndexIsTheKeys() throws Exception {
        final VectorFile file = VectorFile.open(options("pandas"));
        assertEquals(List.of("There is no column of lists of numbers: 3 columns of numbers make up the vectors: v1, v2, v3.", "Columns that were left out: day."), file.notes());
        final LabelledRows rows = file.read(matrix(), TaskMonitor.none());
        assertVectors(0);
        assertEquals(List.of("cooking", "weather"), rows.classes());
        assertArrayEquals(alternating(), rows.labels());
        assertEquals(IntStream.range(100, 100 + ROWS).mapToObj(String::valueOf).toList(), rows.keys());
    }

    @Test
    void arraysInCellsOfPandasComeWithTruthsForLabelsAndFlags() throws Exception {
        final LabelledRows rows = read(options("cells"));
        assertVectors(0);
        assertEquals(List.of("false", "true"), rows.classes());
        assertArrayEquals(IntStream.range(0, ROWS).map(i -> i % 3 == 0 ? 1 : 0).toArray(), rows.labels());
        assertEquals("{5}", rows.poisoned().toString());
        assertEquals(numbered("Row%d"), rows.keys());
    }

    @Test
    void listsOfOneSizeInHalfPrecisionAreRead() throws Exception {
        final LabelledRows rows = read(options("half"));
        assertVectors(1e-3f);
        assertEquals(List.of("0", "1"), rows.classes());
        assertArrayEquals(alternating(), rows.labels());
    }

    @Test
    void ofSeveralListsOneIsToldByItsName() throws Exception {
        assertTrue(refused(options("two-lists")).endsWith("has several columns of lists of numbers: left, right. Set 'Array or column' to one of them."));
        final VectorFile file = VectorFile.open(options(recorded("two-lists"), "left", "", ""));
        assertEquals("two-lists.parquet: left", file.name());
        assertEquals(List.of("Columns that were left out: right, input_ids.", ONE_CLASS), file.notes());
        file.read(matrix(), TaskMonitor.none());
        assertVectors(0);
        assertEquals(2, VectorFile.open(options(recorded("two-lists"), "right", "", "")).dimensions());
        assertTrue(refused(options(recorded("two-lists"), "middle", "", "")).contains(
            "has no column 'middle' of lists of numbers, which 'Array or column' names. Such columns are: left, right, input_ids."));
        assertTrue(refused(options(recorded("two-lists"), "input_ids", "", "")).contains("row 'Row1', column 'input_ids': the list has 2 values, but that of"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ragged   | row 'Row7', column 'x': the list has 1 values, but that of the first row has 3. All must have as many.",
        "gap      | row 'Row7', column 'x': value 2 is missing. Replace it or remove the row.",
        "missing  | row 'Row7', column 'x': the list is missing. Fill it or remove the row.",
        "infinite | Row 'Row7': value 2 is Infinity",
        "no-label | row 'Row7', column 'label': the cell is empty. Fill it or remove the row.",
        "nested   | has no column of lists of numbers: 'x.list.element.list.element' holds lists in lists or in groups. Write each vector as one list.",
        "texts    | has no column of lists of numbers and no columns of numbers. Its columns are: text, label.",
        "none     | has no rows, and so there is nothing to score."})
    void whatCannotBeScoredIsNamed(final String name, final String why) {
        final String message = refused(options(name));
        assertTrue(message.contains(why), message);
    }

    @Test
    void aSetOfImagesIsSentToTheNodesForImages() throws Exception {
        final Path images = Path.of(ParquetVectorsTest.class.getResource("/org/spectralsignatures/reader/parquet/hub/data/train-00000-of-00002.parquet").toURI());
        assertTrue(refused(options(images, "", "", "")).contains("holds no vectors but images or other bytes, in column 'image.bytes'."
            + " Read images with a Labelled Image Reader"));
    }

    @Test
    void namesThatAreToldMustFit() {
        assertTrue(refused(options(recorded("hub"), "", "topic", "")).contains("has no column 'topic', which 'Label name' names. Its columns are: text, embedding, label, id."));
        assertTrue(refused(options(recorded("pandas"), "", "v1", "")).contains("holds fractions, but 'Label name' must name one of labels, which are text, whole numbers or"));
        assertTrue(refused(options(recorded("pandas"), "", "", "day")).contains("but 'Key name' must name one of row keys, which are text or whole numbers"));
        assertTrue(refused(new VectorFileOptions(recorded("half"), "", LabelSource.FILE, "", null, "", recorded("half"))).contains("Leave 'Labels file' and 'Keys file' empty."));
        assertTrue(refused(new VectorFileOptions(recorded("two-lists"), "left", LabelSource.FILE, "", null, "", null)).contains("has no column of labels. Set 'Label name'"));
        assertTrue(refused(options(recorded("hub"), "", "", "label")).contains("The row key '0' comes twice"));
    }

    @Test
    void labelsAreNotReadWhereTheyAreNotWanted() throws Exception {
        for (LabelSource source : List.of(LabelSource.ONE_CLASS, LabelSource.CLUSTERS)) {
            final var options = new VectorFileOptions(recorded("no-label"), "", source, "", null, "", null);
            assertEquals(List.of("all"), read(options).classes());
            assertEquals(source == LabelSource.ONE_CLASS, VectorFile.open(options).notes().contains(ONE_CLASS));
        }
    }

    @Test
    void aFolderIsNoFile() {
        assertTrue(refused(options(folder, "", "", "")).contains("holds no Parquet files, whose names end in .parquet."));
    }

    @Test
    void aFileWithTheEndingMustBeOne() throws Exception {
        assertTrue(refused(options(Files.writeString(folder.resolve("vectors.parquet"), "id,1\na,2\n"), "", "", "")).contains("It is no Parquet file."));
        final Path unnamed = Files.copy(recorded("half"), folder.resolve("vectors"));
        assertEquals(List.of("0", "1"), read(options(unnamed, "", "", "")).classes());
    }

    private Path set(final String... copies) throws IOException {
        final Path set = Files.createDirectory(folder.resolve("set"));
        for (int i = 0; i < copies.length; i += 2) {
            final Path file = set.resolve(copies[i]);
            Files.createDirectories(file.getParent());
            Files.copy(recorded(copies[i + 1]), file);
        }
        return set;
    }

    @Test
    void filesOfSparkAreOneSetInTheOrderOfTheirNames() throws Exception {
        final Path set = set("part-00001.parquet", "cells", "part-00000.parquet", "cells", "part-00002.parquet", "none", "_temporary/0/part-00009.parquet", "hub");
        Files.createFile(set.resolve("_SUCCESS"));
        Files.createFile(set.resolve(".part-00000.parquet.crc"));
        final VectorFile file = VectorFile.open(options(set, "", "", ""));
        assertEquals("set", file.name());
        assertEquals(List.of("2 Parquet files are read as one set.", "1 more has no rows."), file.notes());
        final LabelledRows rows = file.read(matrix(), TaskMonitor.none());
        assertEquals(IntStream.range(0, 2 * ROWS).mapToObj(i -> "Row" + i).toList(), rows.keys());
        assertEquals("{5, 17}", rows.poisoned().toString());
        try (NpyMatrix matrix = NpyMatrix.open(matrix())) {
            final float[] row = new float[3];
            matrix.readRow(ROWS + 7, row);
            assertArrayEquals(new float[]{7.5f, -7, 1 / 8f}, row);
        }
    }

    @Test
    void ofASetInPartsTheTrainingPartIsReadAndMissingFilesAreTold() throws Exception {
        final Path set = set("data/train-00001-of-00003.parquet", "hub", "data/test-00000-of-00001.parquet", "hub");
        final VectorFile file = VectorFile.open(options(set, "", "", ""));
        assertEquals(List.of("1 Parquet file is read as one set.", "2 of 3 files are missing, the first: 'data/train-00000-of-00003.parquet'.",
            "1 of other parts of the set is not read.", "Columns that were left out: text."), file.notes());
        assertEquals(List.of("cooking", "weather"), file.read(matrix(), TaskMonitor.none()).classes());
    }

    @Test
    void filesThatAreNotOfOneSetAreRefusedByName() throws Exception {
        final String message = refused(options(set("a.parquet", "hub", "b.parquet", "cells"), "", "", ""));
        assertTrue(message.contains("a.parquet' has 3 values a row, with row keys, with labels, without known poison, and '")
            && message.contains("b.parquet' has 3 values a row, without row keys, with labels, with known poison. Put files"), message);
    }

    @Test
    void keysOfAllFilesMustDiffer() throws Exception {
        assertTrue(refused(options(set("a.parquet", "hub", "b.parquet", "hub"), "", "", "")).contains("The row key 'doc-0' comes twice."));
    }

    @Test
    void aFolderOfFilesWithoutRowsIsRefused() throws Exception {
        assertTrue(refused(options(set("a.parquet", "none", "b.parquet", "none"), "", "", "")).contains("The 2 Parquet files of '"));
    }
}
