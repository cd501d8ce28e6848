package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.Node;
import org.knime.core.node.port.PortObjectSpec;

/**
 * The columns of the tables that each node says it makes, before anything runs: name, type and what is known of the values. Workflows and
 * their users rely on them as on settings ({@link SnapshotTest}). A run leaves what it found in {@code host/tests/target/snapshots}.
 */
class OutputColumnsTest {

    private static final Path TESTS = Run.WORKFLOWS.resolveSibling("host").resolve("tests");

    static final String FILE = "Output columns.txt";

    private final List<String> m_lines = new ArrayList<>();

    private final List<String> m_factories = new ArrayList<>();

    @TempDir
    Path folder;

    private static String describe(final DataColumnSpec column) {
        final var line = new StringBuilder("    %s: %s".formatted(column.getName(), column.getType()));
        if (column.getDomain().hasValues()) {
            line.append(" of ").append(column.getDomain().getValues().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        if (column.getDomain().hasBounds()) {
            line.append(" from %s to %s".formatted(column.getDomain().getLowerBound(), column.getDomain().getUpperBound()));
        }
        column.getProperties().properties().asIterator().forEachRemaining(p -> line.append(" with %s=%s".formatted(p, column.getProperties().getProperty(p))));
        return line.toString();
    }

    private PortObjectSpec[] configure(final String factory, final Map<String, ?> settings, final PortObjectSpec... inputs) throws Exception {
        final Node node = NodeRun.node(factory, settings);
        final var all = Arrays.copyOf(inputs, node.inTypes().length);
        final PortObjectSpec[] outputs = node.configure(all);
        m_factories.add("org.spectralsignatures.nodes." + factory);
        m_lines.add(node.getFactory().getNodeName() + (settings.containsKey("variant") ? " by " + settings.get("variant") : ""));
        for (int i = 0; i < outputs.length; i++) {
            m_lines.add("  %d %s".formatted(i + 1, node.getFactory().getOutportName(i)));
            if (outputs[i] instanceof DataTableSpec table) {
                table.forEach(column -> m_lines.add(describe(column)));
            }
        }
        return outputs;
    }

    private void classes(final String... names) throws IOException {
        for (String name : names) {
            final Path of = Files.createDirectories(folder.resolve(name));
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", of.resolve("a.png").toFile());
        }
    }

    @Test
    void tablesHaveTheirColumns() throws Exception {
        classes("cat", "dog");
        configure("reader.LabelledImageReaderNodeFactory", Map.of("path", folder.toString()));
        final PortObjectSpec[] generated = configure("synthetic.SyntheticImageGeneratorNodeFactory", Map.of("classes", 3));
        final PortObjectSpec[] poisoned = configure("injector.BackdoorInjectorNodeFactory", Map.of(), generated[0]);
        final PortObjectSpec[] marked = configure("applier.TriggerApplierNodeFactory", Map.of(), generated[1], poisoned[1]);
        configure("resizer.ImageResizerNodeFactory", Map.of("width", 20, "height", 12), marked[0]);
        final PortObjectSpec[] learned = configure("learner.ResNetLearnerNodeFactory", Map.of(), poisoned[0]);
        configure("learner.ResNetLearnerNodeFactory", Map.of("checkpoints", true), poisoned[0]);
        configure("networkreader.NetworkReaderNodeFactory", Map.of("file", Run.WORKFLOWS.resolve("nodes/Network Reader/network.onnx").toString()));
        configure("transfer.TransferLearnerNodeFactory", Map.of(), learned[0], poisoned[0]);
        configure("predictor.ImageClassifierPredictorNodeFactory", Map.of(), learned[0], generated[1]);
        final PortObjectSpec[] activations = configure("extractor.LayerActivationExtractorNodeFactory", Map.of(), learned[0], poisoned[0]);
        final Path vectors = Files.writeString(folder.resolve("vectors.csv"), "id,label,a,b\nx,cat,1,2\n");
        final PortObjectSpec[] read = configure("activationsreader.ActivationsReaderNodeFactory", Map.of("file", vectors.toString()));
        configure("activationstotable.ActivationsToTableNodeFactory", Map.of(), read);
        configure("activationswriter.ActivationsWriterNodeFactory", Map.of("file", folder.resolve("vectors.npz").toString()), read);
        configure("tabletoactivations.TableToActivationsNodeFactory", Map.of("values", "NUMBERS"),
            NodeRun.node("scorer.SpectralSignatureScorerNodeFactory", Map.of()).configure(read)[0]);
        final Map<String, PortObjectSpec> scores = new LinkedHashMap<>();
        for (String variant : List.of("PAPER", "ENSEMBLE", "SCAN")) {
            scores.put(variant, configure("scorer.SpectralSignatureScorerNodeFactory", Map.of("variant", variant), activations)[0]);
        }
        final PortObjectSpec[] removed = configure("remover.TopKRemoverNodeFactory", Map.of(), poisoned[0], scores.get("PAPER"));
        configure("remover.TopKRemoverNodeFactory", Map.of(), removed[1], scores.get("PAPER"));
        configure("auditor.BackdoorAuditorNodeFactory", Map.of(), poisoned[0], learned[0], scores.get("PAPER"));
        configure("evaluator.BackdoorEvaluatorNodeFactory", Map.of(), learned[0], generated[1], marked[0]);
        configure("detection.DetectionEvaluatorNodeFactory", Map.of(), scores.get("PAPER"), poisoned[0]);
        configure("networkwriter.NetworkWriterNodeFactory", Map.of("file", folder.resolve("network.onnx").toString()), learned[0]);
        configure("writer.LabelledImageWriterNodeFactory", Map.of("folder", folder.resolve("written").toString()), removed[0], removed[1]);

        final List<String> nodes = Arrays.stream(Platform.getExtensionRegistry().getConfigurationElementsFor("org.knime.workbench.repository.nodes"))
            .map(e -> e.getAttribute("factory-class")).toList();
        assertTrue(m_factories.containsAll(nodes), nodes.toString());
        Files.write(Files.createDirectories(TESTS.resolve("target/snapshots")).resolve(FILE), m_lines);
        final Path snapshot = TESTS.resolve("snapshots").resolve(FILE);
        assertTrue(Files.exists(snapshot), "No snapshot: copy it from host/tests/target/snapshots.");
        assertEquals(String.join("\n", Files.readAllLines(snapshot)), String.join("\n", m_lines));
    }
}
