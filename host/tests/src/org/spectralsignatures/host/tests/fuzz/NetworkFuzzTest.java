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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.file.Dl4jModel;
import org.spectralsignatures.network.file.NetworkFile;

/** Saved networks, as they are and with single entries that are damaged before they are packed. */
class NetworkFuzzTest {

    private static final String NAME = "hostile.zip";

    private static final String CURRENT = "version1.zip";

    private static final String EARLIER = "resnet-e9b0507.zip";

    @TempDir
    Path folder;

    private static byte[] whole(final String name) throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty("spectralsignatures.root"))
            .resolve("plugin/org.spectralsignatures.engine.cpu/src/test/resources/org/spectralsignatures/network/file").resolve(name));
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
        final var mutants = new Mutants(14, List.of(whole(CURRENT), whole(EARLIER), whole("vgg-e9b0507.zip")));
        final int refused = new Fuzz(folder, NAME).run(1000, mutants, file -> NetworkFile.load(file).close(), IOException.class);
        assertTrue(refused > 500, refused + " refused");
    }

    @ParameterizedTest
    @CsvSource({CURRENT + ", network.json", CURRENT + ", parameters.safetensors", EARLIER + ", configuration.json", EARLIER + ", description.json",
        EARLIER + ", coefficients.bin"})
    void damagedEntries(final String file, final String entry) throws Exception {
        damage(entries(whole(file)), entry, 120, packed -> NetworkFile.load(packed).close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration.json", "coefficients.bin"})
    void damagedModelsOfDl4j(final String entry) throws Exception {
        final Path model = folder.resolve("model.zip");
        final ImageShape shape;
        final List<String> classes;
        try (var network = NetworkFile.load(Files.write(folder.resolve(CURRENT), whole(CURRENT)))) {
            Dl4jModel.write(network, model);
            shape = network.description().shape();
            classes = network.description().classes();
        }
        Dl4jModel.read(model, shape, classes).close();
        damage(entries(Files.readAllBytes(model)), entry, 200, packed -> Dl4jModel.read(packed, shape, classes).close());
    }

    private void damage(final Map<String, byte[]> entries, final String entry, final int count, final Fuzz.Reader reader) throws Exception {
        final Path packed = Files.createDirectory(folder.resolve("packed")).resolve(NAME);
        final var mutants = new Mutants(15, List.of(entries.get(entry)));
        new Fuzz(folder, NAME).run(count, mutants, mutant -> {
            entries.put(entry, Files.readAllBytes(mutant));
            try (var zip = new ZipOutputStream(Files.newOutputStream(packed))) {
                for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(e.getKey()));
                    zip.write(e.getValue());
                }
            }
            reader.read(packed);
        }, IOException.class);
    }
}
