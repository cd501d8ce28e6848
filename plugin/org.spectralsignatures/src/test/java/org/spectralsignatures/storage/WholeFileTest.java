package org.spectralsignatures.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a file was written, and after that failed. */
class WholeFileTest {

    @TempDir
    Path folder;

    private List<String> names() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private void refused(final Path file, final boolean replace, final String part) throws Exception {
        final List<String> before = names();
        final IOException e = assertThrows(IOException.class, () -> WholeFile.write(file, replace, f -> Files.writeString(f, "new")));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertEquals(before, names());
    }

    @Test
    void aFileAppearsOnceItIsWhole() throws Exception {
        final Path file = folder.resolve("file");
        WholeFile.write(file, false, partial -> {
            Files.writeString(partial, "first");
            assertTrue(!Files.exists(file));
        });
        assertEquals("first", Files.readString(file));
        refused(file, false, "exists already");
        assertEquals("first", Files.readString(file));
        WholeFile.write(file, true, partial -> Files.writeString(partial, "second"));
        assertEquals("second", Files.readString(file));
        assertEquals(List.of("file"), names());
    }

    @Test
    void whereItFailsNothingIsLeft() throws Exception {
        final Path file = Files.writeString(folder.resolve("file"), "old");
        final IOException e = assertThrows(IOException.class, () -> WholeFile.write(file, true, partial -> {
            Files.writeString(partial, "half");
            throw new IOException("The disk is full.");
        }));
        assertEquals("The disk is full.", e.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("file"), names());
    }

    @Test
    void aFileThatSomebodyElseMakesInTheMeantimeIsKept() throws Exception {
        final Path file = folder.resolve("file");
        assertTrue(assertThrows(IOException.class, () -> WholeFile.write(file, false, partial -> Files.writeString(file, "theirs"))).getMessage()
            .contains("by somebody else"));
        assertEquals("theirs", Files.readString(file));
        assertEquals(List.of("file"), names());
    }

    @Test
    void foldersAreNoFiles() throws Exception {
        refused(folder, true, "is a folder");
        refused(folder.resolve("none/file"), false, "does not exist");
    }

    @Test
    void aFullDiskIsToldFromOtherFaults() throws Exception {
        final Path file = folder.resolve("file");
        final IOException e = assertThrows(IOException.class, () -> WholeFile.write(file, false, partial -> {
            throw new IOException("No space left on device");
        }));
        assertTrue(e.getMessage().contains("file' cannot be written: the disk of its folder, or your share of it, is full"), e.getMessage());
        assertEquals(List.of(), names());
    }

    /** Not even root makes files in this folder of Linux. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatCannotBeWrittenIsNamed() {
        final IOException e = assertThrows(IOException.class, () -> WholeFile.write(Path.of("/proc/file"), false, partial -> Files.writeString(partial, "new")));
        assertTrue(e.getMessage().contains("'/proc/file' cannot be written: no file can be made in the folder '/proc'"), e.getMessage());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void othersMayReadWhatTheyMayReadOfOtherNewFiles() throws Exception {
        final Path file = folder.resolve("file");
        WholeFile.write(file, false, partial -> Files.writeString(partial, "new"));
        assertEquals(Files.getPosixFilePermissions(Files.createFile(folder.resolve("other"))), Files.getPosixFilePermissions(file));
    }
}
