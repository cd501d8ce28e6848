package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;

/** Each message names the file and says what to do. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedImageSetTest {

    private static final ImageShape SHAPE = new ImageShape(3, 4, 4);

    @TempDir
    Path folder;

    private static ReaderOptions options(final Path path, final boolean skip, final String... classes) {
        return new ReaderOptions(path, ImageSetFormat.GUESS, Split.TRAINING, List.of(classes), 0, List.of(), 1, skip);
    }

    private static ReadReport read(final ReaderOptions options) throws Exception {
        return LabelledImageReader.read(options, i -> { }, TaskMonitor.none());
    }

    private static String refused(final Path path) {
        return assertThrows(IOException.class, () -> read(options(path, false))).getMessage();
    }

    private Path write(final String name, final byte[] content) throws IOException {
        final Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static byte[] png() {
        return ImageCodec.encodePng(new byte[SHAPE.size()], SHAPE);
    }

    private static byte[] gzip(final byte[] content) throws IOException {
        final var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    @Test
    void skippedImagesAreCountedByWhatIsWrongWithThem() throws Exception {
        write("cat/1.png", png());
        write("cat/2.png", Arrays.copyOf(png(), 50));
        write("cat/3.png", "no image".getBytes(StandardCharsets.US_ASCII));
        write("cat/4.png", ImageCodec.encodePng(new byte[12], new ImageShape(3, 2, 2)));
        write("dog/1.png", Arrays.copyOf(png(), 40));
        final ReadReport report = read(options(folder, true));
        assertEquals(1, report.images());
        assertEquals(2, report.skipped().count(ImageFault.CUT_OFF));
        assertTrue(report.warning().startsWith("4 of 5 images were skipped: 2 cut off, 1 of a kind that is not read, 1 of another size. The first: Image 'cat/2.png' of "),
            report.warning());
        assertTrue(refused(folder).contains("'cat/2.png' of '" + folder) && refused(folder).endsWith("or switch on 'Skip unreadable images'."));
    }

    @Test
    void imagesOfOtherClassesAreNotLookedAt() throws Exception {
        write("cat/1.png", "no image".getBytes(StandardCharsets.US_ASCII));
        write("dog/1.png", png());
        assertEquals(1, read(options(folder, false, "dog")).images());
        assertEquals(SHAPE, LabelledImageReader.inspect(options(folder, false, "dog")).shape());
        assertTrue(assertThrows(IOException.class, () -> LabelledImageReader.inspect(options(folder, false))).getMessage().contains("cat/1.png"));
    }

    @Test
    void pipesAndLoopsAreNotOpened() throws Exception {
        write("cat/1.png", png());
        final Path pipe = folder.resolve("cat/2.png");
        assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
        Files.createSymbolicLink(folder.resolve("cat/3.png"), Path.of("3.png"));
        Files.createSymbolicLink(folder.resolve("cat/4.png"), Path.of("nowhere"));
        assertTrue(refused(folder).contains("'cat/2.png' of '" + folder + "' cannot be used: The file cannot be read: It is no regular file"), refused(folder));
        assertEquals(3, read(options(folder, true)).skipped().count(ImageFault.NOT_READABLE));
        final Path archive = folder.resolve("pipe.tar.gz");
        assertTrue(new ProcessBuilder("mkfifo", archive.toString()).start().waitFor(10, TimeUnit.SECONDS));
        assertTrue(refused(archive).contains("pipe.tar.gz' cannot be read: It is no regular file"));
    }

    private static byte[] records(final int... labels) {
        final var records = new byte[3073 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            records[3073 * i] = (byte)labels[i];
        }
        return records;
    }

    @Test
    void missingAndShorterFilesOfCifar10AreSaid() throws Exception {
        for (int i : new int[]{1, 2, 4, 5}) {
            write("data_batch_" + i + ".bin", i == 2 ? records(1) : records(0, 1));
        }
        assertEquals("1 of CIFAR-10's 5 training files are missing: data_batch_3.bin. 'data_batch_2.bin' holds 1 images, but another file 2.",
            read(options(folder, false)).warning());
        write("data_batch_2.bin", records(3, 4));
        write("data_batch_3.bin", records(3, 4));
        assertEquals("", read(options(folder, false)).warning());
    }

    @Test
    void unknownLabelsOfCifar10AreNamedOrSkipped() throws Exception {
        final Path file = write("data_batch_1.bin", records(1, 200, 2));
        assertTrue(refused(folder).contains("'" + file + "', record 1: 200 is no label"), refused(folder));
        final ReadReport report = read(options(folder, true));
        assertEquals(2, report.images());
        assertEquals(1, report.skipped().count(ImageFault.UNKNOWN_LABEL));
    }

    @Test
    void filesOfCifar10ThatAreCutOffAreNamed() throws Exception {
        write("data_batch_1.bin", records(1));
        final Path second = write("data_batch_2.bin", Arrays.copyOf(records(1, 2), 5000));
        assertTrue(refused(folder).contains("'" + second + "' is cut off in record 1. Download or copy it again, or switch on 'Skip unreadable images'"), refused(folder));
        final ReadReport report = read(options(folder, true));
        assertEquals(2, report.images());
        assertTrue(report.warning().contains("'" + second + "' is cut off in record 1: only the images before it are read."), report.warning());
        write("data_batch_2.bin", Arrays.copyOf(records(1), 100));
        assertTrue(assertThrows(IOException.class, () -> read(options(folder, true))).getMessage().contains("is cut off in record 0. Download or copy it again."));
    }

    @Test
    void someFilesOfCifar10AreRecognisedAndSingleOnesExplained() throws Exception {
        final Path file = write("data_batch_3.bin", records(1));
        assertEquals(1, read(options(folder, false)).images());
        assertTrue(refused(file).contains("is a file of CIFAR's binary version. Choose the folder that holds it."), refused(file));
    }

    private static byte[] tar(final String name, final byte[] content) throws IOException {
        final var tar = new ByteArrayOutputStream();
        try (var out = new TarArchiveOutputStream(tar)) {
            final var entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
        }
        return tar.toByteArray();
    }

    @Test
    void damagedArchivesAreNamed() throws Exception {
        final byte[] whole = gzip(tar("../../data_batch_1.bin", records(1, 2)));
        final Path archive = write("set.tar.gz", whole);
        assertEquals(2, read(options(archive, false)).images());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(archive, Arrays.copyOf(whole, length));
            final String message = refused(archive);
            assertTrue(message.contains("set.tar.gz") && message.length() > archive.toString().length() + 10, message);
        }
        Files.write(archive, tar("data_batch_1.bin", records(1)));
        assertTrue(refused(archive).contains("set.tar.gz' cannot be read: It is no gzip file."), refused(archive));
        Files.write(archive, gzip(tar("data_batch_1.bin", Arrays.copyOf(records(1), 4000))));
        assertTrue(refused(archive).contains("set.tar.gz!data_batch_1.bin' is cut off in record 1"), refused(archive));
    }

    @Test
    void archivesThatUnpackToFarTooMuchAreNamed() throws Exception {
        final Path archive = folder.resolve("bomb.tar.gz");
        final byte[] header = Arrays.copyOf(tar("zeros", new byte[0]), 512);
        System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, header, 124, 11); // its size, 8 GiB, in octal digits
        int sum = 8 * ' '; // the checksum counts as blanks
        for (int i = 0; i < header.length; i++) {
            sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
        final byte[] zeros = gzip(new byte[1 << 20]);
        try (OutputStream out = Files.newOutputStream(archive)) {
            out.write(gzip(header));
            for (int i = 0; i < 110; i++) {
                out.write(zeros);
            }
        }
        assertTrue(refused(archive).contains("bomb.tar.gz' cannot be read: It is damaged: it unpacks to more than"), refused(archive));
    }

    private static byte[] idx(final int magic, final byte[] content, final int... sizes) {
        final ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + content.length).putInt(magic);
        for (int size : sizes) {
            file.putInt(size);
        }
        return file.put(content).array();
    }

    private List<String> idx(final byte[] images, final byte[] labels) throws Exception {
        final var messages = new ArrayList<String>();
        for (boolean packed : new boolean[]{false, true}) {
            final String suffix = packed ? ".gz" : "";
            final String part = packed ? "packed/" : "plain/";
            write(part + "train-images-idx3-ubyte" + suffix, packed ? gzip(images) : images);
            write(part + "train-labels-idx1-ubyte" + suffix, packed ? gzip(labels) : labels);
            messages.add(refused(folder.resolve(part)));
        }
        return messages;
    }

    @Test
    void damagedIdxFilesAreNamed() throws Exception {
        final byte[] images = idx(0x803, new byte[18], 2, 3, 3);
        final byte[] labels = idx(0x801, new byte[]{0, 1}, 2);
        for (int length = 0; length < images.length; length++) {
            for (String message : idx(Arrays.copyOf(images, length), labels)) {
                assertTrue(message.contains("train-images-idx3-ubyte"), message);
            }
        }
        for (int length = 0; length < labels.length; length++) {
            for (String message : idx(images, Arrays.copyOf(labels, length))) {
                assertTrue(message.contains("train-labels-idx1-ubyte"), message);
            }
        }
        for (String message : idx(images, idx(0x801, new byte[]{0, 1, 1}, 3))) {
            assertTrue(message.contains("images-idx3-ubyte") && message.contains("holds 2 images, but ") && message.contains(" 3 labels. Take both"), message);
        }
        for (String message : idx(idx(0x803, new byte[18], 2, 0x7fff_ffff, 0x7fff_ffff), labels)) {
            assertTrue(message.matches(".*train-images-idx3-ubyte.*' is damaged: its header claims 2 images of 2147483647 x 2147483647 pixels, "
                + "which cannot be in its \\d+ bytes\\. Download or copy it again\\."), message);
        }
        for (String message : idx(idx(0x803, new byte[18], 2, 0, 3), labels)) {
            assertTrue(message.contains("is damaged: its header claims 2 images of 3 x 0 pixels"), message);
        }
        for (String message : idx(images, idx(0x801, new byte[]{0, 1}, -1))) {
            assertTrue(message.contains("claims 4294967295 labels"), message);
        }
        for (String message : idx(images, idx(0x801, new byte[]{0, 1, 1}, 2))) {
            assertTrue(message.contains("is damaged"), message);
        }
    }

    @Test
    void classesOfIdxAreTheLabelsThatOccur() throws Exception {
        write("train-images-idx3-ubyte", idx(0x803, new byte[12], 3, 2, 2));
        write("train-labels-idx1-ubyte", idx(0x801, new byte[]{26, 1, 3}, 3));
        final var labels = new ArrayList<String>();
        LabelledImageReader.read(options(folder, false), i -> labels.add(i.label()), TaskMonitor.none());
        assertEquals(List.of("26", "1", "3"), labels);
        assertEquals(List.of("1", "3", "26"), LabelledImageReader.inspect(options(folder, false)).classes());
    }
}
