package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortUtil;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;

/** The Transfer Learner: what it makes takes its place in all nodes that take a network. */
class TransferLearnerTest {

    private static final String TRANSFER = "transfer.TransferLearnerNodeFactory";

    private static final String EXTRACTOR = "extractor.LayerActivationExtractorNodeFactory";

    @TempDir
    Path folder;

    private NodeRun images(final int classes) throws Exception {
        return NodeRun.of("synthetic.SyntheticImageGeneratorNodeFactory", Map.of("classes", classes, "imagesPerClass", 60, "testImagesPerClass", 8, "size", 16), folder);
    }

    /** A network that was trained on three classes. */
    private NetworkPortObject body() throws Exception {
        return (NetworkPortObject)NodeRun.of("learner.ResNetLearnerNodeFactory", Map.of("filters", 8, "epochs", 3, "batchSize", 16), folder, images(3).table(0)).results()[0];
    }

    private static List<String> column(final BufferedDataTable table, final int fromTheEnd) {
        final var values = new ArrayList<String>();
        for (DataRow row : table) {
            values.add(row.getCell(row.getNumCells() - fromTheEnd).toString());
        }
        return values;
    }

    private static List<String> layers(final NetworkDescription network) {
        return network.layers().stream().map(LayerInfo::name).toList();
    }

    @Test
    void whatItMakesIsANetworkLikeOthers() throws Exception {
        final NodeRun images = images(2);
        final NetworkPortObject body = body();
        final var node = NodeRun.node(TRANSFER, Map.of("hiddenUnits", 16));
        final var expected = (NetworkPortObjectSpec)node.configure(new PortObjectSpec[]{body.getSpec(), images.table(0).getDataTableSpec(), null})[0];
        final NodeRun run = NodeRun.of(TRANSFER, Map.of("hiddenUnits", 16), folder, body, images.table(0), images.table(1));
        assertNull(run.warning());
        final var network = (NetworkPortObject)run.results()[0];
        final NetworkDescription description = network.getSpec().description();
        assertEquals(List.of("rows", "columns"), description.classes());
        assertEquals(description.layers(), expected.description().layers());
        assertEquals(description.defaultLayer(), expected.description().defaultLayer());
        assertEquals(description.preparation(), expected.description().preparation());
        assertEquals(network.getSpec().reading(), expected.reading());
        assertEquals("head_hidden", description.defaultLayer());
        assertTrue(layers(description).containsAll(layers(body.getSpec().description()).subList(0, 4)), layers(description).toString());
        assertEquals(120, description.training().images());
        assertTrue(network.getSummary().startsWith("Classifier with 16 hidden units on a layer of: "), network.getSummary());

        final List<String> predictions = column(NodeRun.of("predictor.ImageClassifierPredictorNodeFactory", Map.of(), folder, network, images.table(1)).table(0), 2);
        final List<String> labels = column(images.table(1), 1);
        final long right = IntStream.range(0, labels.size()).filter(i -> labels.get(i).equals(predictions.get(i))).count();
        assertTrue(right >= labels.size() - 3, predictions.toString());
        final NodeRun hidden = NodeRun.of(EXTRACTOR, Map.of(), folder, network, images.table(0));
        final NodeRun early = NodeRun.of(EXTRACTOR, Map.of("layer", "stem"), Files.createDirectory(folder.resolve("early")), network, images.table(0));
        assertEquals(120, NodeRun.of("scorer.SpectralSignatureScorerNodeFactory", Map.of(), folder, early.results()[0]).table(0).size());
        final NodeRun scores = NodeRun.of("scorer.SpectralSignatureScorerNodeFactory", Map.of(), folder, hidden.results()[0]);
        final NodeRun audit = NodeRun.of("auditor.BackdoorAuditorNodeFactory", Map.of(), folder, images.table(0), network, scores.table(0));
        assertEquals(2, audit.table(1).size());

        final Path file = folder.resolve("written.onnx");
        NodeRun.of("networkwriter.NetworkWriterNodeFactory", Map.of("file", file.toString()), folder, network);
        final NodeRun read = NodeRun.of("networkreader.NetworkReaderNodeFactory", Map.of("file", file.toString()), folder);
        assertNull(read.warning());
        final List<String> again = column(NodeRun.of("predictor.ImageClassifierPredictorNodeFactory", Map.of(), folder, read.results()[0], images.table(1)).table(0), 1);
        assertEquals(column(NodeRun.of("predictor.ImageClassifierPredictorNodeFactory", Map.of(), folder, network, images.table(1)).table(0), 1), again);

        final BufferedDataTable history = run.table(1);
        assertEquals(description.training().epochs(), history.size());
        final var last = new ArrayList<DataRow>();
        history.forEach(last::add);
        assertEquals(description.training().accuracy(), ((DoubleCell)last.get(last.size() - 1).getCell(3)).getDoubleValue(), 0);
        assertTrue(!last.get(0).getCell(5).isMissing(), "validation");
    }

