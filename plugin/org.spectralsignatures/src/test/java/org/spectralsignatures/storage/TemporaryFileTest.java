package org.spectralsignatures.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {

    @TempDir
    Path folder;

    @Test
    void nothingIsSeenOfAFileThatCanBeDeletedWhileItIsOpen() throws Exception {
        try (var file = TemporaryFile.create("test")) {
            assertEquals(3, file.channel().write(ByteBuffer.wrap(new byte[]{1, 2, 3}), 0));
            assertEquals(3, file.channel().size());
            if (!System.getProperty("os.name").startsWith("Windows")) {
                assertTrue(Files.notExists(file.path()));
            }
        }
    }

    @Test
    void filesOfDeadProcessesGoAndThoseOfLivingOnesStay() throws Exception {
        final var self = ProcessHandle.current();
        final long start = self.info().startInstant().orElseThrow().toEpochMilli();
        final Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version").start();
        child.waitFor();
        final Path living = Files.createFile(folder.resolve("spectralsignatures-images-p%d-s%d-1.tmp".formatted(self.pid(), start)));
        final Path dead = Files.createFile(folder.resolve("spectralsignatures-images-p%d-s%d-2.tmp".formatted(child.pid(), start)));
        final Path reused = Files.createFile(folder.resolve("spectralsignatures-images-p%d-s%d-3.tmp".formatted(self.pid(), start - 100_000)));
        final Path foreign = Files.createFile(folder.resolve("spectralsignatures-notes.tmp"));
        TemporaryFile.clean(folder);
        assertEquals(List.of(true, false, false, true), List.of(living, dead, reused, foreign).stream().map(Files::exists).toList());
    }
}
