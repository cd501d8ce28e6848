package org.spectralsignatures.writer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spectralsignatures.writer.WrittenSet.files;
import static org.spectralsignatures.writer.WrittenSet.kept;
import static org.spectralsignatures.writer.WrittenSet.names;
import static org.spectralsignatures.writer.WrittenSet.options;
import static org.spectralsignatures.writer.WrittenSet.pixels;
import static org.spectralsignatures.writer.WrittenSet.png;
import static org.spectralsignatures.writer.WrittenSet.read;
import static org.spectralsignatures.writer.WrittenSet.removed;
import static org.spectralsignatures.writer.WrittenSet.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.reader.Split;

/** What is written of a set, in each layout, and that the reader reads it again. */
class ImageSetWriterTest {

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void out() {
        out = folder.resolve("out");
    }

    private String text(final String file) throws IOException {
        return Files.readString(out.resolve(file));
    }

    @Test
    void imagesLieInFoldersOfTheirClasses() throws Exception {
        final WriteReport report = write(options(out), kept("cat/1.png", "cat", 1), kept("dog/1.jpg", "dog", 2), kept("cat/2.png", "dog", 3));
        final Map<String, byte[]> files = files(out);
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "cat/1.png", "dog/1.png", "dog/cat_2.png"), files.keySet());
        assertArrayEquals(png(1), files.get("cat/1.png"));
        assertArrayEquals(png(3), files.get("dog/cat_2.png"));
        assertEquals("""
            Row ID,File,Record,Label,Part
            cat/1.png,cat/1.png,,cat,kept
            dog/1.jpg,dog/1.png,,dog,kept
            cat/2.png,dog/cat_2.png,,dog,kept
            """, text("files.csv"));
        assertEquals(new WriteReport(3, 0, 3, List.of()), report);
        final WrittenSet.Read again = read(out, Split.TRAINING);
        assertEquals(List.of(read("cat", "cat/1.png", pixels(1)), read("dog", "dog/1.png", pixels(2)), read("dog", "dog/cat_2.png", pixels(3))), again.images());
        assertEquals("", again.report().warning());
        assertEquals(List.of("out"), names(folder));
    }

    @Test
    void removedImagesLieInQuarantineWhereNoReaderTakesThemForAClass() throws Exception {
        final WriteReport report = write(options(out), kept("cat/1.png", "cat", 1), removed("cat/2.png", "cat", 2, 7.5, 1), removed("dog/3.png", "dog", 3, null, null));
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "removed.csv", "train/cat/1.png", "quarantine/cat/2.png", "quarantine/dog/3.png"),
            files(out).keySet());
        assertEquals("""
            Row ID,Label,Score,Rank in class,Original file
            cat/2.png,cat,7.5,1,
            dog/3.png,dog,,,
            """, text("removed.csv"));
        assertTrue(text("files.csv").endsWith("cat/2.png,quarantine/cat/2.png,,cat,removed\ndog/3.png,quarantine/dog/3.png,,dog,removed\n"));
        assertEquals(new WriteReport(1, 2, 3, List.of()), report);
        assertEquals(List.of(read("cat", "cat/1.png", pixels(1))), read(out, Split.TRAINING).images());
        assertEquals(List.of(read("cat", "train/cat/1.png", pixels(1))), read(out, Split.ALL).images());
    }

    @Test
    void removedImagesMayBeListedOnly() throws Exception {
        final var options = new WriterOptions(out, WrittenContent.IMAGES, null, SetLayout.CLASS_FOLDERS, false, false);
        final WriteReport report = write(options, kept("cat/1.png", "cat", 1), new SetImage("x", null, true, null, null, null));
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "removed.csv", "cat/1.png"), files(out).keySet());
        assertEquals("Row ID,Label,Score,Rank in class,Original file\nx,,,,\n", text("removed.csv"));
        assertEquals(new WriteReport(1, 1, 1, List.of()), report);
    }

    private Path originals(final String... names) throws IOException {
        final Path set = folder.resolve("set");
        for (String name : names) {
            final Path file = set.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        return set;
    }

    /** A path that a spreadsheet would take for a formula stays a path that programs find, and the folder is known again. */
    @Test
    void pathsInListsLeadToTheirFiles() throws Exception {
        final var images = List.of(kept("-1/1.png", "-1", 1), kept("=2/1.png", "=2", 2));
        write(options(out), images.toArray(SetImage[]::new));
        for (String line : text("files.csv").lines().skip(1).toList()) {
            assertTrue(Files.isRegularFile(out.resolve(line.split(",")[1])), line);
        }
        new WrittenFolder(out).requireOwn();
        final Path set = originals("-1/1.png", "=2/1.png");
        final Path lists = folder.resolve("lists");
        write(new WriterOptions(lists, WrittenContent.LIST, set, SetLayout.CLASS_FOLDERS, false, false), images.toArray(SetImage[]::new));
        for (String line : Files.readString(lists.resolve("kept.csv")).lines().skip(1).toList()) {
            assertTrue(Files.isRegularFile(set.resolve(line.split(",")[2])), line);
        }
    }

    @Test
    void aListNamesTheOriginalFiles() throws Exception {
        final Path set = originals("Train/cat/1.jpg", "Train/dog/2.jpg");
        write(WrittenSet.of(out, WrittenContent.LIST, set), SetImage.kept("cat/1.jpg", "pet", null), new SetImage("dog/2.jpg", "dog", true, null, 1., 2));
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "kept.csv", "removed.csv"), files(out).keySet());
        assertEquals("Row ID,Label,Original file\ncat/1.jpg,pet,Train/cat/1.jpg\n", text("kept.csv"));
        assertEquals("Row ID,Label,Score,Rank in class,Original file\ndog/2.jpg,dog,1.0,2,Train/dog/2.jpg\n", text("removed.csv"));
        assertEquals("Row ID,File,Record,Label,Part\n", text("files.csv"));
    }

    @ParameterizedTest
    @EnumSource(names = {"COPIES", "LINKS"})
    void originalFilesAreCopiedOrLinked(final WrittenContent content) throws Exception {
        final Path set = originals("cat/a.jpeg", "cat/deep/a.jpeg", "dog/b", "cat/linked.png");
        Files.delete(set.resolve("cat/linked.png"));
        Files.createSymbolicLink(set.resolve("cat/linked.png"), set.resolve("dog/b"));
        write(WrittenSet.of(out, content, set), SetImage.kept("cat/a.jpeg", "cat", null), SetImage.kept("cat/deep/a.jpeg", "cat", null),
            SetImage.kept("cat/linked.png", "cat", null), new SetImage("dog/b", "dog", true, null, 1., 1));
        final Map<String, byte[]> files = files(out);
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "removed.csv", "train/cat/a.jpeg", "train/cat/deep_a.jpeg", "train/cat/linked.png",
            "quarantine/dog/b"), files.keySet());
        assertEquals("cat/deep/a.jpeg", new String(files.get("train/cat/deep_a.jpeg"), StandardCharsets.UTF_8));
        assertEquals("dog/b", new String(files.get("train/cat/linked.png"), StandardCharsets.UTF_8));
        assertFalse(Files.isSymbolicLink(out.resolve("train/cat/linked.png")));
        assertEquals(content == WrittenContent.LINKS, Files.isSameFile(set.resolve("cat/a.jpeg"), out.resolve("train/cat/a.jpeg")));
        assertTrue(text("removed.csv").endsWith("dog/b,dog,1.0,1,dog/b\n"));
    }

    /** Of an archive of arrays, for example. */
    @Test
    void imagesThemselvesNeedNoFiles() throws Exception {
        final Path archive = Files.write(folder.resolve("set.npz"), new byte[1]);
        final String message = assertThrows(IOException.class, () -> write(WrittenSet.of(out, WrittenContent.COPIES, archive), kept("a", "cat", 1))).getMessage();
        assertTrue(message.contains("is a file, whose images have no files of their own. Set 'Write' to 'Images from the table'."), message);
        final Path set = originals("cat/1.png");
        final SetImage taken = removed("data#1", "cat", 2, 7.5, 1);
        assertEquals(List.of(), write(WrittenSet.of(folder.resolve("one"), WrittenContent.IMAGES, archive), kept("set.npz/images[0]", "cat", 1), taken).notes());
        assertEquals(List.of("1 listed row has no file in '%s', the first: 'data#1'.".formatted(set)),
            write(WrittenSet.of(folder.resolve("two"), WrittenContent.IMAGES, set), kept("data#0", "cat", 1), taken).notes());
    }

    @ParameterizedTest
    @EnumSource(names = {"COPIES", "LINKS", "LIST"})
    void aRowWithoutItsFileIsAnErrorAndNothingIsWritten(final WrittenContent content) throws Exception {
        final Path set = originals("cat/1.png", "cat/2.png");
        final SetImage first = SetImage.kept("cat/1.png", "cat", null);
        for (String key : List.of("cat/3.png", "../set/cat/2.png", set.resolve("cat/2.png").toString())) {
            final String message =
                assertThrows(IOException.class, () -> write(WrittenSet.of(out, content, set), first, SetImage.kept(key, "cat", null))).getMessage();
            assertTrue(message.startsWith("Row '" + key + "': there is no such file in "), message);
            assertEquals(List.of("set"), names(folder));
        }
    }

    /** Shared memory is another file system than the one of temporary files, on most machines. */
    @Test
    void aHardLinkToAnotherDiskIsAnErrorThatSaysWhatToDo() throws Exception {
        final Path other = Path.of("/dev/shm");
        Assumptions.assumeTrue(Files.isDirectory(other) && Files.isWritable(other) && !Files.getFileStore(other).equals(Files.getFileStore(folder)));
        final Path set = originals("cat/1.png");
        final Path elsewhere = Files.createTempDirectory(other, "written");
        try {
            final var options = WrittenSet.of(elsewhere.resolve("out"), WrittenContent.LINKS, set);
            final String message = assertThrows(IOException.class, () -> write(options, SetImage.kept("cat/1.png", "cat", null))).getMessage();
            assertTrue(message.startsWith("Row 'cat/1.png': no hard link to '") && message.endsWith("Write copies instead."), message);
            assertEquals(List.of(), names(elsewhere));
        } finally {
            Files.delete(elsewhere);
        }
    }

    @Test
    void cifar10IsReadAgainAsItWas() throws Exception {
        final List<SetImage> images = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        for (int batch = 1; batch <= 5; batch++) {
            for (int i = 0; i < 3; i++) {
                final int number = 10 * batch + i;
                final String label = List.of("truck", "cat", "airplane").get(i);
                images.add(kept("data_batch_%d#%d".formatted(batch, 7 * i), label, number));
                expected.add(read(label, "data_batch_%d#%d".formatted(batch, i), pixels(number)));
            }
        }
        images.add(kept("test_batch#4", "frog", 99));
        images.add(removed("data_batch_2#5", "dog", 100, 1., 1));
        write(WrittenSet.of(out, SetLayout.CIFAR10_BINARY), images.toArray(SetImage[]::new));
        final WrittenSet.Read again = read(out, Split.TRAINING);
        assertEquals(expected, again.images());
        assertEquals("", again.report().warning());
        assertEquals(List.of(read("frog", "test_batch#0", pixels(99))), read(out, Split.TEST).images());
        assertEquals("airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n", text("batches.meta.txt"));
        assertTrue(text("files.csv").contains("\ndata_batch_3#14,data_batch_3.bin,2,airplane,kept\n"));
        assertArrayEquals(png(100), Files.readAllBytes(out.resolve("quarantine/dog/data_batch_2#5.png")));
        assertEquals(3 * 3073, Files.size(out.resolve("data_batch_4.bin")));
    }

    @Test
    void otherSetsAreSpreadOverFiveFiles() throws Exception {
        final SetImage[] images = new SetImage[11];
        Arrays.setAll(images, i -> kept("r" + i, i % 2 == 0 ? "stop" : "go", i));
        write(WrittenSet.of(out, SetLayout.CIFAR10_BINARY), images);
        assertEquals("stop\ngo\n", text("batches.meta.txt"));
        final var rows = new ArrayList<Integer>();
        for (int batch = 1, i = 0; batch <= 5; batch++) {
            final byte[] bytes = Files.readAllBytes(out.resolve("data_batch_%d.bin".formatted(batch)));
            rows.add(bytes.length / 3073);
            for (int at = 0; at < bytes.length; at += 3073, i++) {
                assertEquals(i % 2, bytes[at]);
                assertArrayEquals(pixels(i), Arrays.copyOfRange(bytes, at + 1, at + 3073));
            }
        }
        assertEquals(List.of(3, 2, 2, 2, 2), rows);
    }

    @Test
    void whatCifar10CannotHoldIsRefused() throws Exception {
        final var options = WrittenSet.of(out, SetLayout.CIFAR10_BINARY);
        final ImageShape small = new ImageShape(3, 16, 16);
        assertEquals("Row 'x': the image is 16 x 16 pixels, but CIFAR-10's are 32 x 32 pixels. Resize the images, or write folders of classes.",
            assertThrows(IOException.class, () -> write(options, kept("a", "cat", 1),
                SetImage.kept("x", "cat", ImageCodec.encodePng(new byte[small.size()], small)))).getMessage());
        final SetImage[] many = new SetImage[257];
        Arrays.setAll(many, i -> kept("r" + i, "class" + i, 0));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> write(options, many)).getMessage().startsWith("The set has 257 classes"));
        assertTrue(assertThrows(ImageFormatException.class, () -> write(options, SetImage.kept("x", "cat", new byte[]{1, 2, 3}))).getMessage().startsWith("Row 'x': "));
        assertEquals(List.of(), names(folder));
        write(options, Arrays.copyOf(many, 256));
        assertEquals((byte)255, Files.readAllBytes(out.resolve("data_batch_5.bin"))[50 * 3073]);
    }

    private static SetImage gray(final String key, final String label, final int number) {
        return SetImage.kept(key, label, ImageCodec.encodePng(grayPixels(number), WrittenSet.SHAPE));
    }

    private static byte[] grayPixels(final int number) {
        final byte[] pixels = pixels(number);
        System.arraycopy(pixels, 0, pixels, 1024, 1024);
        System.arraycopy(pixels, 0, pixels, 2048, 1024);
        return pixels;
    }

    @Test
    void idxIsReadAgainAsItWas() throws Exception {
        write(WrittenSet.of(out, SetLayout.IDX), gray("train#5", "9", 1), gray("train#6", "0", 2), gray("t10k#1", "255", 3), gray("a/b.png", "10", 4));
        final WrittenSet.Read again = read(out, Split.TRAINING);
        assertEquals(List.of(read("9", "train#0", grayPixels(1)), read("0", "train#1", grayPixels(2)), read("10", "train#2", grayPixels(4))), again.images());
        assertEquals("", again.report().warning());
        assertEquals(List.of(read("255", "t10k#0", grayPixels(3))), read(out, Split.TEST).images());
        assertFalse(Files.exists(out.resolve("labels.txt")));
        assertTrue(text("files.csv").contains("\nt10k#1,t10k-images-idx3-ubyte,0,255,kept\n"));
    }

    @Test
    void idxWithNamesHasAListOfThem() throws Exception {
        final WriteReport report = write(WrittenSet.of(out, SetLayout.IDX), gray("a", "shoe", 1), gray("b", "bag", 2), gray("c", "shoe", 3));
        assertEquals("shoe\nbag\n", text("labels.txt"));
        assertArrayEquals(new byte[]{0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 0}, Files.readAllBytes(out.resolve("train-labels-idx1-ubyte")));
        assertEquals(1, report.notes().size());
    }

    @Test
    void whatIdxCannotHoldIsRefused() throws Exception {
        final var options = WrittenSet.of(out, SetLayout.IDX);
        assertTrue(assertThrows(IOException.class, () -> write(options, gray("a", "1", 1), kept("x", "1", 1))).getMessage().startsWith("Row 'x': the image has colours"));
        final ImageShape small = new ImageShape(3, 16, 16);
        assertTrue(assertThrows(IOException.class, () -> write(options, gray("a", "1", 1), SetImage.kept("x", "1", ImageCodec.encodePng(new byte[small.size()], small))))
            .getMessage().startsWith("Row 'x': the image is 16 x 16 pixels, but the first one is 32 x 32 pixels"));
        assertEquals(List.of(), names(folder));
    }

    @Test
    void copiesKnowNoOtherLayout() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> new WriterOptions(out, WrittenContent.COPIES, folder, SetLayout.IDX, true, false));
        assertThrows(IllegalArgumentException.class, () -> new WriterOptions(out, WrittenContent.LINKS, null, SetLayout.CLASS_FOLDERS, true, false));
    }

    /** Keys and labels that would leave the folder, or that file systems refuse: as many files as images, all within, each traced by the list. */
    @Test
    void hostileRowKeysAndLabelsStayInTheFolder() throws Exception {
        final List<String> hostile = List.of("../../x", "..", ".", "", "/etc/passwd", "C:\\x", "a/../../../b", "con", "nul.png", "x".repeat(1000), "a\0b", "a\nb", "=1+1",
            "files.csv", ".spectralsignatures-written", "A", "a", "cafe\u0301", "caf\u00e9", "\"", ",", " ", "train", "Test", "quarantine", "Thumbs.db", "\ud800");
        final List<SetImage> images = new ArrayList<>();
        for (String label : hostile) {
            hostile.forEach(key -> images.add(SetImage.kept(key + "#" + images.size(), label, png(1))));
        }
        final WriteReport report = write(options(out), images.toArray(SetImage[]::new));
        assertEquals(List.of("out"), names(folder));
        final Set<String> written = new TreeSet<>(files(out).keySet());
        written.removeAll(List.of("files.csv", ".spectralsignatures-written"));
        assertEquals(images.size(), written.size());
        final List<List<String>> lines = CsvFile.read(out.resolve("files.csv"));
        assertEquals(images.size() + 1, lines.size());
        for (int i = 0; i < images.size(); i++) {
            final List<String> line = lines.get(i + 1);
            assertEquals(images.get(i).key().replace('\ud800', '?'), line.get(0));
            assertEquals(images.get(i).label().replace('\ud800', '?'), line.get(3));
            assertTrue(written.contains(line.get(1)), line.get(1));
            assertEquals(2, line.get(1).split("/").length);
        }
        final Set<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        folded.addAll(written);
        assertEquals(images.size(), folded.size());
        assertEquals(hostile.size(), new TreeSet<>(written.stream().map(w -> w.split("/")[0]).toList()).size());
        assertEquals(1, report.notes().size());
        final WrittenSet.Read again = read(out, Split.TRAINING);
        assertEquals(images.size(), again.images().size());
        assertEquals("", again.report().warning());
    }

    /** Readers take folders of these names for parts of a set or pass over them: classes of such names are read as classes, too. */
    @ParameterizedTest
    @ValueSource(strings = {"train", "training", "val", "valid", "validation", "dev", "TEST", "testing", "@eaDir", "__MACOSX", ".git", "kept.csv"})
    void classesThatReadersWouldMistakeAreReadAgain(final String label) throws Exception {
        final WriteReport report = write(options(out), kept("a", label, 1), kept("b", "cat", 2));
        final WrittenSet.Read again = read(out, Split.TRAINING);
        assertEquals(2, again.images().size());
        assertEquals("", again.report().warning());
        assertTrue(report.notes().get(0).startsWith("1 class has a folder of another name") && report.notes().get(0).contains("'" + label + "'"), report.notes().toString());
    }

    @ParameterizedTest
    @EnumSource(SetLayout.class)
    void theSameInputGivesTheSameBytes(final SetLayout layout) throws Exception {
        final SetImage[] images = {gray("b/1", "2", 1), gray("a/1", "1", 2), removed("a/2", "1", 3, 0.1, 1)};
        write(WrittenSet.of(out, layout), images);
        write(WrittenSet.of(folder.resolve("again"), layout), images);
        final Map<String, byte[]> first = files(out);
        final Map<String, byte[]> second = files(folder.resolve("again"));
        assertEquals(first.keySet(), second.keySet());
        first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
    }

    @Test
    void aRowThatComesTwiceIsRefused() throws Exception {
        assertTrue(assertThrows(IOException.class, () -> write(options(out), kept("a", "cat", 1), removed("a", "cat", 1, null, null))).getMessage()
            .startsWith("Row 'a' comes twice."));
        assertEquals(List.of(), names(folder));
    }

    @Test
    void anEmptySetIsWritten() throws Exception {
        for (SetLayout layout : SetLayout.values()) {
            assertEquals(0, write(WrittenSet.of(folder.resolve(layout.name()), layout)).files());
        }
    }
}
