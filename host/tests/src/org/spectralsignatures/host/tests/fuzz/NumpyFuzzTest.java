package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReaderOptions;
import org.spectralsignatures.reader.Split;

/** Images and labels in NumPy's files. */
class NumpyFuzzTest {

    @TempDir
    Path folder;

    private static void read(final Path path) throws Exception {
        LabelledImageReader.read(new ReaderOptions(path, ImageSetFormat.NUMPY, Split.TRAINING, List.of(), 0, List.of(), 1, false), i -> { }, TaskMonitor.none());
    }

    private static byte[] npy(final String type, final boolean isFortran, final String shape, final byte[] values) {
        final byte[] text = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, isFortran ? "True" : "False", shape).getBytes(StandardCharsets.US_ASCII);
        final var file = ByteBuffer.allocate(10 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        return file.put((byte)0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte)1).put((byte)0).putShort((short)text.length).put(text).put(values).array();
    }

    private static byte[] images(final boolean isFortran) {
        final var values = new byte[3 * 5 * 6 * 3];
        new Random(3).nextBytes(values);
        return npy("|u1", isFortran, "(3, 5, 6, 3)", values);
    }

    private static byte[] floats() {
        final var values = ByteBuffer.allocate(3 * 4 * 5 * 4).order(ByteOrder.LITTLE_ENDIAN);
        final var random = new Random(4);
        while (values.hasRemaining()) {
            values.putFloat(random.nextFloat());
        }
        return npy("<f4", false, "(3, 4, 5)", values.array());
    }

    private static byte[] labels() {
        return npy("|u1", false, "(3,)", new byte[]{1, 0, 1});
    }

    private static byte[] npz(final boolean isCompressed, final byte[] images) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (byte[] file : List.of(images, labels())) {
                final var entry = new ZipEntry(file == images ? "x.npy" : "y.npy");
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
        }
        return bytes.toByteArray();
    }

    @Test
    void mutantsOfArraysOfImagesAreReadOrRefused() throws Exception {
        Files.write(folder.resolve("labels.npy"), labels());
        final var mutants = new Mutants(21, List.of(images(false), images(true), floats()));
        assertTrue(new Fuzz(folder, "images.npy").run(1500, mutants, NumpyFuzzTest::read, IOException.class) > 500);
    }

    @Test
    void mutantsOfArraysOfLabelsAreReadOrRefused() throws Exception {
        Files.write(folder.resolve("images.npy"), images(false));
        final var mutants = new Mutants(22, List.of(labels(), npy("<U3", false, "(3,)", new byte[36]), npy("|u1", true, "(3, 2)", new byte[]{1, 0, 1, 0, 1, 0})));
        assertTrue(new Fuzz(folder, "labels.npy").run(1500, mutants, file -> read(folder), IOException.class) > 500);
    }

    @Test
    void mutantsOfArchivesAreReadOrRefused() throws Exception {
        final var mutants = new Mutants(23, List.of(npz(false, images(false)), npz(true, images(false)), npz(true, images(true)), npz(false, floats())));
        assertTrue(new Fuzz(folder, "set.npz").run(3000, mutants, NumpyFuzzTest::read, IOException.class) > 1500);
    }
}