    @Test
    void theSameSettingsGiveTheSameFile() throws Exception {
        final NodeRun images = images(2);
        final NetworkPortObject body = body();
        final var files = new ArrayList<byte[]>();
        for (int seed : new int[]{1, 1, 2}) {
            final var network = (NetworkPortObject)NodeRun.of(TRANSFER, Map.of("hiddenUnits", 4, "seed", seed), folder, body, images.table(0)).results()[0];
            files.add(Files.readAllBytes(network.file()));
        }
        assertArrayEquals(files.get(0), files.get(1));
        assertTrue(!Arrays.equals(files.get(0), files.get(2)));
    }

    @Test
    void thePortObjectIsSavedAndLoaded() throws Exception {
        final NodeRun images = images(2);
        final var network = (NetworkPortObject)NodeRun.of(TRANSFER, Map.of(), folder, body(), images.table(0)).results()[0];
        final var serializer = new NetworkPortObjectSpec.Serializer();
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectSpecZipOutputStream(bytes)) {
            serializer.savePortObjectSpec(network.getSpec(), out);
        }
        try (var in = PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            final NetworkPortObjectSpec loaded = serializer.loadPortObjectSpec(in);
            assertEquals(network.getSpec().description(), loaded.description());
            assertEquals(network.getSpec().reading(), loaded.reading());
        }
    }

    /** Two textures whose labels say nothing: half of them are wrong. */
    @Test
    void whatCannotBeToldApartIsDoubted() throws Exception {
        final NodeRun images = images(2);
        final var rows = new ArrayList<Object[]>();
        for (DataRow row : images.table(0)) { // every other one has the label of the other half
            final boolean wrong = rows.size() % 2 == 0;
            rows.add(new Object[]{row.getKey().getString(), row.getCell(0),
                wrong ? new StringCell(row.getCell(1).toString().equals("rows") ? "columns" : "rows") : row.getCell(1)});
        }
        final BufferedDataTable mixed = ShownNode.table(folder, images.table(0).getDataTableSpec(), rows);
        final NodeRun run = NodeRun.of(TRANSFER, Map.of("weightDecay", 1, "pooling", "GLOBAL_AVERAGE"), folder, body(), mixed);
        assertTrue(run.warning().contains("The training accuracy is only") && run.warning().contains("Try 'Pooling' Flatten"), run.warning());
        final NodeRun once = NodeRun.of(TRANSFER, Map.of("epochs", 1, "pooling", "GLOBAL_AVERAGE"), Files.createDirectory(folder.resolve("short")), body(), mixed);
        assertTrue(once.warning().contains("Try more epochs, since the loss still fell"), once.warning());
        assertEquals(1, once.table(1).size());
        final var network = (NetworkPortObject)run.results()[0];
        assertTrue(network.getSpec().description().training().accuracy() < .9);
        final NodeRun scores = NodeRun.of("scorer.SpectralSignatureScorerNodeFactory", Map.of(), folder,
            NodeRun.of(EXTRACTOR, Map.of(), folder, network, mixed).results()[0]);
        final NodeRun audit = NodeRun.of("auditor.BackdoorAuditorNodeFactory", Map.of(), folder, mixed, network, scores.table(0));
        for (DataRow row : audit.table(1)) {
            assertEquals("cannot tell", row.getCell(2).toString());
        }
    }

    @Test
    void wrongSettingsAreNamedBeforeAnythingRuns() throws Exception {
        final NodeRun images = images(2);
        final NetworkPortObject body = body();
        for (var entry : Map.of("no layer 'nowhere'", Map.of("layer", "nowhere"), "the images themselves", Map.of("layer", "images"), "from 0 (no hidden layer) to 4096",
            Map.of("hiddenUnits", 5000), "at least 1, not 0", Map.of("epochs", 0), "from 0 (none) to 1000", Map.of("weightDecay", -1)).entrySet()) {
            final var node = NodeRun.node(TRANSFER, entry.getValue());
            final var e = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(node, body.getSpec(), images.table(0).getDataTableSpec()), entry.getKey());
            assertTrue(e.getMessage().contains(entry.getKey()), e.getMessage());
        }
        final NodeRun large = NodeRun.of("resizer.ImageResizerNodeFactory", Map.of("width", 20, "height", 20), folder, images.table(0));
        final var node = NodeRun.node(TRANSFER, Map.of());
        final var e = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(node, body.getSpec(), large.table(0).getDataTableSpec()));
        assertTrue(e.getMessage().contains("20 x 20") && e.getMessage().contains("16 x 16"), e.getMessage());
        final var one = ShownNode.table(folder, images.table(0).getDataTableSpec(), List.of());
        assertThrows(KNIMEException.class, () -> NodeRun.of(TRANSFER, Map.of(), folder, body, one));
    }
}
