package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** What the sources of the library may name: the numeric libraries and the engine's insides stay behind the engine. */
class SeamTest {

    private static final Path SOURCES = Path.of("src/main/java/org/spectralsignatures");

    private static List<String> naming(final String what, final Path folder, final Path except) throws IOException {
        final Pattern pattern = Pattern.compile("(?m)^import (static )?" + what + "|^(?!import|package| *\\*| */\\*).*[^\"\\w.]" + what);
        try (var files = Files.walk(folder)) {
            final List<Path> all = files.filter(f -> f.toString().endsWith(".java") && !f.startsWith(except)).toList();
            assertTrue(all.size() > 3, folder + " holds " + all);
            return all.stream().filter(f -> {
                try {
                    return pattern.matcher(Files.readString(f)).find();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }).map(Path::toString).toList();
        }
    }

    @Test
    void theNumericLibrariesAreNamedByTheEngineOnTheProcessorOnly() throws IOException {
        final String libraries = "org\\.(nd4j|deeplearning4j|bytedeco)\\.";
        assertEquals(List.of(), naming(libraries, SOURCES, SOURCES.resolve("engine/cpu")));
        assertTrue(naming(libraries, SOURCES.resolve("engine/cpu"), SOURCES.resolve("nothing")).size() > 10);
    }

    @Test
    void theEngineOnTheProcessorIsFoundAndNeverNamed() throws IOException {
        assertEquals(List.of(), naming("org\\.spectralsignatures\\.engine\\.cpu\\.", SOURCES, SOURCES.resolve("engine/cpu")));
    }

    @Test
    void plansKnowNothingButImages() throws IOException {
        assertEquals(List.of(), naming("org\\.spectralsignatures\\.(?!image\\.|network\\.plan\\.)", SOURCES.resolve("network/plan"), SOURCES.resolve("nothing")));
    }

    @Test
    void enginesKnowPlansOnly() throws IOException {
        assertEquals(List.of(),
            naming("org\\.spectralsignatures\\.(?!image\\.|network\\.plan\\.|engine\\.)", SOURCES.resolve("engine"), SOURCES.resolve("engine/cpu")));
    }
}
