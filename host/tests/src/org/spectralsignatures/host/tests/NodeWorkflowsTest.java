package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.workflow.NodeRegistry;

/** Runs each workflow of {@code test-workflows/nodes} and compares what its nodes make and say with its folder {@code expected}. */
class NodeWorkflowsTest {

    private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build();

    @TempDir
    Path folder;

    private static List<Path> workflows() throws IOException {
        try (var folders = Files.list(Run.WORKFLOWS.resolve("nodes"))) {
            return folders.filter(f -> Files.exists(f.resolve("workflow.knime"))).sorted().toList();
        }
    }

    private static List<CSVRecord> records(final Path file) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (var csv = CSVParser.parse(file, StandardCharsets.UTF_8, CSV)) {
            return csv.getRecords();
        }
    }

    private static List<ExpectedTable> tables(final Path workflow) throws IOException {
        return records(workflow.resolve("expected/tables.csv")).stream().map(ExpectedTable::of).toList();
    }

    private static List<ExpectedMessage> messages(final Path workflow) throws IOException {
        return records(workflow.resolve("expected/messages.csv")).stream().map(ExpectedMessage::of).toList();
    }

    @TestFactory
    Stream<DynamicTest> workflowsDoAsExpected() throws IOException {
        return workflows().stream().map(workflow -> DynamicTest.dynamicTest(workflow.getFileName().toString(), () -> check(workflow)));
    }

    private void check(final Path workflow) throws Exception {
        final List<ExpectedTable> tables = tables(workflow);
        final List<ExpectedMessage> messages = messages(workflow);
        final Run run = Run.of(workflow, folder.resolve(workflow.getFileName()));
        assertEquals(ExpectedMessage.code(messages), run.code(), run.text());
        final String[] said = ExpectedMessage.lines(run.text());
        assertEquals(messages.size(), said.length, run.text());
        for (ExpectedMessage message : messages) {
            assertTrue(Arrays.stream(said).anyMatch(l -> message.line().matcher(l).matches()), () -> message + "\n" + run.text());
        }
        for (ExpectedTable table : tables) {
            try (var expected = CSVParser.parse(workflow.resolve("expected").resolve(table.file()), StandardCharsets.UTF_8, CSV)) {
                table.compare(expected, run);
            }
        }
    }

    /** The same tests for KNIME's own framework, in {@code host/tests/target/testflows}; the node that they add is all that the host misses. */
    @Test
    void testflowsForKnime() throws Exception {
        final Path target = Run.WORKFLOWS.resolveSibling("host").resolve("tests/target/testflows");
        Folders.delete(target);
        int written = 0;
        for (Path workflow : workflows()) {
            final List<ExpectedMessage> messages = messages(workflow);
            final Path testflow = target.resolve(workflow.getFileName());
            Testflow.write(workflow, messages, testflow);
            final Run run = Run.of(testflow, folder.resolve("out"));
            assertEquals(ExitCode.LOAD, run.code(), run.text());
            assertEquals(1, run.errors().size(), run.text());
            assertTrue(run.errors().get(0).startsWith("ERROR  MISSING Testflow Configuration"), run.text());
            written++;
        }
        assertTrue(written > 0);
    }

    /** No workflow goes untested, and no expected table lies about unread. */
    @Test
    void everyWorkflowSaysWhatToExpect() throws IOException {
        for (Path workflow : workflows()) {
            final var listed = new TreeSet<String>(tables(workflow).stream().map(ExpectedTable::file).toList());
            assertTrue(!listed.isEmpty() || !messages(workflow).isEmpty(), workflow.toString());
            try (var files = Files.list(workflow.resolve("expected"))) {
                final var present = new TreeSet<String>(files.map(f -> f.getFileName().toString()).toList());
                present.removeAll(List.of("tables.csv", "messages.csv"));
                assertEquals(listed, present, workflow.toString());
            }
        }
    }

    /** Each node does its work in a workflow that carries its name. */
    @Test
    void everyNodeHasAWorkflow() throws Exception {
        final var names = new TreeSet<String>(workflows().stream().map(w -> w.getFileName().toString()).toList());
        for (IConfigurationElement node : Platform.getExtensionRegistry().getConfigurationElementsFor("org.knime.workbench.repository.nodes")) {
            final String name = NodeRegistry.find(node.getAttribute("factory-class")).getNodeName();
            assertTrue(names.contains(name), name);
        }
    }
}
