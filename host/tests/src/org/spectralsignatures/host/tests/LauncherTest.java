package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.host.app.ExitCode;

/** The script {@code run} as a process: how it ends, and what it leaves. */
class LauncherTest {

    private static final Path ROOT = Path.of(System.getProperty("spectralsignatures.root"));

    private static final Path SMALL = Run.WORKFLOWS.resolve("nodes/Synthetic Image Generator");

    /** Of the test machine, which other work may slow down: the host itself gives a run 1.4 s to stop. */
    private static final long SECONDS = 20;

    @TempDir
    Path folder;

    private Path temporary() throws IOException {
        return Files.createDirectories(folder.resolve("tmp"));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Process start(final String options, final String... arguments) throws IOException {
        return start(ROOT, options, arguments);
    }

    private Process start(final Path root, final String options, final String... arguments) throws IOException {
        final var command = new ArrayList<>(List.of("sh", root.resolve("run").toString()));
        command.addAll(List.of(arguments));
        final var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        final Map<String, String> environment = builder.environment();
        environment.put("PATH", Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + environment.get("PATH"));
        environment.put("TMPDIR", temporary().toString());
        environment.put("SPECTRALSIGNATURES_JAVA_OPTS", options);
        return builder.start();
    }

    private String text() throws IOException {
        return Files.readString(log(), StandardCharsets.UTF_8);
    }

    private void waitFor(final String text) throws Exception {
        for (int i = 0; i < 600 && !text().contains(text); i++) {
            Thread.sleep(100);
        }
        assertTrue(text().contains(text), text());
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(temporary())) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    /** As long as it is asked for: two learners of the main workflow at 1000 epochs. */
    private Process startLong() throws Exception {
        final Process process = start("-Xmx1g", Run.WORKFLOWS.resolve("Spectral Signatures").toString(), "-option=4,epochs,1000,int", "-out",
            folder.resolve("out").toString());
        waitFor("start  ResNet Learner");
        return process;
    }

    @Test
    void aSignalReachesJavaAndNothingIsLeft() throws Exception {
        final Process process = startLong();
        final List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "still running");
        assertEquals(143, process.exitValue(), text());
        assertTrue(children.stream().noneMatch(ProcessHandle::isAlive), "Java still runs");
        assertEquals(List.of(), left());
        try (var files = Files.exists(folder.resolve("out")) ? Files.walk(folder.resolve("out")) : java.util.stream.Stream.<Path>empty()) {
            assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".part")).toList());
        }
    }

    @Test
    void javaEndsWithoutItsLauncherAndTheNextRunRemovesWhatTheDeadLeft() throws Exception {
        final Process process = startLong();
        final List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(SECONDS, TimeUnit.SECONDS);
        }
        assertEquals(List.of(), left());
        // of a dead process, of a living one, of nobody, of another machine
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        final String here = "host=" + Files.readString(Path.of("/proc/sys/kernel/hostname")).trim() + "\nspace=" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")) + "\n";
        owned("spectralsignatures-dead", here + "pid=" + dead.pid() + "\n");
        owned("spectralsignatures-alive", here + "pid=" + dead.pid() + "\n" + here + "pid=" + ProcessHandle.current().pid() + "\n");
        owned("spectralsignatures-elsewhere", "host=elsewhere\nspace=x\npid=" + dead.pid() + "\n");
        owned("another-dead", here + "pid=" + dead.pid() + "\n");
        Files.createDirectories(temporary().resolve("spectralsignatures-nobody"));
        assertEquals(0, start("-Xmx256m", SMALL.toString(), "-noexecute").waitFor(), text());
        assertEquals(List.of("another-dead", "spectralsignatures-alive", "spectralsignatures-elsewhere", "spectralsignatures-nobody"), left().stream().sorted().toList());
    }

    private void owned(final String name, final String owner) throws IOException {
        Files.writeString(Files.createDirectories(temporary().resolve(name)).resolve("owner"), owner);
        Files.writeString(temporary().resolve(name).resolve("data"), "large");
    }

    /** Java that does not start, bundles that cannot be found, and all is well. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"-Xmx9000000g | -1 | Java ended", "-Dosgi.bundles=none | -1 | ERROR", "-Xmx256m | 0 | Nothing was executed"})
    void everyEndHasItsStatusAndAWord(final String options, final int status, final String word) throws Exception {
        final int ended = start(options, SMALL.toString(), "-noexecute").waitFor();
        if (status == 0) {
            assertEquals(0, ended, text());
        } else {
            assertNotEquals(0, ended, text());
        }
        assertTrue(text().contains(word), text());
        assertEquals(List.of(), left());
    }

    /** What Equinox would take for itself, and letters that a terminal without a locale cannot show. */
    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        assertEquals(ExitCode.USAGE.code(), start("-Xmx256m", SMALL.toString(), "-clean").waitFor());
        assertTrue(text().contains("Unknown option '-clean'"), text());
        final Path out = folder.resolve("a b\u00e9\u6f22\"c");
        assertEquals(0, start("-Xmx256m", SMALL.toString(), "-out", out.toString(), "-option=1,classes,2,int").waitFor(), text());
        assertTrue(Files.exists(out.resolve("report.html")), text());
    }

    /** A checkout whose product is the real one, and whose only source is as old as the test says. */
    @Test
    void sourcesNewerThanTheBuildAreTold() throws Exception {
        final Path root = Files.createDirectories(folder.resolve("checkout"));
        Files.copy(ROOT.resolve("run"), root.resolve("run"));
        Files.createDirectories(root.resolve("host"));
        Files.createSymbolicLink(root.resolve("host/product"), ROOT.resolve("host/product"));
        final Path source = Files.createFile(Files.createDirectories(root.resolve("plugin/some/src")).resolve("Node.java"));
        final Path made = Files.createFile(Files.createDirectories(root.resolve("plugin/some/target")).resolve("Node.class"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        assertTrue(Files.getLastModifiedTime(made).toInstant().isAfter(Instant.EPOCH));
        assertEquals(0, start(root, "-Xmx256m", SMALL.toString(), "-noexecute").waitFor(), text());
        assertFalse(text().contains("older than"), text());
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals(0, start(root, "-Xmx256m", SMALL.toString(), "-noexecute").waitFor(), text());
        assertTrue(text().startsWith("NOTE   The build is older than plugin/some/src/Node.java and perhaps others: build anew with 'mvn"), text());
    }
}
