package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;
import org.spectralsignatures.engine.Device;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;

/** The setting 'Device' of nodes that compute much, and the option {@code -engine}. */
class DeviceTest {

    private static final List<String> FACTORIES = List.of("learner.ResNetLearner", "extractor.LayerActivationExtractor", "predictor.ImageClassifierPredictor",
        "evaluator.BackdoorEvaluator", "auditor.BackdoorAuditor", "scorer.SpectralSignatureScorer", "transfer.TransferLearner");

    @TempDir
    Path folder;

    private static Node node(final String name) throws Exception {
        return new Node(NodeRegistry.find("org.spectralsignatures.nodes." + name + "NodeFactory"));
    }

    @Test
    void newNodesTakeWhatIsThereAndSavedOnesStayOnTheProcessor() throws Exception {
        for (String factory : FACTORIES) {
            final Node node = node(factory);
            final NodeSettings settings = node.save();
            assertEquals("AUTOMATIC", settings.getString("device"), factory);
            final var before = new NodeSettings("model");
            for (String key : settings) {
                if (!key.equals("device")) {
                    final var entry = (ConfigAccess.Entry)ConfigAccess.child(settings, key);
                    ConfigAccess.put(before, key, entry.type(), entry.value());
                }
            }
            node.load(before);
            assertEquals("CPU", node.save().getString("device"), factory);
        }
    }

    /** Scores are those of the processor either way: these classes are small. */
    @Test
    void whoAsksForAGraphicsProcessorIsToldWhyThereIsNone() throws Exception {
        final Path workflow = Run.WORKFLOWS.resolve("nodes/Spectral Signature Scorer");
        final Run plain = Run.of(workflow, folder.resolve("plain"), "-engine", "cpu");
        final Run wished = Run.of(workflow, folder.resolve("wished"), "-option=5,device,GPU,String", "-option=4,device,GPU,String");
        assertEquals(ExitCode.SUCCESS, wished.code(), wished.text());
        assertFalse(plain.text().contains("Computed on the CPU"), plain.text());
        final String note = Engines.find(Device.GPU).note();
        assertTrue(note.isEmpty() || note.startsWith("Computed on the CPU: ") && note.endsWith("."), note);
        assertEquals(note.isEmpty() ? 0 : 2, wished.text().lines().filter(line -> line.contains("Computed on the CPU: ")).count(), wished.text());
        assertEquals(plain.table("Spectral Signature Scorer (#5)", "Scores").size(), wished.table("Spectral Signature Scorer (#5)", "Scores").size());
    }

    @Test
    void anEngineThatIsNotThereIsRefusedWithThoseThatAre() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Spectral Signature Scorer"), folder.resolve("out"), "-engine=tpu");
        assertEquals(ExitCode.EXECUTION, run.code(), run.text());
        assertTrue(run.text().contains("There is no engine 'tpu', which the system property org.spectralsignatures.engine, or the option -engine, asks for. Installed are: "),
            run.text());
        assertNull(System.getProperty("org.spectralsignatures.engine"), "the next run has its own");
    }
}
