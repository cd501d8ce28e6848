package org.spectralsignatures.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spectralsignatures.writer.WrittenSet.files;
import static org.spectralsignatures.writer.WrittenSet.kept;
import static org.spectralsignatures.writer.WrittenSet.names;
import static org.spectralsignatures.writer.WrittenSet.options;
import static org.spectralsignatures.writer.WrittenSet.removed;
import static org.spectralsignatures.writer.WrittenSet.replacing;
import static org.spectralsignatures.writer.WrittenSet.write;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** A folder appears whole or not at all, and nothing that the writer did not write is overwritten or deleted. */
class WholeOrNothingTest {

    private static final SetImage[] IMAGES = {kept("cat/1", "cat", 1), kept("dog/2", "dog", 2), removed("dog/3", "dog", 3, 1., 1)};

    private static final Set<String> FILES =
        Set.of(".spectralsignatures-written", "files.csv", "removed.csv", "train/cat/1.png", "train/dog/2.png", "quarantine/dog/3.png");

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void out() {
        out = folder.resolve("out");
    }

    /** Cancels at one of its checks. */
    private static final class Cancelling implements TaskMonitor {

        private int left;

        Cancelling(final int checks) {
            left = checks;
        }

        @Override
        public void progress(final double fraction, final String message) {
            // nobody listens
        }

        @Override
        public void checkCancelled() throws TaskCancelledException {
            if (left-- == 0) {
                throw new TaskCancelledException();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SetLayout.class)
    void whatIsCancelledLeavesNothing(final SetLayout layout) throws Exception {
        final SetImage gray = SetImage.kept("a", "1", ImageCodec.encodePng(new byte[3072], WrittenSet.SHAPE));
        int cancelled = 0;
        for (boolean done = false; !done; cancelled += done ? 0 : 1) {
            try {
                write(WrittenSet.of(out, layout), new Cancelling(cancelled), gray, removed("b", "1", 1, null, null));
                done = true;
            } catch (TaskCancelledException e) { // NOSONAR wanted
                assertEquals(List.of(), names(folder));
            }
        }
        assertEquals(4, cancelled);
        assertEquals(List.of("out"), names(folder));
    }

    @Test
    void anErrorOfTheCallerLeavesNothing() throws Exception {
        assertThrows(IllegalStateException.class, () -> {
            try (var writer = new ImageSetWriter(options(out), new SetContents(List.of(), 2, -1), TaskMonitor.none())) {
                writer.add(kept("a", "cat", 1));
                assertEquals(1, names(folder).size());
                assertTrue(names(folder).get(0).startsWith("out.part-"));
                throw new IllegalStateException("table");
            }
        });
        assertEquals(List.of(), names(folder));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatExistsStaysAsItIs(final boolean replace) throws Exception {
        Files.createDirectories(out.resolve("cat"));
        Files.writeString(out.resolve("cat/1.png"), "mine");
        final var options = replace ? replacing(out) : options(out);
        final String message = assertThrows(IOException.class, () -> write(options, IMAGES)).getMessage();
        assertTrue(message.contains("is not empty") && message.contains(replace ? "not written by this node" : "nothing is overwritten"), message);
        assertThrows(IOException.class, () -> ImageSetWriter.check(options));
        assertEquals("mine", Files.readString(out.resolve("cat/1.png")));
        assertEquals(List.of("out"), names(folder));
    }

    @Test
    void anEmptyFolderIsFilled() throws Exception {
        Files.createDirectory(out);
        write(options(out), IMAGES);
        assertEquals(FILES, files(out).keySet());
    }

    @Test
    void filesLinksAndMissingParentsAreRefused() throws Exception {
        final Path file = Files.writeString(folder.resolve("file"), "x");
        final Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("target")));
        for (Path place : List.of(file, link, folder.resolve("a/b"), file.resolve("x"), Path.of("/"))) {
            for (boolean replace : new boolean[]{false, true}) {
                assertThrows(IOException.class, () -> write(replace ? replacing(place) : options(place), IMAGES), place.toString());
            }
        }
        assertEquals(List.of("file", "link", "target"), names(folder));
        assertEquals(List.of(), names(folder.resolve("target")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "file", "link"})
    void whatAppearsMeanwhileStaysAsItIs(final String kind) throws Exception {
        try (var writer = new ImageSetWriter(options(out), new SetContents(List.of(), 1, -1), TaskMonitor.none())) {
            writer.add(kept("a", "cat", 1));
            switch (kind) {
                case "folder" -> Files.writeString(Files.createDirectory(out).resolve("x"), "mine");
                case "file" -> Files.writeString(out, "mine");
                default -> Files.createSymbolicLink(out, folder.resolve("nowhere"));
            }
            assertThrows(IOException.class, writer::finish);
        }
        assertEquals(List.of("out"), names(folder));
        assertTrue(Files.isSymbolicLink(out) || "mine".equals(Files.readString(kind.equals("file") ? out : out.resolve("x"))));
    }

    @Test
    void whatItWroteItReplaces() throws Exception {
        write(options(out), IMAGES);
        assertThrows(IOException.class, () -> write(options(out), IMAGES));
        write(replacing(out), kept("bird/1", "bird", 4));
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "bird/1.png"), files(out).keySet());
        write(replacing(out), IMAGES);
        assertEquals(FILES, files(out).keySet());
        assertEquals(List.of("out"), names(folder));
    }

