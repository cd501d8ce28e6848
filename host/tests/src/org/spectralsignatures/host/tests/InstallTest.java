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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.host.app.ExitCode;

/** Installs the update site as users do, by the p2 director, into an Equinox that has the host but not the extension. */
class InstallTest {

    private static final Path ROOT = Path.of(System.getProperty("spectralsignatures.root"));

    private static final Path SITE = ROOT.resolve("update-site/target/repository");

    private static final Path PRODUCT = ROOT.resolve("host/product/target");

    private static final String DIRECTOR = "org.eclipse.equinox.p2.director";

    private static final String FEATURE = "org.spectralsignatures.feature.feature.group";

    private static final String CUDA = FEATURE.replace(".feature.feature", ".cuda.feature.feature");

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("nodes/Predictor refuses images of another size");

    @TempDir
    Path folder;

    private record Ended(int code, String text) {
    }

    private Path bare() throws IOException {
        return Folders.copy(PRODUCT.resolve("products/org.spectralsignatures.bare/linux/gtk/x86_64"), folder.resolve("bare"));
    }

    private Ended run(final Path product, final String application, final String... options) throws Exception {
        return run(product, Map.of(), application, options);
    }

    private Ended run(final Path product, final Map<String, String> environment, final String application, final String... options) throws Exception {
        final Path launcher;
        try (var plugins = Files.list(product.resolve("plugins"))) {
            launcher = plugins.filter(p -> p.getFileName().toString().startsWith("org.eclipse.equinox.launcher_")).findFirst().orElseThrow();
        }
        final var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true", "-jar",
            launcher.toString(), "-nosplash", "-data", "@none", "-application", application));
        command.addAll(List.of(options));
        final Path log = Files.createTempFile(folder, "run", ".log");
        final var builder = new ProcessBuilder(command).directory(product.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        final Process process = builder.start();
        return new Ended(process.waitFor(), Files.readString(log, StandardCharsets.UTF_8));
    }

    private Ended director(final Path product, final String... options) throws Exception {
        return directorFrom(SITE, product, options);
    }

    private Ended directorFrom(final Path site, final Path product, final String... options) throws Exception {
        final var all = new ArrayList<>(List.of("-repository", site.toUri() + "," + PRODUCT.resolve("repository").toUri()));
        all.addAll(List.of(options));
        return run(product, DIRECTOR, all.toArray(String[]::new));
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
        assertEquals(Set.of(), bundles(product));
    }

    /** Without it the rest works, and the Network Reader says what to install. */
    @Test
    void onnxIsAFeatureOfItsOwn() throws Exception {
        final Path product = bare();
        final Ended install = director(product, "-installIU", FEATURE);
        assertEquals(0, install.code, install.text);
        final String reader = Run.WORKFLOWS.resolve("nodes/Network Reader").toString();
        final Ended without = run(product, "org.spectralsignatures.host.batch", reader);
        assertEquals(ExitCode.CONFIGURE.code(), without.code, without.text);
        assertTrue(without.text.contains("Install 'Spectral Signatures for KNIME, ONNX' from the update site"), without.text);
        final Ended more = director(product, "-installIU", FEATURE.replace(".feature.feature", ".onnx.feature.feature"));
        assertEquals(0, more.code, more.text);
        final Ended with = run(product, "org.spectralsignatures.host.batch", reader);
        assertEquals(0, with.code, with.text);
    }

    /** It stands beside the other engine, says what is missing on this machine, and goes alone. */
    @Test
    void cudaIsAFeatureOfItsOwn() throws Exception {
        final Path product = bare();
        final Ended install = director(product, "-installIU", FEATURE + "," + CUDA);
        assertEquals(0, install.code, install.text);
        final String version = SiteCopy.version(SITE);
        final Set<String> cuda = Set.of("org.spectralsignatures.engine.cuda " + version, "org.spectralsignatures.engine.cuda.linux.x86_64 " + version);
        final Set<String> all = bundles(product);
        assertTrue(all.containsAll(cuda), all.toString());
        final String scorer = Run.WORKFLOWS.resolve("nodes/Spectral Signature Scorer").toString();
        final Ended wished = run(product, "org.spectralsignatures.host.batch", scorer, "-option=3,device,GPU,String");
        assertEquals(0, wished.code, wished.text);
        final String note = "Computed on the CPU: ";
        final String missing = wished.text.lines().filter(line -> line.contains(note)).findFirst().map(line -> line.substring(line.indexOf(note) + note.length())).orElse("");
        final Ended told = run(product, "org.spectralsignatures.host.batch", scorer, "-engine", "cuda");
        assertEquals(missing.isEmpty() ? 0 : ExitCode.EXECUTION.code(), told.code, told.text); // empty where there is a graphics processor
        assertTrue(told.text.lines().anyMatch(line -> line.endsWith(missing)), told.text); // one sentence, and nothing behind it
        assertTrue(!missing.contains("is installed"), missing);
        assertFolderOfThePreference(product, scorer);
        final Ended remove = director(product, "-uninstallIU", CUDA);
        assertEquals(0, remove.code, remove.text);
        assertEquals(all.stream().filter(bundle -> !cuda.contains(bundle)).collect(Collectors.toSet()), bundles(product));
        final Ended without = run(product, "org.spectralsignatures.host.batch", scorer, "-engine", "cuda");
        assertTrue(without.text.contains("There is no engine 'cuda'") && without.text.contains("Installed are: cpu."), without.text);
        final Ended collect = run(product, "org.eclipse.equinox.p2.garbagecollector.application");
        assertEquals(0, collect.code, collect.text);
        for (String place : List.of("features", "plugins")) {
            try (var files = Files.list(product.resolve(place))) {
                assertEquals(List.of(), files.map(f -> f.getFileName().toString()).filter(f -> f.contains("cuda")).toList());
            }
        }
    }

    /** It is looked at before anything native is called, so that a driver of no bytes will do. */
    private void assertFolderOfThePreference(final Path product, final String workflow) throws Exception {
        final Path driver = Files.createDirectories(folder.resolve("driver"));
        Files.createFile(driver.resolve("libcuda.so.1"));
        final Path preferences = Files.writeString(folder.resolve("cuda.epf"), """
            file_export_version=3.0
            /instance/org.spectralsignatures.engine.cuda/libraries=/no/such/folder
            """);
        final Ended told = run(product, Map.of("LD_LIBRARY_PATH", driver.toString(), "SPECTRALSIGNATURES_CUDA_PATH", ""), "org.spectralsignatures.host.batch", workflow,
            "-engine", "cuda", "-preferences=" + preferences);
        assertEquals(ExitCode.EXECUTION.code(), told.code, told.text);
        assertTrue(told.text.contains("The folder '/no/such/folder' that the preference org.spectralsignatures.engine.cuda/libraries names does not exist"), told.text);
    }

    /** @return name and version of our bundles that a product starts with */
    private static Set<String> bundles(final Path product) throws IOException {
        try (var lines = Files.lines(product.resolve("configuration/org.eclipse.equinox.simpleconfigurator/bundles.info"))) {
            return lines.map(l -> l.split(",")).filter(b -> b[0].matches("org\\.spectralsignatures(\\.nodes|\\.engine.*|\\.parquet|\\.dl4j.*)?"))
                .map(b -> b[0] + " " + b[1]).collect(Collectors.toSet());
        }
    }

    @Test
    void updateReplacesWhatIsNew() throws Exception {
        final Path product = bare();
        final Path site = SiteCopy.light(SITE, folder.resolve("light"));
        final String version = SiteCopy.version(SITE);
        final Ended install = directorFrom(site, product, "-installIU", FEATURE);
        assertEquals(0, install.code, install.text);
        final Path newer = SiteCopy.update(site, folder.resolve("newer"), "1.0.1.later");
        final Ended update = directorFrom(newer, product, "-uninstallIU", FEATURE + "/" + version, "-installIU", FEATURE);
        assertEquals(0, update.code, update.text);
        assertEquals(Set.of("org.spectralsignatures 1.0.1.later", "org.spectralsignatures.engine.cpu 1.0.1.later",
            "org.spectralsignatures.nodes 1.0.1.later", "org.spectralsignatures.parquet " + version,
            "org.spectralsignatures.dl4j " + version, "org.spectralsignatures.dl4j.linux.x86_64 " + version), bundles(product));
        final Ended remove = director(product, "-uninstallIU", FEATURE);
        assertEquals(0, remove.code, remove.text);
        assertEquals(Set.of(), bundles(product));
        // files go when p2 next collects what nothing uses
        final Ended collect = run(product, "org.eclipse.equinox.p2.garbagecollector.application");
        assertEquals(0, collect.code, collect.text);
        for (String place : List.of("features", "plugins")) {
            try (var files = Files.list(Files.createDirectories(product.resolve(place)))) {
                assertEquals(List.of(), files.map(f -> f.getFileName().toString())
                    .filter(f -> f.startsWith("org.spectralsignatures") && !f.startsWith("org.spectralsignatures.host_")).toList());
            }
        }
    }

    /** What the site's metadata make of KNIME on each platform; sources come along without a platform. */
    @ParameterizedTest
    @CsvSource({"win32,win32,x86_64", "macosx,cocoa,x86_64", "macosx,cocoa,aarch64"})
    void eachPlatformGetsItsLibraries(final String os, final String windows, final String processor) throws Exception {
        final Path site = SiteCopy.light(SITE, folder.resolve("light"));
        final Path pool = folder.resolve("pool");
        final Ended install = directorFrom(site, bare(), "-installIU", FEATURE + "," + CUDA + "," + FEATURE.replace(".feature.group", ".source.feature.group"),
            "-destination", folder.resolve("knime").toString(), "-profile", "knime", "-bundlepool", pool.toString(), "-p2.os", os, "-p2.ws", windows,
            "-p2.arch", processor);
        assertEquals(0, install.code, install.text);
        try (var plugins = Files.list(pool.resolve("plugins"))) {
            final Set<String> found = plugins.map(p -> p.getFileName().toString().replaceFirst("_1\\.0\\.0\\..*", "")).filter(n -> n.startsWith("org.spectralsignatures"))
                .collect(Collectors.toSet());
            assertTrue(found.remove("org.spectralsignatures.engine.cuda"), found.toString());
            assertEquals(os.equals("win32"), found.remove("org.spectralsignatures.engine.cuda." + os + "." + processor), found.toString());
            assertEquals(Set.of("org.spectralsignatures", "org.spectralsignatures.engine.cpu", "org.spectralsignatures.nodes", "org.spectralsignatures.dl4j",
                "org.spectralsignatures.dl4j." + os + "." + processor, "org.spectralsignatures.source", "org.spectralsignatures.engine.cpu.source",
                "org.spectralsignatures.nodes.source", "org.spectralsignatures.parquet", "org.spectralsignatures.parquet.source",
                "org.spectralsignatures.dl4j.source"), found);
        }
    }

    /** What KNIME's Install dialog and its search for updates read. */
    @Test
    void siteDescribesItself() throws Exception {
        final String content;
        try (var jar = new ZipFile(SITE.resolve("content.jar").toFile())) {
            content = new String(jar.getInputStream(jar.getEntry("content.xml")).readAllBytes(), StandardCharsets.UTF_8);
        }
        final String version = SiteCopy.version(SITE);
        for (String text : List.of("<update id='" + FEATURE + "' range='[0.0.0," + version + ")'", "Apache License, Version 2.0", "Copyright 2026",
            "Spectral Signatures in Backdoor Attacks", "name='org.eclipse.equinox.p2.type.category' value='true'",
            "name='org.knime.core' range='[5.8.0,6.0.0)'", "name='org.knime.core.ui' range='[5.8.0,6.0.0)'")) {
            assertTrue(content.contains(text), text);
        }
    }

    @Test
    void refusedWithoutKnime() throws Exception {
        final Path product = bare();
        final Path empty = folder.resolve("empty");
        final Ended install = run(product, DIRECTOR, "-repository", SITE.toUri().toString(), "-installIU", FEATURE, "-destination", empty.toString(),
            "-profile", "empty");
        assertNotEquals(0, install.code);
        assertTrue(install.text.contains("Missing requirement") && install.text.contains("org.knime."), install.text);
    }
}
