package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.host.app.BatchApplication;
import org.spectralsignatures.host.app.BatchOptions;
import org.spectralsignatures.host.app.ExitCode;

/** Where results go: tried before anything runs, without old results, and nothing but results is touched. */
class ResultsFolderTest {

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("nodes/Synthetic Image Generator");

    @TempDir
    Path folder;

    private static Run run(final String... arguments) {
        final var bytes = new ByteArrayOutputStream();
        final ExitCode code = new BatchApplication().run(List.of(arguments), new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        return new Run(code, bytes.toString(StandardCharsets.UTF_8), null);
    }

    @Test
    void oldResultsGoAndOtherFilesStay() throws Exception {
        final Path out = folder.resolve("out");
        final Path other = Files.createDirectories(out.resolve("Old Node (#9)"));
        Files.writeString(other.resolve("mine.txt"), "kept");
        assertEquals(ExitCode.SUCCESS, Run.of(Run.WORKFLOWS.resolve("nodes/Backdoor Injector"), out).code());
        assertTrue(Files.exists(out.resolve("Backdoor Injector (#2)/Poisoned images.csv")));
        Files.writeString(out.resolve("Backdoor Injector (#2)/notes.txt"), "kept");
        // a list that names files elsewhere
        Files.writeString(folder.resolve("outside.txt"), "kept");
        Files.createSymbolicLink(out.resolve("link"), folder);
        Files.writeString(out.resolve("results.list"), Files.readString(out.resolve("results.list")) + "../outside.txt\nlink/outside.txt\n" + folder.resolve("outside.txt") + "\n");
        final Run again = Run.of(WORKFLOW, out);
        assertEquals(ExitCode.SUCCESS, again.code(), again.text());
        assertTrue(again.text().contains("NOTE   removed "), again.text());
        assertTrue(again.text().contains("no run listed as its own"), again.text());
        assertFalse(Files.exists(out.resolve("Backdoor Injector (#2)/Poisoned images.csv")));
        assertFalse(Files.exists(out.resolve("Trigger Applier (#4)")), "empty folders go, too");
        assertTrue(Files.exists(out.resolve("Synthetic Image Generator (#1)/Training images.csv")) && Files.exists(out.resolve("report.html")));
        for (Path kept : List.of(other.resolve("mine.txt"), out.resolve("Backdoor Injector (#2)/notes.txt"), folder.resolve("outside.txt"))) {
            assertEquals("kept", Files.readString(kept));
        }
    }

    @Test
    void aRunThatCannotStartLeavesOldResultsAlone() throws Exception {
        final Path out = folder.resolve("out");
        assertEquals(ExitCode.SUCCESS, Run.of(WORKFLOW, out).code());
        assertEquals(ExitCode.CONFIGURE, Run.of(WORKFLOW, out, "-option=1,classes,1000,int").code());
        assertTrue(Files.exists(out.resolve("Synthetic Image Generator (#1)/Training images.csv")));
    }

    @Test
    void aGridIsNotMixedWithARun() throws Exception {
        final Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("grid.properties"), "");
        final Run run = Run.of(WORKFLOW, out);
        assertEquals(ExitCode.USAGE, run.code(), run.text());
        assertTrue(run.errors().get(0).contains("holds the results of a grid"), run.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-out=FILE", "-out=FILE/x/y", "-out=/proc/none", "-destDir=FILE", "-destDir=FILE/x", "-destDir=/proc/none/x", "-destFile=FILE/x.knwf",
        "-destFile=FILE.knwf", "-out=a\u0000b", "-grid=FILE -out=FILE/x"})
    void placesAreTriedBeforeAnythingRuns(final String options) throws Exception {
        Files.writeString(folder.resolve("file"), "a,b\n");
        Files.writeString(folder.resolve("file.knwf"), "");
        final var arguments = new ArrayList<>(List.of(WORKFLOW.toString()));
        for (String option : options.split(" ")) {
            arguments.add(option.replace("FILE", folder.resolve("file").toString()));
        }
        final Run run = run(arguments.toArray(String[]::new));
        assertEquals(ExitCode.USAGE, run.code(), run.text());
        assertEquals(1, run.errors().size(), run.text());
        assertTrue(run.errors().get(0).contains("'"), "names the place: " + run.text());
        assertFalse(run.text().contains("start "), run.text());
        assertFalse(run.text().contains("Workflow"), run.text());
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "nothing is left there");
        }
    }

    @Test
    void theWorkflowIsNotSavedAmongItsResults() throws IOException {
        final Run run = run(WORKFLOW.toString(), "-out", folder.resolve("a").toString(), "-destDir=" + folder.resolve("a/w"));
        assertEquals(ExitCode.USAGE, run.code(), run.text());
        assertTrue(run.errors().get(0).contains("choose places apart"), run.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-help", "--help", "-h"})
    void helpIsShown(final String option) {
        assertEquals(new Run(ExitCode.SUCCESS, BatchOptions.USAGE, null), run(option));
        assertEquals(new Run(ExitCode.SUCCESS, BatchOptions.USAGE, null), run(WORKFLOW.toString(), option));
    }
}
