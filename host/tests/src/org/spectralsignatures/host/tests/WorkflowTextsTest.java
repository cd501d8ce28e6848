package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.generate.WorkflowGenerator;
import org.spectralsignatures.host.generate.WorkflowTextException;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.host.workflow.WorkflowReader;

/** The workflows in the tree are those that their texts make, byte for byte, and a text that makes none says in which line. */
class WorkflowTextsTest {

    private static final String SAVED_BY = "saved-by.properties";

    private static final EngineListener UNHEARD = new EngineListener() {
        @Override
        public void state(final WorkflowNode node, final NodeState state, final String message) {
            // the engine keeps what this test asks for
        }

        @Override
        public void progress(final WorkflowNode node, final double fraction, final String message) {
            // nothing runs
        }
    };

    @TempDir
    Path folder;

    @BeforeEach
    void properties() throws IOException {
        Files.copy(Run.WORKFLOWS.resolve(SAVED_BY), folder.resolve(SAVED_BY));
    }

    @TestFactory
    Stream<DynamicTest> textsMakeTheWorkflows() throws IOException {
        final var generator = new WorkflowGenerator(Run.WORKFLOWS);
        return generator.texts().stream().map(text -> DynamicTest.dynamicTest(Run.WORKFLOWS.relativize(text).toString(), () -> {
            final Map<Path, byte[]> files = generator.files(text);
            for (final var file : files.entrySet()) {
                assertArrayEquals(file.getValue(), Files.readAllBytes(file.getKey()), file.getKey() + " is not what its text makes: ./run -generate test-workflows");
            }
            assertEquals(List.of(), WorkflowGenerator.stale(text, files));
        }));
    }

    @Test
    void eachWorkflowHasItsText() throws IOException {
        try (Stream<Path> files = Files.walk(Run.WORKFLOWS)) {
            assertEquals(files.filter(f -> f.endsWith("workflow.knime")).map(Path::getParent).sorted().toList(),
                new WorkflowGenerator(Run.WORKFLOWS).texts().stream().map(WorkflowGenerator::folder).sorted().toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> idleNodesAreThoseThatCannotBeConfigured() throws IOException {
        return new WorkflowGenerator(Run.WORKFLOWS).texts().stream().map(text -> DynamicTest.dynamicTest(Run.WORKFLOWS.relativize(text).toString(), () -> {
            final Path place = WorkflowGenerator.folder(text);
            final Set<Integer> idle = new TreeSet<>();
            final Workflow workflow;
            try {
                workflow = WorkflowReader.read(place, folder, List.of(), List.of());
            } catch (WorkflowLoadException e) { // NOSONAR its states cannot be known here
                return;
            }
            final var engine = new WorkflowEngine(workflow, folder, UNHEARD);
            engine.configure();
            engine.nodes().stream().filter(n -> !engine.configured().contains(n)).forEach(n -> idle.add(n.id()));
            final Set<Integer> said = new TreeSet<>();
            for (final WorkflowNode node : engine.nodes()) {
                try (var in = Files.newInputStream(place.resolve(node.name() + " (#" + node.id() + ")").resolve("settings.xml"))) {
                    if (NodeSettings.loadFromXML(in).getString("state").equals("IDLE")) {
                        said.add(node.id());
                    }
                }
            }
            assertEquals(idle, said);
        }));
    }

    private Path text(final String lines) throws IOException {
        return Files.writeString(folder.resolve("Some.workflow"), lines);
    }

    private List<String> generate(final String lines) throws Exception {
        final Path text = text(lines);
        return new WorkflowGenerator(folder).generate(text).stream().map(f -> folder.relativize(f).toString().replace('\\', '/')).toList();
    }

    private NodeSettingsRO read(final String file) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(file))) {
            return NodeSettings.loadFromXML(in);
        }
    }

    @Test
    void whatTheTextSaysStandsInTheFiles() throws Exception {
        generate("""
            # a comment
            note 1,-2 30x40 #0000ff: two\\nlines, a \\\\
            variable LONG seed = 7

            3 Top-k Remover <- -, 5.2 @ 10,20 idle
                label: " blanks "
                count = 12
                epsilon = 0.20 <- share
                level <- level
            5 Top-k Remover @ 30,40
            """);
        final NodeSettingsRO canvas = read("Some/workflow.knime");
        final var note = canvas.getConfig("annotations").getConfig("annotation_0");
        assertEquals("two\nlines, a \\", note.getString("text"));
        assertEquals(-2, note.getInt("y-coordinate"));
        assertEquals(255, note.getInt("borderColor"));
        assertEquals(7, canvas.getConfig("workflow_variables").getConfig("Var_0").getLong("value"));
        assertEquals("IDLE", canvas.getString("state"));
        assertEquals(1, canvas.getConfig("connections").keySet().size());
        final var connection = canvas.getConfig("connections").getConfig("connection_0");
        assertEquals(List.of(5, 3, 2, 2), List.of(connection.getInt("sourceID"), connection.getInt("destID"), connection.getInt("sourcePort"), connection.getInt("destPort")));
        final NodeSettingsRO node = read("Some/Top-k Remover (#3)/settings.xml");
        assertEquals(" blanks ", node.getConfig("nodeAnnotation").getString("text"));
        assertEquals(12, node.getConfig("model").getInt("count"));
        assertEquals(0.2, node.getConfig("model").getDouble("epsilon"));
        assertEquals("share", node.getConfig("variables").getConfig("tree").getConfig("epsilon").getString("used_variable"));
        assertEquals(read("Some/Top-k Remover (#5)/settings.xml").getConfig("model").getDouble("level"), node.getConfig("model").getDouble("level"));
        assertEquals("level", node.getConfig("variables").getConfig("tree").getConfig("level").getString("used_variable"));
        assertEquals("CONFIGURED", read("Some/Top-k Remover (#5)/settings.xml").getString("state"));
    }

