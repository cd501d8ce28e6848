package org.spectralsignatures.representation.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.file.VectorFileOptions.LabelSource;
import org.spectralsignatures.representation.file.VectorFileWriter.Format;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VectorFileWriterTest {

    /** {@code numpy.save(f, np.array([[1, -2.5], [0.1, 1e-45], [-0.0, 3.4028235e38]], '<f4'))} of NumPy 1.24. */
    private static final String VECTORS = "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAgwM3MzD0BAAAAAAAAgP//f38=";

    /** {@code numpy.save(f, np.array(['cat', 'dog', 'cat']))}. */
    private static final String LABELS = "k05VTVBZAQB2AHsnZGVzY3InOiAnPFUzJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgIApjAAAAYQAAAHQAAABkAAAAbwAAAGcAAABjAAAAYQAAAHQAAAA=";

    /** Of {@link #KEYS}. */
    private static final String IDS = "k05VTVBZAQB2AHsnZGVzY3InOiAnPFU3JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgIAphAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAxAAAAHIAAABnAAAAZQAAAHIAAAAgAAAAAPYBAGMAAAAsAAAAIgAAAGQAAAAAAAAAAAAA"
        + "AAAAAAA=";

    /** {@code numpy.save(f, np.array([False, True, False]))}. */
    private static final String POISONED = "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgIAoAAQA=";

    private static final float[][] VALUES = {{1, -2.5f}, {.1f, Float.MIN_VALUE}, {-0f, Float.MAX_VALUE}};

    private static final List<String> KEYS = List.of("a", "\u00c4rger \ud83d\ude00", "c,\"d");

    @TempDir
    Path folder;

    private NpyMatrix matrix(final float[][] values) throws IOException {
        final NpyMatrix matrix = NpyMatrix.create(Files.createTempFile(folder, ".matrix", ""), values.length, values[0].length);
        for (int i = 0; i < values.length; i++) {
            matrix.writeRow(i, values[i], 0);
        }
        return matrix;
    }

    private static LabelledRows rows(final List<String> keys, final boolean isPoisonKnown) {
        final var poisoned = new BitSet();
        poisoned.set(1);
        final int[] labels = new int[keys.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
        }
        return new LabelledRows(List.of("cat", "dog"), labels, keys, isPoisonKnown ? poisoned : null);
    }

    private VectorFileWriter writer(final Format format, final boolean replaces) {
        return new VectorFileWriter(folder.resolve("a" + format.ending()), format, replaces);
    }

    private long write(final VectorFileWriter writer, final float[][] values, final LabelledRows rows) throws Exception {
        try (NpyMatrix matrix = matrix(values)) {
            return writer.write(matrix, rows, TaskMonitor.none());
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".matrix")).sorted().toList();
        }
    }

    private static void assertRecorded(final String recorded, final byte[] written) {
        assertArrayEquals(Base64.getDecoder().decode(recorded), written);
    }

    @Test
    void archivesHoldWhatNumpySaves() throws Exception {
        final VectorFileWriter writer = writer(Format.NPZ, true);
        assertEquals(0, write(writer, VALUES, rows(KEYS, true)));
        final byte[] first = Files.readAllBytes(writer.file());
        try (var zip = new ZipFile(writer.file().toFile())) {
            assertEquals(List.of("activations.npy", "labels.npy", "ids.npy", "poisoned.npy"), zip.stream().map(ZipEntry::getName).toList());
            assertRecorded(VECTORS, zip.getInputStream(zip.getEntry("activations.npy")).readAllBytes());
            assertRecorded(LABELS, zip.getInputStream(zip.getEntry("labels.npy")).readAllBytes());
            assertRecorded(IDS, zip.getInputStream(zip.getEntry("ids.npy")).readAllBytes());
            assertRecorded(POISONED, zip.getInputStream(zip.getEntry("poisoned.npy")).readAllBytes());
        }
        write(writer, VALUES, rows(KEYS, true));
        assertArrayEquals(first, Files.readAllBytes(writer.file()));
        write(writer, VALUES, rows(KEYS, false));
        try (var zip = new ZipFile(writer.file().toFile())) {
            assertEquals(3, zip.size());
        }
    }

    @Test
    void labelsAndKeysLieBesideAFileOfVectors() throws Exception {
        write(writer(Format.NPY, false), VALUES, rows(KEYS, true));
        assertEquals(List.of("a-ids.npy", "a-labels.npy", "a.npy"), names());
        assertRecorded(VECTORS, Files.readAllBytes(folder.resolve("a.npy")));
        assertRecorded(LABELS, Files.readAllBytes(folder.resolve("a-labels.npy")));
        assertRecorded(IDS, Files.readAllBytes(folder.resolve("a-ids.npy")));
    }

    @Test
    void tablesAreTextWithNames() throws Exception {
        write(writer(Format.CSV, false), VALUES, rows(KEYS, true));
        assertEquals("id,label,poisoned,1,2\na,cat,false,1.0,-2.5\n\u00c4rger \ud83d\ude00,dog,true,0.1,1.4E-45\n\"c,\"\"d\",cat,false,-0.0,3.4028235E38\n",
            Files.readString(folder.resolve("a.csv")));
    }

    /** Floats of all sizes, long rows and texts that fill more than a piece. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void allBitsAreReadAgain(final Format format) throws Exception {
        final var random = new SplittableRandom(5);
        final float[][] values = new float[40][20_000];
        final List<String> keys = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                final float value = Float.intBitsToFloat(random.nextInt());
                values[i][j] = Float.isFinite(value) ? value : -0f;
            }
            keys.add(i + "/" + "x".repeat(i * 60));
        }
        final LabelledRows rows = rows(keys, format != Format.NPY);
        final VectorFileWriter writer = writer(format, false);
        write(writer, values, rows);
        final List<Path> files = writer.files();
        final boolean isOne = files.size() == 1;
        final VectorFile file = VectorFile.open(new VectorFileOptions(files.get(0), "", LabelSource.FILE, "", isOne ? null : files.get(1), "", isOne ? null : files.get(2)));
        final Path target = folder.resolve(".matrix-again");
        final LabelledRows again = file.read(target, TaskMonitor.none());
        assertEquals(List.of(), file.notes());
        assertEquals(rows.keys(), again.keys());
        assertEquals(rows.classes(), again.classes());
        assertArrayEquals(rows.labels(), again.labels());
        assertEquals(rows.poisoned(), again.poisoned());
        try (NpyMatrix matrix = NpyMatrix.open(target)) {
            final float[] row = new float[values[0].length];
            for (int i = 0; i < values.length; i++) {
                matrix.readRow(i, row);
                for (int j = 0; j < row.length; j++) {
                    assertEquals(Float.floatToRawIntBits(values[i][j]), Float.floatToRawIntBits(row[j]));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void rowsThatNobodyScoresAreCounted(final Format format) throws Exception {
        assertEquals(2, write(writer(format, false), new float[][]{{1, Float.NaN}, {2, 3}, {Float.NaN, Float.NEGATIVE_INFINITY}}, rows(KEYS, false)));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void nothingIsReplacedUnlessItMay(final Format format) throws Exception {
        for (Path file : writer(format, false).files()) {
            Files.writeString(file, "old");
            final String message = assertThrows(IOException.class, () -> write(writer(format, false), VALUES, rows(KEYS, false))).getMessage();
            assertTrue(message.contains(file + "' exists already"), message);
            assertEquals("old", Files.readString(file));
            assertEquals(1, names().size());
            write(writer(format, true), VALUES, rows(KEYS, false));
            for (Path each : writer(format, false).files()) {
                assertFalse(Files.readString(each, StandardCharsets.ISO_8859_1).contains("old"));
                Files.delete(each);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void cancellingLeavesNothing(final Format format) throws Exception {
        for (int checks : new int[]{0, 2, 4}) {
            final var left = new int[]{checks};
            final TaskMonitor cancelled = new TaskMonitor() {
                @Override
                public void progress(final double fraction, final String message) {
                    // nobody listens
                }

                @Override
                public void checkCancelled() throws TaskCancelledException {
                    if (left[0]-- == 0) {
                        throw new TaskCancelledException();
                    }
                }
            };
            try (NpyMatrix matrix = matrix(VALUES)) {
                assertThrows(TaskCancelledException.class, () -> writer(format, false).write(matrix, rows(KEYS, true), cancelled));
            }
            assertEquals(List.of(), names());
        }
    }

    /** Somebody makes the file of vectors when labels and keys have their names already. */
    @Test
    void filesOfAFailedWriteAreTakenAway() throws Exception {
        final TaskMonitor meddler = new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() {
                try {
                    if (names().size() == 3) {
                        Files.writeString(folder.resolve("a.npy"), "theirs");
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try (NpyMatrix matrix = matrix(VALUES)) {
            final VectorFileWriter writer = writer(Format.NPY, false);
            final String message = assertThrows(IOException.class, () -> writer.write(matrix, rows(KEYS, false), meddler)).getMessage();
            assertTrue(message.contains("a.npy' was made by somebody else in the meantime"), message);
        }
        assertEquals(List.of("a.npy"), names());
        assertEquals("theirs", Files.readString(folder.resolve("a.npy")));
    }

    private String refused(final Format format, final String label, final String key) {
        final var rows = new LabelledRows(List.of(label, "dog"), new int[]{0, 1, 0}, List.of("x", "y", key), null);
        return assertThrows(IOException.class, () -> write(writer(format, false), VALUES, rows)).getMessage();
    }

    @Test
    void textsThatAFileDoesNotKeepAreRefused() throws Exception {
        assertTrue(refused(Format.NPZ, "cat", "z".repeat(20_000)).contains("The row key 'zzz"));
        assertTrue(refused(Format.NPY, "cat\0", "z").contains("The label of row 1 ends in a zero character"));
        assertTrue(refused(Format.CSV, " cat", "z").contains("The label ' cat' begins or ends with a blank, which a CSV file does not keep"));
        assertTrue(refused(Format.CSV, "cat", " ").contains("The row key ' ' is empty"));
        assertTrue(refused(Format.CSV, "cat", "\ud83d").contains("holds half a character"));
        assertTrue(refused(Format.PARQUET, "", "z").contains("The label '' is empty, which a Parquet file does not keep"));
        assertTrue(refused(Format.PARQUET, "cat", "\ud83d").contains("holds half a character"));
        assertEquals(List.of(), names());
    }

    /** What PyArrow 25.0.1 and pandas 3.0.6 read with the same values, labels and ids. */
    @Test
    void aParquetFileIsAlwaysTheSame() throws Exception {
        write(writer(Format.PARQUET, true), VALUES, rows(KEYS, true));
        final byte[] first = Files.readAllBytes(folder.resolve("a.parquet"));
        write(writer(Format.PARQUET, true), VALUES, rows(KEYS, true));
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("a.parquet")));
        assertEquals("d24f99e4df2584e122ce3b4f61266c605059177e9ed2431820d85d4d7f16c77f", HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(first)));
    }

    @Test
    void namesOfAnotherFormatAndMissingFoldersAreRefusedBeforehand() {
        final String other = assertThrows(IOException.class, new VectorFileWriter(folder.resolve("a.CSV"), Format.NPZ, false)::check).getMessage();
        assertTrue(other.contains("a.CSV' ends in '.csv', but the format is NPZ"), other);
        final String missing = assertThrows(IOException.class, new VectorFileWriter(folder.resolve("none/a.npz"), Format.NPZ, false)::check).getMessage();
        assertTrue(missing.contains("does not exist. Make it first"), missing);
        assertEquals(folder.resolve("a.b-ids.npy"), new VectorFileWriter(folder.resolve("a.b"), Format.NPY, false).files().get(2));
    }
}