    @Test
    void aReplacementThatFailsLeavesTheFolderAsItWas() throws Exception {
        write(options(out), IMAGES);
        assertThrows(IOException.class, () -> write(replacing(out), kept("a", "bird", 1), kept("a", "bird", 1)));
        assertEquals(FILES, files(out).keySet());
        assertEquals(List.of("out"), names(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "train/cat/extra.png", "empty/", "train/cat/nested/", "quarantine/dog/3.png.bak", "Kept.csv2"})
    void aFolderWithAnythingElseIsNotReplaced(final String extra) throws Exception {
        write(options(out), IMAGES);
        final Path file = out.resolve(extra);
        if (extra.endsWith("/")) {
            Files.createDirectory(file);
        } else {
            Files.writeString(file, "mine");
        }
        final String message = assertThrows(IOException.class, () -> write(replacing(out), IMAGES)).getMessage();
        assertTrue(message.contains("did not write") && message.contains(file.getFileName().toString()), message);
        assertTrue(Files.exists(file));
        assertEquals(List.of("out"), names(folder));
    }

    @Test
    void aMarkerOfAnotherVersionOrAListThatIsGoneIsNotReplaced() throws Exception {
        write(options(out), IMAGES);
        final Path marker = out.resolve(".spectralsignatures-written");
        final String mark = Files.readString(marker);
        Files.writeString(marker, mark.replace("format 1", "format 2"));
        assertThrows(IOException.class, () -> write(replacing(out), IMAGES));
        Files.writeString(marker, mark);
        Files.delete(out.resolve("files.csv"));
        assertThrows(IOException.class, () -> write(replacing(out), IMAGES));
        assertTrue(Files.exists(out.resolve("train/cat/1.png")));
    }

    /** A list from elsewhere names files outside of the folder, or a link that leads out of it. */
    @Test
    void nothingOutsideOfTheFolderIsDeleted() throws Exception {
        final Path mine = Files.writeString(folder.resolve("mine"), "mine");
        Files.writeString(Files.createDirectory(folder.resolve("other")).resolve("x"), "mine");
        write(options(out), IMAGES);
        Files.writeString(out.resolve("files.csv"), Files.readString(out.resolve("files.csv")) + "r,../mine,,cat,kept\nr," + mine + ",,cat,kept\nr,,,cat,kept\n");
        write(replacing(out), IMAGES);
        assertEquals("mine", Files.readString(mine));
        Files.createSymbolicLink(out.resolve("link"), folder.resolve("other"));
        Files.writeString(out.resolve("files.csv"), Files.readString(out.resolve("files.csv")) + "r,link/x,,cat,kept\nr,link,,cat,kept\n");
        assertThrows(IOException.class, () -> write(replacing(out), IMAGES));
        assertEquals(List.of("x"), names(folder.resolve("other")));
        assertEquals(List.of("mine", "other", "out"), names(folder));
    }

    /** A set that was audited again must not be taken from under its own feet. */
    @Test
    void theOriginalFolderAndTheWrittenOneAreApart() throws Exception {
        write(options(out), IMAGES);
        for (Path originals : List.of(out, out.resolve("train"), folder)) {
            final var options = new WriterOptions(out, WrittenContent.COPIES, originals, SetLayout.CLASS_FOLDERS, true, true);
            assertTrue(assertThrows(IOException.class, () -> write(options, SetImage.kept("cat/1.png", "cat", null))).getMessage().contains("lie in each other"));
        }
        assertEquals(FILES, files(out).keySet());
    }

    @Test
    void hardLinksThatAreReplacedLeaveTheOriginals() throws Exception {
        final Path set = Files.createDirectories(folder.resolve("set/cat")).getParent();
        Files.writeString(set.resolve("cat/1"), "original");
        final var options = new WriterOptions(out, WrittenContent.LINKS, set, SetLayout.CLASS_FOLDERS, true, true);
        write(options, SetImage.kept("cat/1", "cat", null));
        write(options, SetImage.kept("cat/1", "dog", null));
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "dog/cat_1"), files(out).keySet());
        assertEquals("original", Files.readString(set.resolve("cat/1")));
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnError() throws Exception {
        final Path parent = Files.createDirectory(folder.resolve("parent"));
        assertTrue(parent.toFile().setWritable(false));
        try {
            if (!Files.isWritable(parent)) { // not so for the superuser
                assertThrows(IOException.class, () -> write(options(parent.resolve("out")), IMAGES));
            }
        } finally {
            assertTrue(parent.toFile().setWritable(true));
        }
        assertEquals(List.of(), names(parent));
    }

