package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;

class LabelledImageReaderTest {

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    @TempDir
    Path folder;

    private static ReaderOptions options(final Path path, final Split split) {
        return new ReaderOptions(path, ImageSetFormat.GUESS, split, List.of(), 0, List.of(), 1, false);
    }

    private static List<LabelledImage> read(final ReaderOptions options) throws Exception {
        final var images = new ArrayList<LabelledImage>();
        LabelledImageReader.read(options, images::add, TaskMonitor.none());
        return images;
    }

    private static byte[] image(final int value) {
        final var pixels = new byte[SHAPE.size()];
        Arrays.fill(pixels, (byte)value);
        return pixels;
    }

    private void png(final String path, final int value) throws IOException {
        final Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, ImageCodec.encodePng(image(value), SHAPE));
    }

    @Test
    void foldersOfClassesInAlphabeticalOrder() throws Exception {
        png("dog/2.png", 2);
        png("dog/1.png", 1);
        png("cat/9.png", 9);
        Files.writeString(folder.resolve("dog/notes.txt"), "no image");
        final List<LabelledImage> images = read(options(folder, Split.TRAINING));
        assertEquals(List.of("cat/9.png", "dog/1.png", "dog/2.png"), images.stream().map(LabelledImage::key).toList());
        assertEquals(List.of("cat", "dog", "dog"), images.stream().map(LabelledImage::label).toList());
        assertArrayEquals(image(9), images.get(0).pixels());
        assertTrue(assertThrows(IOException.class, () -> read(options(folder, Split.TEST))).getMessage().contains("no folder 'test'"));
    }

    @Test
    void foldersBelowTrainAndTest() throws Exception {
        png("train/cat/1.png", 1);
        png("test/cat/1.png", 2);
        assertEquals(2, read(options(folder, Split.TEST)).get(0).pixels()[0]);
        assertEquals(List.of("train/cat/1.png", "test/cat/1.png"), read(options(folder, Split.ALL)).stream().map(LabelledImage::key).toList());
    }

    @Test
    void keepsMergesAndDrawsBySeed() throws Exception {
        for (String name : List.of("bird", "cat", "dog")) {
            for (int i = 0; i < 10; i++) {
                png(name + "/" + i + ".png", i);
            }
        }
        final var options = new ReaderOptions(folder, ImageSetFormat.GUESS, Split.TRAINING, List.of("cat", "dog"), 4, ClassMerge.parse("pets=cat,dog"), 3, false);
        final List<LabelledImage> images = read(options);
        assertEquals(4, images.size());
        assertTrue(images.stream().allMatch(i -> i.label().equals("pets")));
        assertEquals(List.of("cat/8.png", "dog/3.png", "dog/7.png", "dog/9.png"), images.stream().map(LabelledImage::key).toList(),
            "saved workflows are to read the same images for ever");
        assertEquals(images.stream().map(LabelledImage::key).toList(), read(options).stream().map(LabelledImage::key).toList());
        assertEquals(List.of("pets"), LabelledImageReader.inspect(options).classes());
    }

    @Test
    void corruptImagesAreNamedOrSkipped() throws Exception {
        png("cat/1.png", 1);
        Files.writeString(folder.resolve("cat/2.png"), "broken");
        png("dog/1.png", 1);
        assertTrue(assertThrows(IOException.class, () -> read(options(folder, Split.TRAINING))).getMessage().contains("cat/2.png"));
        final var skip = new ReaderOptions(folder, ImageSetFormat.GUESS, Split.TRAINING, List.of(), 0, List.of(), 1, true);
        final ReadReport report = LabelledImageReader.read(skip, i -> { }, TaskMonitor.none());
        assertEquals(2, report.images());
        assertTrue(report.skipped().first().contains("cat/2.png"));
    }

    private static byte[] cifarRecord(final int label, final int value) {
        final var record = new byte[3073];
        Arrays.fill(record, (byte)value);
        record[0] = (byte)label;
        return record;
    }

    @Test
    void cifarBinaryAsFolderAndArchive() throws Exception {
        final var training = new ByteArrayOutputStream();
        training.write(cifarRecord(0, 5));
        training.write(cifarRecord(9, 200));
        Files.write(folder.resolve("data_batch_1.bin"), training.toByteArray());
        Files.write(folder.resolve("test_batch.bin"), cifarRecord(3, 7));
        final Path archive = folder.resolve("cifar-10-binary.tar.gz");
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (String name : List.of("data_batch_1.bin", "test_batch.bin")) {
                final byte[] content = Files.readAllBytes(folder.resolve(name));
                final var entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        for (Path path : List.of(folder, archive)) {
            final List<LabelledImage> images = read(options(path, Split.TRAINING));
            assertEquals(List.of("data_batch_1#0", "data_batch_1#1"), images.stream().map(LabelledImage::key).toList());
            assertEquals(List.of("airplane", "truck"), images.stream().map(LabelledImage::label).toList());
            assertEquals((byte)200, images.get(1).pixels()[3071]);
            assertEquals("cat", read(options(path, Split.TEST)).get(0).label());
            assertEquals(List.of("test_batch.bin"), leftOut(path, Split.TRAINING));
            assertEquals(List.of("data_batch_1.bin"), leftOut(path, Split.TEST));
            assertEquals(List.of(), leftOut(path, Split.ALL));
        }
        Files.write(folder.resolve("test_batch.bin"), new byte[100]);
        assertTrue(assertThrows(IOException.class, () -> read(options(folder, Split.TEST))).getMessage().contains("cut off in record 0"));
    }

    private static List<String> leftOut(final Path path, final Split split) throws Exception {
        return LabelledImageReader.read(options(path, split), i -> { }, TaskMonitor.none()).lines().stream()
            .filter(line -> line.outcome().equals("in a part that 'Split' leaves out")).map(ReportLine::first).toList();
    }

    @Test
    void cifar100HasFineAndCoarseClasses() throws Exception {
        final Path set = Files.createDirectory(folder.resolve("cifar-100-binary"));
        final var record = new byte[2 + 3072];
        record[0] = 11; // a large omnivore or herbivore
        record[1] = 15; // a camel
        record[2 + 3071] = 77;
        Files.write(set.resolve("train.bin"), record);
        record[1] = 99;
        record[0] = 19;
        Files.write(set.resolve("test.bin"), record);
        for (Path path : List.of(folder, set)) {
            final List<LabelledImage> images = read(options(path, Split.ALL));
            assertEquals(List.of("test#0", "train#0"), images.stream().map(LabelledImage::key).sorted().toList());
            assertEquals(List.of("camel", "worm"), images.stream().map(LabelledImage::label).sorted().toList());
            assertEquals(77, images.get(0).pixels()[3071]);
        }
        final var coarse = new ReaderOptions(set, ImageSetFormat.CIFAR100_COARSE, Split.TRAINING, List.of(), 0, List.of(), 1, false);
        assertEquals("large_omnivores_and_herbivores", read(coarse).get(0).label());
        assertEquals(100, LabelledImageReader.inspect(options(set, Split.TRAINING)).classes().size());
        assertEquals(20, LabelledImageReader.inspect(coarse).classes().size());
        record[1] = 100;
        Files.write(set.resolve("train.bin"), record);
        assertTrue(assertThrows(IOException.class, () -> read(options(set, Split.TRAINING))).getMessage().contains("100 is no label of CIFAR-100"));
        assertTrue(assertThrows(IOException.class, () -> read(options(set, Split.VALIDATION))).getMessage().contains("has no validation images"));
    }

    @Test
    void cifarForPythonIsNamed() throws Exception {
        Files.write(Files.createDirectory(folder.resolve("cifar-10-batches-py")).resolve("data_batch_1"), new byte[]{(byte)0x80, 2});
        assertTrue(assertThrows(IOException.class, () -> read(options(folder, Split.ALL))).getMessage().contains("Download the binary version"));
    }

    @Test
    void idxBecomesRgb() throws Exception {
        final var images = new ByteArrayOutputStream();
        final var out = new DataOutputStream(images);
        out.writeInt(0x803);
        out.writeInt(2);
        out.writeInt(16);
        out.writeInt(16);
        out.write(new byte[256]);
        final var second = new byte[256];
        second[17] = 99;
        out.write(second);
        try (var gz = new GZIPOutputStream(Files.newOutputStream(folder.resolve("train-images-idx3-ubyte.gz")))) {
            gz.write(images.toByteArray());
        }
        Files.write(folder.resolve("train-labels-idx1-ubyte"), new byte[]{0, 0, 8, 1, 0, 0, 0, 2, 1, 0});
        final List<LabelledImage> read = read(options(folder, Split.TRAINING));
        assertEquals(List.of("1", "0"), read.stream().map(LabelledImage::label).toList());
        assertEquals(List.of(), leftOut(folder, Split.TRAINING));
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), images.toByteArray());
        assertEquals(List.of("t10k-images-idx3-ubyte"), leftOut(folder, Split.TRAINING));
        for (int plane = 0; plane < 3; plane++) {
            assertEquals(99, read.get(1).pixels()[plane * 256 + 17]);
        }
    }

    private void idx(final String name, final int magic, final int[] sides, final byte[] content) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        final var out = new DataOutputStream(bytes);
        out.writeInt(magic);
        for (int side : sides) {
            out.writeInt(side);
        }
        out.write(content);
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    /** EMNIST: its own names, labels from 1, images on their side, several sets in a folder. */
    @Test
    void emnistIsPutUpright() throws Exception {
        for (String set : List.of("emnist-letters-", "emnist-digits-")) {
            for (String part : List.of("train", "test")) {
                idx(set + part + "-images-idx3-ubyte", 0x803, new int[]{1, 2, 3}, new byte[]{1, 2, 3, 4, 5, 6});
                idx(set + part + "-labels-idx1-ubyte", 0x801, new int[]{1}, new byte[]{(byte)(part.equals("test") ? 26 : 1)});
            }
        }
        final String several = assertThrows(IOException.class, () -> read(options(folder, Split.TRAINING))).getMessage();
        assertTrue(several.contains("holds several sets: emnist-digits-, emnist-letters-. Choose the file"), several);
        final Path letters = folder.resolve("emnist-letters-train-images-idx3-ubyte");
        final List<LabelledImage> images = read(options(letters, Split.ALL));
        assertEquals(List.of("1", "26"), images.stream().map(LabelledImage::label).toList());
        assertEquals(List.of("train#0", "t10k#0"), images.stream().map(LabelledImage::key).toList());
        assertEquals(new ImageShape(3, 3, 2), images.get(0).shape());
        assertArrayEquals(new byte[]{1, 4, 2, 5, 3, 6}, Arrays.copyOf(images.get(0).pixels(), 6));
        Files.delete(folder.resolve("emnist-letters-test-images-idx3-ubyte"));
        final String missing = assertThrows(IOException.class, () -> read(options(letters, Split.TEST))).getMessage();
        assertTrue(missing.contains("has no file 'emnist-letters-test-images-idx3-ubyte'"), missing);
    }

    @Test
    void missingPathsAndClassesAreNamed() throws Exception {
        assertTrue(assertThrows(IOException.class, () -> read(options(folder.resolve("nowhere"), Split.ALL))).getMessage().contains("nowhere"));
        assertTrue(assertThrows(IOException.class, () -> read(options(folder, Split.ALL))).getMessage().contains("holds no images"));
        png("cat/1.png", 1);
        final var options = new ReaderOptions(folder, ImageSetFormat.GUESS, Split.TRAINING, List.of("horse"), 0, List.of(), 1, false);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> read(options)).getMessage().contains("no class 'horse'"));
        assertThrows(IllegalArgumentException.class, () -> ClassMerge.parse("pets"));
        assertThrows(IllegalArgumentException.class, () -> ClassMerge.parse("a=x;b=x"));
    }
}
