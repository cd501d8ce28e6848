package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReadReport;
import org.spectralsignatures.reader.ReaderOptions;
import org.spectralsignatures.reader.Split;

class ImageSetFuzzTest {

    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    private static ReadReport read(final Path path, final boolean skip) throws Exception {
        return LabelledImageReader.read(new ReaderOptions(path, ImageSetFormat.GUESS, Split.TRAINING, List.of(), 0, List.of(), 1, skip), i -> { },
            TaskMonitor.none());
    }

    private int refused(final int mutants, final String file, final Path set, final byte[] whole) throws Exception {
        Files.write(folder.resolve(file), whole);
        read(set, false);
        return new Fuzz(folder, file).run(mutants, new Mutants(14, List.of(whole)), f -> read(set, false), IOException.class);
    }

    private static byte[] gzip(final byte[] content) throws IOException {
        final var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] records() {
        final var records = new byte[3 * RECORD];
        new Random(1).nextBytes(records);
        for (int i = 0; i < 3; i++) {
            records[i * RECORD] = (byte)(3 * i);
        }
        return records;
    }

    /** A POSIX archive (ustar) of one file. */
    private static byte[] tar(final String name, final byte[] content) {
        final ByteBuffer tar = ByteBuffer.allocate(512 + (content.length + 511) / 512 * 512 + 1024);
        tar.put(0, name.getBytes(StandardCharsets.US_ASCII));
        tar.put(100, "0000644\0000000000\0000000000\000%011o\00000000000000\000        0".formatted(content.length).getBytes(StandardCharsets.US_ASCII));
        tar.put(257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar.get(i);
        }
        tar.put(148, "%06o\000 ".formatted(sum).getBytes(StandardCharsets.US_ASCII));
        tar.put(512, content);
        return tar.array();
    }

    @Test
    void mutantsOfCifar10AreReadOrRefused() throws Exception {
        assertTrue(refused(1000, "data_batch_1.bin", folder, records()) > 250);
    }

    @Test
    void mutantsOfPackedArchivesAreReadOrRefused() throws Exception {
        final String name = "fuzzed.tar.gz";
        assertTrue(refused(1000, name, folder.resolve(name), gzip(tar("batches/data_batch_1.bin", records()))) > 500);
    }

    /** The archive itself is damaged, not its packing. */
    @Test
    void mutantsWithinArchivesAreReadOrRefused() throws Exception {
        final Path file = folder.resolve("within.tar.gz");
        final int refused = new Fuzz(folder, "within.tar").run(500, new Mutants(15, List.of(tar("data_batch_1.bin", records()))), mutant -> {
            Files.write(file, gzip(Files.readAllBytes(mutant)));
            read(file, false);
        }, IOException.class);
        assertTrue(refused > 125);
    }

    private static byte[] idxImages() {
        return ByteBuffer.allocate(16 + 3 * 64).putInt(0x803).putInt(3).putInt(8).putInt(8).array();
    }

    private static byte[] idxLabels() {
        return new byte[]{0, 0, 8, 1, 0, 0, 0, 3, 1, 0, 1};
    }

    @Test
    void mutantsOfIdxAreReadOrRefused() throws Exception {
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idxLabels());
        assertTrue(refused(1000, "train-images-idx3-ubyte", folder, idxImages()) > 500);
    }

    @Test
    void mutantsOfPackedIdxAreReadOrRefused() throws Exception {
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idxLabels());
        assertTrue(refused(1000, "train-images-idx3-ubyte.gz", folder, gzip(idxImages())) > 500);
    }

    @Test
    void mutantsOfIdxLabelsAreReadOrRefused() throws Exception {
        Files.write(folder.resolve("train-images-idx3-ubyte"), idxImages());
        assertTrue(refused(1000, "train-labels-idx1-ubyte", folder, idxLabels()) > 200);
    }

    @Test
    void mutantsInFoldersOfClassesAreNamedOrSkippedAndCounted() throws Exception {
        final var shape = new ImageShape(3, 8, 8);
        final byte[] whole = ImageCodec.encodePng(new byte[shape.size()], shape);
        Files.write(Files.createDirectories(folder.resolve("cat")).resolve("0.png"), whole);
        final Path dogs = Files.createDirectories(folder.resolve("dog"));
        final int refused = new Fuzz(dogs, "fuzzed.png").run(500, new Mutants(14, List.of(whole)), f -> {
            final ReadReport report = read(folder, true);
            assertEquals(2, report.images() + report.skipped().count());
            read(folder, false);
        }, IOException.class);
        assertTrue(refused > 250);
    }
}