    /** Somebody else deletes what is being written, the originals or the folder above, midway: it is said, and nothing is left. */
    @Test
    void foldersMayVanishMidway() throws Exception {
        final Path set = Files.createDirectories(folder.resolve("set/cat")).getParent();
        Files.writeString(set.resolve("cat/1"), "original");
        try (var writer = new ImageSetWriter(WrittenSet.of(out, WrittenContent.COPIES, set), new SetContents(List.of(), 2, -1), TaskMonitor.none())) {
            writer.add(SetImage.kept("cat/1", "cat", null));
            Files.delete(set.resolve("cat/1"));
            assertTrue(assertThrows(IOException.class, () -> writer.add(SetImage.kept("cat/1 ", "cat", null))).getMessage().startsWith("Row 'cat/1 '"));
        }
        final Path parent = Files.createDirectory(folder.resolve("parent"));
        try (var writer = new ImageSetWriter(options(parent.resolve("new")), new SetContents(List.of(), 2, -1), TaskMonitor.none())) {
            writer.add(IMAGES[0]);
            try (var all = Files.walk(parent)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> assertTrue(path.toFile().delete(), path.toString()));
            }
            final String message = assertThrows(IOException.class, () -> writer.add(IMAGES[1])).getMessage();
            assertTrue(message.contains("cannot be written: no file can be made there, or what was there is gone"), message);
            assertThrows(IOException.class, writer::finish);
        }
        assertEquals(List.of("set"), names(folder));
    }

    @Test
    void aFullDiskIsSaidInASentence() {
        for (IOException e : List.of(new IOException("No space left on device"), new FileSystemException("/x/y", null, "No space left on device"),
            new IOException("There is not enough space on the disk"), new FileSystemException("/x", null, "Disk quota exceeded"))) {
            assertEquals("The disk of '/x/out' is full. Nothing was written; free some space or choose another folder.",
                DiskFault.explain(e, Path.of("/x/out")).getMessage().replace('\\', '/'));
        }
        final var other = new IOException("Input/output error");
        assertEquals(other, DiskFault.explain(other, out));
        assertFalse(DiskFault.reason(new FileSystemException("/x")).isBlank());
    }
}
