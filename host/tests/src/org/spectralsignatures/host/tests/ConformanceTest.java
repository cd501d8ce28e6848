package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host declares what KNIME declares: its sources against the committed signatures of KNIME, by the program that also renews those. */
class ConformanceTest {

    private static final Path HOST = Path.of(System.getProperty("spectralsignatures.root"), "host");

    private static final String CONFIG = "org.knime.core/api/org/knime/core/node/config/Config.java";

    private static final String DEVIATIONS = "conformance/deviations.txt";

    @TempDir
    static Path classes;

    @TempDir
    Path folder;

    private record Checked(int status, String text) {
    }

    /** The program runs outside of this framework, as a user runs it: it needs the compiler's classes, which no bundle imports. */
    @BeforeAll
    static void compile() throws Exception {
        final var sources = new ArrayList<String>();
        try (Stream<Path> files = Files.list(HOST.resolve("conformance"))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(sources::add);
        }
        sources.addAll(0, List.of("-d", classes.toString()));
        final Checked compiled = run("javac", sources);
        assertEquals(0, compiled.status(), compiled.text());
    }

    private static Checked run(final String program, final List<String> arguments) throws Exception {
        final var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", program).toString()));
        command.addAll(arguments);
        final Path log = Files.createTempFile(classes, program, ".log");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new Checked(process.waitFor(), Files.readString(log, StandardCharsets.UTF_8));
    }

    private static Checked check(final Path host) throws Exception {
        return run("java", List.of("-Dstdout.encoding=UTF-8", "-cp", classes.toString(), "Conformance", "check", host.toString()));
    }

    private Path copy() throws IOException {
        final Path host = Files.createDirectory(folder.resolve("host"));
        Folders.copy(HOST.resolve("conformance"), host.resolve("conformance"));
        Folders.copy(HOST.resolve("org.knime.core/api"), Files.createDirectory(host.resolve("org.knime.core")).resolve("api"));
        Folders.copy(HOST.resolve("org.knime.core.ui/api"), Files.createDirectory(host.resolve("org.knime.core.ui")).resolve("api"));
        return host;
    }

    private static void replace(final Path file, final String old, final String changed) throws IOException {
        final String text = Files.readString(file);
        assertTrue(text.contains(old), old);
        Files.writeString(file, text.replace(old, changed));
    }

    @Test
    void theHostDeclaresWhatKnimeDeclares() throws Exception {
        final Checked checked = check(HOST);
        assertEquals(0, checked.status(), checked.text());
        assertTrue(checked.text().matches("(?s)[12]\\d\\d types, [6-9]\\d\\d members: \\d+ deviations listed, 0 other differences\\R"), checked.text());
    }

    @Test
    void eachDifferenceIsNamed() throws Exception {
        final Path host = copy();
        replace(host.resolve(CONFIG), "public final Config getConfig(final String key) throws InvalidSettingsException",
            "public Config getConfig(final String key)");
        replace(host.resolve("org.knime.core/api/org/knime/core/data/BoundedValue.java"), "interface BoundedValue extends DataValue",
            "interface BoundedValue extends Runnable");
        replace(host.resolve("org.knime.core.ui/api/org/knime/node/parameters/widget/number/NumberInputWidgetValidation.java"), "return 0;",
            "return 0; } public int more() { return 1;");
        final Checked checked = check(host);
        assertEquals(1, checked.status());
        assertTrue(checked.text().contains("""
            org.knime.core.node.config.Config#getConfig(String)
                host:  public Config getConfig(String)
                KNIME: public final Config getConfig(String) throws InvalidSettingsException
            """), checked.text());
        assertTrue(checked.text().contains("host:  public interface BoundedValue extends Runnable"), checked.text());
        assertTrue(checked.text().contains("#more()\n    host:  public int more()\n    KNIME: has none that knime.signatures knows"), checked.text());
    }

    @Test
    void aDeviationThatIsGoneIsNamed() throws Exception {
        final Path host = copy();
        replace(host.resolve(DEVIATIONS), "public String warning()", "public int warning()");
        final Checked checked = check(host);
        assertEquals(1, checked.status());
        assertTrue(checked.text().contains("org.knime.core.node.Node#warning() : public int warning()\n    is listed in deviations.txt, but"),
            checked.text());
        assertTrue(checked.text().contains("org.knime.core.node.Node#warning()\n    host:  public String warning()"), checked.text());
    }

    @Test
    void aMemberThatIsGoneIsNamed() throws Exception {
        final Path host = copy();
        replace(host.resolve(CONFIG), "public abstract Config getInstance", "abstract Config getInstance");
        final Checked checked = check(host);
        assertEquals(1, checked.status());
        assertTrue(checked.text().contains("org.knime.core.node.config.Config#getInstance(String)\n    is no longer in the host"), checked.text());
    }
}