    @Test
    void onlyWhatChangesIsWritten() throws Exception {
        final String first = "1 Synthetic Image Generator @ 0,0\n2 ResNet Learner <- 1 @ 0,0\n";
        assertEquals(List.of("Some/ResNet Learner (#2)/settings.xml", "Some/Synthetic Image Generator (#1)/settings.xml", "Some/workflow.knime"), generate(first));
        assertEquals(List.of(), generate(first));
        assertEquals(List.of("Some/ResNet Learner (#2)/settings.xml"), generate(first + "    epochs = 3\n"));
        Files.createDirectories(folder.resolve("Some/images (#9)"));
        Files.createFile(folder.resolve("Some/images (#9)/settings.xml.txt"));
        assertEquals(List.of("Some/workflow.knime", "Some/ResNet Learner (#2)/settings.xml"), generate("1 Synthetic Image Generator @ 0,0\n"));
        assertTrue(Files.notExists(folder.resolve("Some/ResNet Learner (#2)")));
        assertTrue(Files.exists(folder.resolve("Some/images (#9)/settings.xml.txt")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1 No Such Node @ 0,0                                                       | line 1: no node 'No Such Node' is installed
        1 Top-k Remover @ 0,0;    nothing = 1                                      | line 2: the node 'Top-k Remover' has no setting 'nothing'
        1 Top-k Remover @ 0,0;    count/x = 1                                      | line 2: the node 'Top-k Remover' has no setting 'count/x'
        1 Top-k Remover @ 0,0;    count = many                                     | line 2: Config entry "count": "many" is no int.
        1 Top-k Remover @ 0,0;    perClass = yes                                   | line 2: 'yes' is neither true nor false.
        1 Top-k Remover @ 0,0;    count = 1;    count = 2                          | line 3: the setting 'count' comes twice
        1 Top-k Remover @ 0,0;    count                                            | line 2: expected a label or a setting, but found 'count'
        1 Top-k Remover @ 0,0;    label: a;    label: b                            | line 3: the node has a label already
        1 Top-k Remover @ 0,0;    label: C:\\x                                     | line 2: a backslash stands only before n or another backslash
        ;1 Top-k Remover <- 2 @ 0,0                                                | line 2: there is no node 2
        1 Top-k Remover <- x @ 0,0                                                 | line 1: 'x' is no output: write 3, or 3.2 for its second port, or - for no connection
        1 Top-k Remover @ 0,0;1 Top-k Remover @ 0,0                                | line 2: the number 1 is taken
        1 Top-k Remover                                                            | line 1: expected a note, a variable or a node, but found '1 Top-k Remover'
        variable FILE x = y                                                        | line 1: there is no type of variables 'FILE'
        9999999999 Top-k Remover @ 0,0                                             | line 1: the number 9999999999 is too large
        """)
    void aTextThatMakesNoWorkflowSaysWhere(final String lines, final String message) throws IOException {
        final Path text = text(lines.replace(";", "\n"));
        final var generator = new WorkflowGenerator(folder);
        assertEquals(message, assertThrows(WorkflowTextException.class, () -> generator.files(text)).getMessage());
        assertTrue(Files.notExists(folder.resolve("Some")));
    }

    @Test
    void theOptionWritesAllTexts() throws Exception {
        text("1 Synthetic Image Generator @ 0,0\n");
        final Run run = Run.of("-generate", folder.toString());
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertTrue(run.text().endsWith("1 workflows, 2 files changed." + System.lineSeparator()), run.text());
        assertTrue(Files.exists(folder.resolve("Some/workflow.knime")));
        text("1 Synthetic Image Generator\n");
        final Run wrong = Run.of("-generate", folder.toString());
        assertEquals(ExitCode.LOAD, wrong.code());
        assertTrue(wrong.text().contains("Some.workflow, line 1: expected a note"), wrong.text());
        assertEquals(ExitCode.USAGE, Run.of("-generate").code());
        assertEquals(ExitCode.USAGE, Run.of("-generate", folder.toString(), "-noexecute").code());
        Files.delete(folder.resolve(SAVED_BY));
        final Run without = Run.of("-generate", folder.toString());
        assertEquals(ExitCode.USAGE, without.code());
        assertTrue(without.text().contains(SAVED_BY), without.text());
    }
}
