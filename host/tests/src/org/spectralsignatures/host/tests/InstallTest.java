package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.host.app.ExitCode;

/** Installs the update site as users do, by the p2 director, into an Equinox that has the host but not the extension. */
class InstallTest {

    private static final Path ROOT = Path.of(System.getProperty("spectralsignatures.root"));

    private static final String FEATURE = "org.spectralsignatures.feature.feature.group";

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("nodes/Predictor refuses images of another size");

    @TempDir
    Path folder;

    private record Ended(int code, String text) {
    }

    private Path bare() throws IOException {
        return Folders.copy(ROOT.resolve("host/product/target/products/org.spectralsignatures.bare/linux/gtk/x86_64"), folder.resolve("bare"));
    }

    private Ended run(final Path product, final String application, final String... options) throws Exception {
        final Path launcher;
        try (var plugins = Files.list(product.resolve("plugins"))) {
            launcher = plugins.filter(p -> p.getFileName().toString().startsWith("org.eclipse.equinox.launcher_")).findFirst().orElseThrow();
        }
        final var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true", "-jar",
            launcher.toString(), "-nosplash", "-data", "@none", "-application", application));
        command.addAll(List.of(options));
        final Path log = Files.createTempFile(folder, "run", ".log");
        final Process process = new ProcessBuilder(command).directory(product.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new Ended(process.waitFor(), Files.readString(log, StandardCharsets.UTF_8));
    }

    private Ended director(final Path product, final String... options) throws Exception {
        final var all = new ArrayList<>(List.of("-repository", ROOT.resolve("update-site/target/repository").toUri().toString()));
        all.addAll(List.of(options));
        return run(product, "org.eclipse.equinox.p2.director", all.toArray(String[]::new));
    }

    private Ended workflow(final Path product) throws Exception {
        return run(product, "org.spectralsignatures.host.batch", WORKFLOW.toString());
    }

    @Test
    void nodesAreFoundOnceInstalledAndGoneOnceRemoved() throws Exception {
        final Path product = bare();
        final Ended without = workflow(product);
        assertEquals(ExitCode.LOAD.code(), without.code, without.text);
        assertTrue(without.text.contains("MISSING ResNet Learner (#2)"), without.text);
        final Ended install = director(product, "-installIU", FEATURE);
        assertEquals(0, install.code, install.text);
        final Ended with = workflow(product);
        assertEquals(ExitCode.CONFIGURE.code(), with.code, with.text);
        final Ended remove = director(product, "-uninstallIU", FEATURE);
        assertEquals(0, remove.code, remove.text);
        assertEquals(ExitCode.LOAD.code(), workflow(product).code);
    }

    @Test
    void refusedWithoutKnime() throws Exception {
        final Path product = bare();
        final Path empty = folder.resolve("empty");
        final Ended install = director(product, "-installIU", FEATURE, "-destination", empty.toString(), "-profile", "empty");
        assertNotEquals(0, install.code);
        assertTrue(install.text.contains("Missing requirement") && install.text.contains("org.knime."), install.text);
    }
}
