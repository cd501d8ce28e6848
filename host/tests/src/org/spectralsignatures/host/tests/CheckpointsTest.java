package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObjectSpec;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.host.workflow.WorkflowReader;
import org.spectralsignatures.host.workflow.WorkflowReader.SettingOverride;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/** The ResNet Learner is interrupted and goes on; which trainings can do so is tested in the library. */
class CheckpointsTest {

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("nodes/ResNet Learner with checkpoints");

    private static final String LEARNER = "ResNet Learner (#2)";

    private static final String HISTORY = "Training history";

    private static final List<String> MEASURES = List.of("Epoch", "Learning rate", "Loss", "Accuracy", "Validation loss", "Validation accuracy");

    @TempDir
    Path folder;

    private Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    private String[] intoFolder(final String... more) {
        final var options = new ArrayList<>(List.of("-option=2,checkpointPlace,FOLDER,String", "-option=2,checkpointFolder," + checkpoints() + ",String"));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    private static SettingOverride set(final String key, final String value, final String type) {
        return new SettingOverride(2, key, WorkflowVariable.parse(key, value, type));
    }

    /** Cancels the learner after so many steps. */
    private void cancel(final int steps) throws Exception {
        final Workflow workflow = WorkflowReader.read(WORKFLOW, folder, List.of(),
            List.of(set("checkpointPlace", "FOLDER", "String"), set("checkpointFolder", checkpoints().toString(), "String")));
        final var engine = new WorkflowEngine[1];
        final var done = new AtomicInteger();
        final var cancelled = new AtomicInteger();
        final var listener = new EngineListener() {
            @Override
            public void state(final WorkflowNode node, final NodeState state, final String message) {
                cancelled.addAndGet(state == NodeState.CANCELLED ? 1 : 0);
            }

            @Override
            public void progress(final WorkflowNode node, final double fraction, final String message) {
                if (message != null && message.startsWith("Epoch ") && done.incrementAndGet() == steps) {
                    engine[0].cancel();
                }
            }
        };
        engine[0] = new WorkflowEngine(workflow, folder.resolve("filestores"), listener);
        assertTrue(engine[0].configure());
        assertFalse(engine[0].execute());
        assertEquals(1, cancelled.get());
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(checkpoints())) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> measures(final List<CSVRecord> rows) {
        return rows.stream().map(row -> String.join(",", MEASURES.stream().map(row::get).toList())).toList();
    }

    @Test
    void aCancelledNodeGoesOnAndSaysWhere() throws Exception {
        final Run whole = Run.of(WORKFLOW, folder.resolve("whole"), intoFolder());
        assertEquals(ExitCode.SUCCESS, whole.code(), whole.text());
        assertFalse(Files.exists(checkpoints()), "made for the training, and gone with it");
        cancel(7);
        assertTrue(files().stream().allMatch(f -> f.matches("ResNet-Learner-2-[0-9a-f]{16}\\.[12]\\.checkpoint")), files().toString());
        assertEquals(2, files().size(), files().toString());
        final Run resumed = Run.of(WORKFLOW, folder.resolve("resumed"), intoFolder());
        assertEquals(ExitCode.SUCCESS, resumed.code(), resumed.text());
        assertEquals(List.of(), files());
        final List<CSVRecord> history = resumed.table(LEARNER, HISTORY);
        assertEquals(measures(whole.table(LEARNER, HISTORY)), measures(history));
        assertTrue(whole.table(LEARNER, HISTORY).stream().allMatch(row -> row.get("Resumed").isEmpty()));
        for (CSVRecord row : history) {
            assertTrue(row.get("Resumed").matches(row.get("Epoch").equals("4")
                ? "resumed at epoch 4, after step 1, from a checkpoint of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d" : ""), row.toString());
        }
        assertTrue(Files.readString(folder.resolve("resumed/report.html")).contains("resumed at epoch 4, after step 1"), "the view tells it");
    }

    @Test
    void otherSettingsAreRefusedByNameOrSaidToBeginAnew() throws Exception {
        cancel(3);
        final String file = files().get(0);
        final Run refused = Run.of(WORKFLOW, folder.resolve("refused"), intoFolder("-option=2,seed,2,long"));
        assertEquals(ExitCode.EXECUTION, refused.code(), refused.text());
        final String told = refused.text().replaceAll("\\s+", " ");
        assertTrue(told.contains("There is a checkpoint of another training, from which this one cannot go on: '" + checkpoints().resolve(file)), refused.text());
        assertTrue(told.contains("it differs in: seed (1 there, 2 here); seed of the first weights (1 there, 2 here)"), refused.text());
        final Run kept = Run.of(WORKFLOW, folder.resolve("kept"), intoFolder("-option=2,seed,2,long", "-option=2,otherCheckpoints,KEEP,String"));
        assertEquals(ExitCode.SUCCESS, kept.code(), kept.text());
        assertTrue(kept.text().replaceAll("\\s+", " ").contains("The training does not go on from a checkpoint of another one, which was kept: '"), kept.text());
        assertEquals(List.of(file), files());
        final Run deleted = Run.of(WORKFLOW, folder.resolve("deleted"), intoFolder("-option=2,seed,2,long", "-option=2,otherCheckpoints,DELETE,String"));
        assertEquals(ExitCode.SUCCESS, deleted.code(), deleted.text());
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "checkpointEpochs | -1 | 'Epochs between checkpoints' is -1, but must be 0 or more.",
        "checkpointMinutes | -5 | 'Minutes between checkpoints' is -5, but must be 0 or more.",
        "checkpointPlace | FOLDER | 'Folder for checkpoints' is empty, but must be the path of a folder.",
        "checkpointEpochs | 0 | Checkpoints are written every so many epochs or minutes: one of the two must be at least 1, and none below 0, not 0 and 0."})
    void wrongSettingsAreNamed(final String key, final String value, final String message) throws Exception {
        final var settings = new HashMap<String, Object>(Map.of("checkpoints", true, key, value));
        settings.putIfAbsent("checkpointMinutes", 0);
        final var images = NodeRun.node("synthetic.SyntheticImageGeneratorNodeFactory", Map.of()).configure(new PortObjectSpec[0]);
        final var error = assertThrows(InvalidSettingsException.class,
            () -> NodeRun.configure(NodeRun.node("learner.ResNetLearnerNodeFactory", settings), images[0]));
        assertEquals(message, error.getMessage());
    }

    /** A copy in the folder for temporary files, as a workflow from an archive is one. */
    @Test
    void aWorkflowThatMayGoIsWarnedOf() throws Exception {
        final Path copy = folder.resolve("copy");
        Folders.copy(WORKFLOW, copy);
        final Run run = Run.of(copy, folder.resolve("out"), "-option=2,checkpointPlace,WORKFLOW,String");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertTrue(run.text().replaceAll("\\s+", " ").contains("The workflow lies in the folder for temporary files ('"), run.text());
        assertTrue(Files.isDirectory(copy.resolve("data")));
        assertFalse(Files.exists(copy.resolve("data/checkpoints")));
    }
}
