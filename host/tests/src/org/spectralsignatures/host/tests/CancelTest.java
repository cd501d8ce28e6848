package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.host.workflow.WorkflowReader;
import org.spectralsignatures.host.workflow.WorkflowReader.SettingOverride;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/** Each long node stops soon after it is cancelled and leaves no complete or partial file of its own. */
class CancelTest {

    private static final long LIMIT_NANOS = 3_000_000_000L;

    @TempDir
    Path folder;

    private static SettingOverride set(final int node, final String key, final String value) {
        return new SettingOverride(node, key, WorkflowVariable.parse(key, value, "int"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 10})
    void nodeStopsSoonAfterItsFirstProgress(final int id) throws Exception {
        stops(id, false);
    }

    /** These have nothing to report, or read tables before they do. */
    @ParameterizedTest
    @ValueSource(ints = {7, 10})
    void nodeStopsSoonAfterItsStart(final int id) throws Exception {
        stops(id, true);
    }

    private void stops(final int id, final boolean atStart) throws Exception {
        final Workflow workflow = WorkflowReader.read(Run.WORKFLOWS.resolve("Spectral Signatures"), folder, List.of(),
            List.of(set(1, "imagesPerClass", id == 4 ? "200" : "150"), set(1, "testImagesPerClass", "150"), set(4, "epochs", id == 4 ? "100" : "1"),
                set(8, "epochs", "1"), set(9, "epochs", "1"),
                set(5, "batchSize", "20"), set(10, "batchSize", "10")));
        final var engine = new WorkflowEngine[1];
        final Map<Integer, NodeState> states = new ConcurrentHashMap<>();
        final var cancelled = new AtomicLong();
        final var listener = new EngineListener() {
            @Override
            public void state(final WorkflowNode node, final NodeState state, final String message) {
                states.put(node.id(), state);
                if (atStart && state == NodeState.EXECUTING && node.id() == id && cancelled.compareAndSet(0, System.nanoTime())) {
                    engine[0].cancel();
                }
            }

            @Override
            public void progress(final WorkflowNode node, final double fraction, final String message) {
                if (node.id() == id && cancelled.compareAndSet(0, System.nanoTime())) {
                    engine[0].cancel();
                }
            }
        };
        engine[0] = new WorkflowEngine(workflow, folder.resolve("filestores"), listener);
        assertTrue(engine[0].configure());
        assertFalse(engine[0].execute());
        final long took = System.nanoTime() - cancelled.get();
        assertEquals(NodeState.CANCELLED, states.get(id));
        assertTrue(cancelled.get() != 0 && took < LIMIT_NANOS, "stopped after " + took / 1_000_000 + " ms");
        final Path files = folder.resolve("filestores").resolve(Integer.toString(id));
        if (Files.exists(files)) {
            try (var left = Files.list(files)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }
}
