package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.network.TrainedNetwork;

/** Saved networks, as they are and with single entries that are damaged before they are packed. */
class NetworkFuzzTest {

    private static final String NAME = "hostile.zip";

    @TempDir
    Path folder;

    private static byte[] whole(final String name) throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty("spectralsignatures.root"))
            .resolve("plugin/org.spectralsignatures/src/test/resources/org/spectralsignatures/network").resolve(name));
    }

    private static Map<String, byte[]> entries(final byte[] file) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    /** The native libraries are unpacked before the first mutant is timed. */
    @BeforeAll
    static void start() {
        assertEquals("", Engines.get().problem());
    }

    @Test
    void damagedZipFiles() throws Exception {
        final var mutants = new Mutants(14, List.of(whole("resnet-e9b0507.zip"), whole("vgg-e9b0507.zip")));
        final int refused = new Fuzz(folder, NAME).run(800, mutants, file -> TrainedNetwork.load(file).close(), IOException.class);
        assertTrue(refused > 400, refused + " refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration.json", "description.json", "coefficients.bin"})
    void damagedEntries(final String entry) throws Exception {
        final Map<String, byte[]> entries = entries(whole("resnet-e9b0507.zip"));
        final Path packed = Files.createDirectory(folder.resolve("packed")).resolve(NAME);
        final var mutants = new Mutants(15, List.of(entries.get(entry)));
        new Fuzz(folder, NAME).run(120, mutants, mutant -> {
            entries.put(entry, Files.readAllBytes(mutant));
            try (var zip = new ZipOutputStream(Files.newOutputStream(packed))) {
                for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(e.getKey()));
                    zip.write(e.getValue());
                }
            }
            TrainedNetwork.load(packed).close();
        }, IOException.class);
    }
}
