package org.spectralsignatures.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a file was written, and after that failed. */
class WholeFileTest {

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private void refused(final Path file, final boolean replace, final String part) throws IOException {
        final List<String> before = names();
        final IOException e = assertThrows(IOException.class, () -> WholeFile.write(file, replace, f -> Files.writeString(f, "new")));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertEquals(before, names());
    }

    @Test
    void aFileAppearsOnceItIsWhole() throws IOException {
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
    void whereItFailsNothingIsLeft() throws IOException {
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
    void aFileThatSomebodyElseMakesInTheMeantimeIsKept() throws IOException {
        final Path file = folder.resolve("file");
        assertTrue(assertThrows(IOException.class, () -> WholeFile.write(file, false, partial -> Files.writeString(file, "theirs"))).getMessage()
            .contains("by somebody else"));
        assertEquals("theirs", Files.readString(file));
        assertEquals(List.of("file"), names());
    }

    @Test
    void foldersAreNoFiles() throws IOException {
        refused(folder, true, "is a folder");
        refused(folder.resolve("none/file"), false, "does not exist");
    }
}
