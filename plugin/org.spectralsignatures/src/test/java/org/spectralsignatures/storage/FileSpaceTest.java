package org.spectralsignatures.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.CancelledMonitor;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

class FileSpaceTest {

    @TempDir
    Path folder;

    private static FileChannel channel(final Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Test
    void zerosAreReallyWritten() throws Exception {
        final Path file = Files.write(folder.resolve("a"), new byte[]{1, 2, 3});
        try (var channel = channel(file)) {
            FileSpace.reserve(channel, file, 2_500_000, TaskMonitor.none());
        }
        final byte[] bytes = Files.readAllBytes(file);
        assertEquals(2_500_003, bytes.length);
        assertEquals(3, bytes[2]);
        assertEquals(0, bytes[2_500_002]);
    }

    @Test
    void whatCannotFitIsRefusedBeforeAnythingIsWritten() throws Exception {
        final Path file = folder.resolve("b.npy");
        final String message =
            assertThrows(IOException.class, () -> NpyMatrix.create(file, Integer.MAX_VALUE, 1 << 28)).getMessage();
        for (String part : new String[]{"not enough space for '" + file, "it needs 2305843", "the folder '" + folder, " left", "-Djava.io.tmpdir"}) {
            assertTrue(message.contains(part), message);
        }
        assertTrue(Files.notExists(file));
    }

    @Test
    void aDiskThatFillsUpIsNoticedWhileTheSpaceIsTaken() throws Exception {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        try (var channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            final String message = assertThrows(IOException.class, () -> FileSpace.reserve(channel, full, 100, TaskMonitor.none())).getMessage();
            assertTrue(message.contains("it needs 100 bytes"), message);
        }
    }

    @Test
    void aCancelledReservationLeavesNothing() throws Exception {
        final Path file = folder.resolve("c.npy");
        final var monitor = new CancelledMonitor(3);
        assertThrows(TaskCancelledException.class, () -> NpyMatrix.create(file, 1000, 10_000, monitor));
        assertEquals(4, monitor.asked());
        assertTrue(Files.notExists(file));
    }
}
