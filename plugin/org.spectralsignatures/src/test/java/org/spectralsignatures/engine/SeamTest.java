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

    private static List<String> naming(final String what, final Path folder) throws IOException {
        final Pattern pattern = Pattern.compile("(?m)^import (static )?" + what + "|^(?!import|package| *\\*| */\\*).*[^\"\\w.]" + what);
        try (var files = Files.walk(folder)) {
            final List<Path> all = files.filter(f -> f.toString().endsWith(".java")).toList();
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
    void theNumericLibrariesAreNamedByEnginesOnly() throws IOException {
        final String libraries = "org\\.(nd4j|deeplearning4j|bytedeco)\\.";
        assertEquals(List.of(), naming(libraries, SOURCES));
        assertTrue(naming(libraries, Path.of("../org.spectralsignatures.engine.cpu").resolve(SOURCES)).size() > 10);
    }

    @Test
    void theEngineOnTheProcessorIsFoundAndNeverNamed() throws IOException {
        assertEquals(List.of(), naming("org\\.spectralsignatures\\.engine\\.cpu\\.", SOURCES));
    }

    @Test
    void onTheGpuTheyAreNamedWhereNvidiasLibrariesAreCalledOnly() throws IOException {
        final Path engine = Path.of("../org.spectralsignatures.engine.cuda").resolve(SOURCES).resolve("engine/cuda");
        final List<String> all = naming("org\\.(nd4j|deeplearning4j|bytedeco)\\.", engine);
        assertTrue(all.size() > 5, "named in " + all);
        final List<Path> allowed = List.of(engine.resolve("driver"), engine.resolve("libraries"));
        assertEquals(List.of(), all.stream().filter(f -> allowed.stream().noneMatch(Path.of(f)::startsWith)).toList());
    }

    @Test
    void plansKnowNothingButImages() throws IOException {
        assertEquals(List.of(), naming("org\\.spectralsignatures\\.(?!image\\.|network\\.plan\\.)", SOURCES.resolve("network/plan")));
    }

    @Test
    void enginesKnowPlansOnly() throws IOException {
        assertEquals(List.of(),
            naming("org\\.spectralsignatures\\.(?!image\\.|network\\.plan\\.|engine\\.)", SOURCES.resolve("engine")));
    }
}
