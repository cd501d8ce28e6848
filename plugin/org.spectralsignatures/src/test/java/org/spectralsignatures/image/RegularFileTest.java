package org.spectralsignatures.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {

    @TempDir
    Path folder;

    private static ImageFormatException refused(final Path file, final long pixels) {
        return assertThrows(ImageFormatException.class, () -> RegularFile.read(file, new PixelLimit(pixels)));
    }

    /** 600 MiB that take no space on the disk must take none on the heap either. */
    @Test
    void largeFilesAreRefusedBeforeTheyAreRead() throws IOException {
        final Path file = folder.resolve("large.png");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(600L << 20);
        }
        final long before = System.nanoTime();
        assertEquals("The file is too large: more than 536,870,912 bytes.", refused(file, 1L << 40).getMessage());
        assertEquals(ImageFault.TOO_LARGE, refused(file, 100).fault());
        assertEquals("The file is too large: more than 800 bytes.", refused(file, 100).getMessage());
        assertTrue(System.nanoTime() - before < 5e9);
        Files.write(file, new byte[800]);
        assertEquals(800, RegularFile.read(file, new PixelLimit(100)).length);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void devicesAreNotOpened() throws IOException {
        final Path link = Files.createSymbolicLink(folder.resolve("endless.png"), Path.of("/dev/zero"));
        assertEquals(ImageFault.NOT_READABLE, refused(link, 100).fault());
    }
}
