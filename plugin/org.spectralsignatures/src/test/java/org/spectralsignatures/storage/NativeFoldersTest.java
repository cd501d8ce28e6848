package org.spectralsignatures.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFoldersTest {

    @TempDir
    Path folder;

    @Test
    void theConfigurationAreaIsTakenUnlessItIsTemporary() throws Exception {
        final Path installation = folder.resolve("with blank");
        final Path lasting = Files.createDirectories(installation.resolve("configuration"));
        final Path home = folder.resolve("home");
        final Path temporary = folder.resolve("tmp");
        assertEquals(lasting, NativeFolders.configurationArea("file:" + lasting + "/", installation, home, temporary));
        assertEquals(lasting, NativeFolders.configurationArea(lasting.toUri().toString().replace("%20", " "), installation, home, temporary));
        assertEquals(lasting, NativeFolders.configurationArea("file:" + lasting, null, folder, temporary));
        assertNull(NativeFolders.configurationArea("file:" + lasting, null, home, temporary));
        assertNull(NativeFolders.configurationArea("file:" + lasting, installation, home, folder));
        assertNull(NativeFolders.configurationArea("file:" + folder.resolve("missing"), null, folder, temporary));
        assertNull(NativeFolders.configurationArea(null, installation, home, temporary));
    }

    @Test
    void foldersOfOtherVersionsGoUnlessTheyAreUsed() throws Exception {
        final Path ours = version("javacpp-9-nd4j-9");
        final Path old = version("javacpp-1-nd4j-1");
        final Path used = version("javacpp-2-nd4j-2");
        final Path otherEngines = version("javacpp-1-cuda-1");
        final Path foreign = Files.createDirectories(folder.resolve("javacpp-linux-x86_64.jar"));
        try (var channel = FileChannel.open(used.resolve("in-use.lock"), StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.lock(0, 1, true)) {
            NativeFolders.clean(folder, "javacpp-*-nd4j-*", ours);
            assertTrue(Files.exists(used.resolve("sub/lib.so")));
        }
        assertTrue(Files.exists(ours.resolve("sub/lib.so")));
        assertTrue(Files.exists(foreign));
        assertTrue(Files.exists(otherEngines));
        assertFalse(Files.exists(old));
        NativeFolders.clean(folder, "javacpp-*-nd4j-*", ours);
        assertFalse(Files.exists(used));
    }

    private Path version(final String name) throws Exception {
        final Path version = Files.createDirectories(folder.resolve(name).resolve("sub")).getParent();
        Files.createFile(version.resolve("sub/lib.so"));
        Files.createFile(version.resolve("in-use.lock"));
        return version;
    }
}
