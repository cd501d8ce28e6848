package org.spectralsignatures.representation.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.NumpyFiles;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.file.VectorFileOptions.LabelSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VectorFileTest {

    @TempDir
    Path folder;

    private static VectorFileOptions options(final Path path) {
        return new VectorFileOptions(path, "", LabelSource.FOUND, "", null, "", null);
    }

    private Path write(final String name, final byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private Path csv(final String... lines) throws IOException {
        return Files.writeString(folder.resolve("vectors.csv"), String.join("\n", lines) + "\n");
    }

    private Path matrix() {
        return folder.resolve("matrix.npy");
    }

    private LabelledRows read(final VectorFileOptions options) throws Exception {
        return VectorFile.open(options).read(matrix(), TaskMonitor.none());
    }

    private float[] row(final int index) throws IOException {
        try (NpyMatrix matrix = NpyMatrix.open(matrix())) {
            final float[] row = new float[matrix.columns()];
            matrix.readRow(index, row);
            return row;
        }
    }

    private String refused(final VectorFileOptions options) {
        final String message = assertThrows(IOException.class, () -> read(options)).getMessage();
        assertTrue(message.contains(options.path().toString()), message);
        return message;
    }

    @Test
    void archivesHoldVectorsLabelsKeysAndFlags() throws Exception {
        final byte[] flags = NumpyFiles.npy(1, NumpyFiles.header("|b1", false, 3), new byte[]{0, 1, 0});
        final Path file = write("a.npz", NumpyFiles.npz(true, "labels.npy", NumpyFiles.longs(10, 9, 10), "embeddings.npy", NumpyFiles.floats(new float[]{1, 2, 3, 4, 5, 6}, 3, 2),
            "ids.npy", NumpyFiles.texts("a", "b", "c"), "poisoned.npy", flags));
        final VectorFile opened = VectorFile.open(options(file));
        assertEquals(2, opened.dimensions());
        assertEquals("a.npz!embeddings", opened.name());
        assertEquals(List.of(), opened.notes());
        final LabelledRows rows = opened.read(matrix(), TaskMonitor.none());
        assertEquals(List.of("9", "10"), rows.classes());
        assertArrayEquals(new int[]{1, 0, 1}, rows.labels());
        assertEquals(List.of("a", "b", "c"), rows.keys());
        assertEquals("{1}", rows.poisoned().toString());
        assertArrayEquals(new float[]{3, 4}, row(1));
    }

    @ParameterizedTest
    @CsvSource({"<f4, false", "<f4, true", ">f4, false", "<f8, true", ">f8, false", "<i2, false", ">i2, true"})
    void everyTypeAndOrderBecomesTheSameMatrix(final String type, final boolean isFortran) throws Exception {
        final int bytes = type.charAt(2) - '0';
        final var values = ByteBuffer.allocate(6 * bytes).order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i : isFortran ? new int[]{1, 4, 2, 5, 3, 6} : new int[]{1, 2, 3, 4, 5, 6}) {
            if (type.charAt(1) == 'i') {
                values.putShort((short)i);
            } else if (bytes == 4) {
                values.putFloat(i);
            } else {
                values.putDouble(i);
            }
        }
        final VectorFile file = VectorFile.open(options(write("a.npy", NumpyFiles.npy(2, NumpyFiles.header(type, isFortran, 2, 3), values.array()))));
        final LabelledRows rows = file.read(matrix(), TaskMonitor.none());
        assertEquals(List.of("Row0", "Row1"), rows.keys());
        assertEquals(List.of("all"), rows.classes());
        assertNull(rows.poisoned());
        assertTrue(file.notes().get(0).contains("all rows are one class"), file.notes().toString());
        assertArrayEquals(new float[]{1, 2, 3}, row(0));
        assertArrayEquals(new float[]{4, 5, 6}, row(1));
    }

    @Test
    void itemsOfSeveralAxesAreMadeFlatAndItIsSaid() throws Exception {
        final Path labels = write("labels.npy", NumpyFiles.texts("x", "y"));
        final var options = new VectorFileOptions(write("a.npy", NumpyFiles.floats(new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2)), "", LabelSource.FILE, "", labels, "", labels);
        final VectorFile file = VectorFile.open(options);
        assertEquals(4, file.dimensions());
        assertTrue(file.notes().get(0).contains("shape (2, 2, 2), were made flat: 4 values each"), file.notes().toString());
        assertEquals(List.of("x", "y"), file.read(matrix(), TaskMonitor.none()).keys());
        assertArrayEquals(new float[]{5, 6, 7, 8}, row(1));
    }

    @Test
    void arraysThatAreNoVectorsAreRefused() throws Exception {
        assertTrue(refused(options(write("a.npy", NumpyFiles.longs(1, 2)))).contains("holds no vectors"));
        assertTrue(refused(options(write("a.npy", NumpyFiles.npy(1, NumpyFiles.header("|O", false, 2, 2), new byte[32])))).contains("Python objects"));
        assertTrue(refused(options(write("a.npy", NumpyFiles.floats(new float[]{1, 2, Float.NaN, 4}, 2, 2)))).contains("Row 'Row1': value 1 is NaN"));
        assertTrue(refused(options(write("a.npy", NumpyFiles.floats(new float[0], 0, 2)))).contains("no rows"));
        assertTrue(refused(options(write("a.npy", NumpyFiles.floats(new float[0], 2, 0)))).contains("0 values a row"));
        final byte[] x = NumpyFiles.floats(new float[]{1, 2}, 2, 1);
        assertTrue(refused(options(write("a.npz", NumpyFiles.npz(false, "x.npy", x, "y.npy", NumpyFiles.longs(1))))).contains("has 2 rows, but"));
        assertTrue(refused(options(write("a.npz", NumpyFiles.npz(false, "x.npy", x, "ids.npy", NumpyFiles.longs(7, 7))))).contains("'7' comes twice"));
        assertTrue(refused(options(write("a.npz", NumpyFiles.npz(false, "p.npy", x, "q.npy", x)))).contains("Set 'Array or column'"));
        assertTrue(refused(new VectorFileOptions(write("a.npy", x), "", LabelSource.FILE, "", null, "", null)).contains("no array of labels"));
        assertTrue(refused(options(folder.resolve("none.npy"))).contains("does not exist"));
    }

    @ParameterizedTest
    @CsvSource({"','", "';'", "'\t'"})
    void tablesHoldVectorsLabelsKeysAndFlags(final String delimiter) throws Exception {
        final Path file = csv("id,label,a,b,comment,Poisoned".replace(",", delimiter), "'x',cat,1,2e-1,none,true".replace("'", "\"").replace(",", delimiter),
            "y,dog,3,4,,false".replace(",", delimiter));
        final VectorFile opened = VectorFile.open(options(file));
        final LabelledRows rows = opened.read(matrix(), TaskMonitor.none());
        assertEquals(List.of("cat", "dog"), rows.classes());
        assertEquals(List.of("x", "y"), rows.keys());
        assertEquals("{0}", rows.poisoned().toString());
        assertArrayEquals(new float[]{1, .2f}, row(0));
        assertEquals(List.of("Columns that are no numbers were left out: comment."), opened.notes());
    }

    @Test
    void rowsOfTablesThatAreNoVectorsAreRefusedByNumberAndColumn() throws Exception {
        assertTrue(refused(options(csv("a,b", "1,2", "3"))).contains("row 2: it has 1 cells, but there are 2 columns"));
        assertTrue(refused(options(csv("a,b", "1,2", "3,x"))).contains("row 2, column 'b': 'x' is no number"));
        assertTrue(refused(options(csv("a,b", "1,", "3,4"))).contains("row 1, column 'b': '' is no number"));
        assertTrue(refused(options(csv("a,b", "1,1e99"))).contains("Row 'Row0': value 2 is Infinity"));
        assertTrue(refused(options(csv("label,a", "x,1", ",2"))).contains("row 2, column 'label': the cell is empty"));
        assertTrue(refused(options(csv("id,a", "x,1", "x,2"))).contains("'x' comes twice"));
        assertTrue(refused(options(csv("a,a", "1,2"))).contains("two columns have one name"));
        assertTrue(refused(options(csv("text", "x"))).contains("no column of numbers"));
        assertTrue(refused(options(csv("a"))).contains("holds no vectors"));
        assertTrue(refused(options(write("b.csv", new byte[]{'a', '\n', (byte)0xff, '\n'}))).contains("no table of vectors"));
        assertTrue(refused(new VectorFileOptions(csv("a", "1"), "", LabelSource.FOUND, "kind", null, "", null)).contains("has no column 'kind', which 'Label name' names"));
        assertTrue(refused(new VectorFileOptions(csv("a", "1"), "", LabelSource.FILE, "", null, "", null)).contains("no column of labels"));
    }

    @Test
    void labelsThatAreNamesOfRowsAreRefused() throws Exception {
        final String[] lines = new String[13];
        lines[0] = "label,a";
        for (int i = 1; i < lines.length; i++) {
            lines[i] = "row " + i + "," + i;
        }
        assertTrue(refused(options(csv(lines))).contains("12 different labels in 12 rows: these are no classes"));
        assertEquals(List.of("all"), read(new VectorFileOptions(csv(lines), "", LabelSource.ONE_CLASS, "", null, "", null)).classes());
    }

    @Test
    void readingIsCancelled() throws Exception {
        final TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                throw new TaskCancelledException();
            }
        };
        assertThrows(TaskCancelledException.class, () -> VectorFile.open(options(csv("a", "1"))).read(matrix(), cancelled));
        assertThrows(TaskCancelledException.class, () -> VectorFile.open(options(write("a.npy", NumpyFiles.floats(new float[]{1}, 1, 1)))).read(matrix(), cancelled));
    }
}
