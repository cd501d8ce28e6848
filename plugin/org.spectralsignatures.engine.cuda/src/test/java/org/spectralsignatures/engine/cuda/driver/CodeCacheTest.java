package org.spectralsignatures.engine.cuda.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {

    @TempDir
    Path root;

    private int compiled;

    private byte[] get(final Path folder, final String made) {
        return new CodeCache(folder).get(made, () -> {
            compiled++;
            return made.getBytes();
        });
    }

    private static List<Path> files(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void codeIsCompiledOnceUnlessItsFileIsDamaged() throws IOException {
        final Path folder = root.resolve("new").resolve("cuda");
        for (int time = 0; time < 2; time++) {
            assertArrayEquals("first".getBytes(), get(folder, "first"));
            assertEquals(1, compiled);
        }
        get(folder, "second");
        assertEquals(2, compiled);
        assertEquals(2, files(folder).size(), "nothing beside is left");
        for (Path file : files(folder)) {
            final byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1]++;
            Files.write(file, bytes);
        }
        assertArrayEquals("first".getBytes(), get(folder, "first"));
        assertEquals(3, compiled);
        get(folder, "first");
        assertEquals(3, compiled, "it was replaced");
    }

    @Test
    void whereNothingCanBeKeptItIsCompiledEachTime() throws IOException {
        final Path file = Files.writeString(root.resolve("file"), "");
        assertArrayEquals("first".getBytes(), get(file.resolve("cuda"), "first"));
        assertArrayEquals("first".getBytes(), get(file.resolve("cuda"), "first"));
        assertEquals(2, compiled);
    }
}
