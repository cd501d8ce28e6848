package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortUtil;
import org.spectralsignatures.engine.Device;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.file.Dl4jModel;
import org.spectralsignatures.network.onnx.ColourOrder;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;

/** The Network Reader: each kind of file gives the network that was saved, and takes its place in the nodes that follow. */
class NetworkReaderTest {

    private static final String READER = "networkreader.NetworkReaderNodeFactory";

    private static final String WRITER = "networkwriter.NetworkWriterNodeFactory";

    private static final String PREDICTOR = "predictor.ImageClassifierPredictorNodeFactory";

    private static final Path ONNX = Run.WORKFLOWS.resolve("nodes/Network Reader/network.onnx");

    @TempDir
    Path folder;

    private NodeRun images() throws Exception {
        return NodeRun.of("synthetic.SyntheticImageGeneratorNodeFactory", Map.of("classes", 2, "imagesPerClass", 60, "testImagesPerClass", 8, "size", 16), folder);
    }

    private NetworkPortObject learned(final NodeRun images) throws Exception {
        return (NetworkPortObject)NodeRun.of("learner.ResNetLearnerNodeFactory", Map.of("filters", 4, "epochs", 1, "batchSize", 16), folder, images.table(0)).results()[0];
    }

    private List<String> predictions(final NetworkPortObject network, final NodeRun images) throws Exception {
        final BufferedDataTable table = NodeRun.of(PREDICTOR, Map.of(), folder, network, images.table(1)).table(0);
        final var predictions = new ArrayList<String>();
        for (DataRow row : table) {
            predictions.add(row.getCell(row.getNumCells() - 2) + " " + row.getCell(row.getNumCells() - 1));
        }
        return predictions;
    }

    private static void refused(final Map<String, ?> settings, final String... parts) throws Exception {
        final var node = NodeRun.node(READER, settings);
        final var e = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(node));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    @Test
    void anOnnxNetworkTravelsWithItsDescription() throws Exception {
        final Map<String, ?> settings = Map.of("file", ONNX.toString(), "preparation", "OWN", "means", "0.5, 0.25,0", "deviations", "1,2,4", "classNames", "dark,bright",
            "colours", "BGR");
        final NodeRun run = NodeRun.of(READER, settings, folder);
        assertNull(run.warning());
        final var network = (NetworkPortObject)run.results()[0];
        final NetworkPortObjectSpec spec = network.getSpec();
        assertEquals(List.of("dark", "bright"), spec.description().classes());
        assertEquals(new ImagePreparation.Scaled(List.of(127.5, 63.75, 0.), List.of(255., 510., 1020.)), spec.description().preparation());
        assertEquals(new LayerInfo("images", 3, 16, 16), spec.description().layers().get(0));
        assertEquals("network.onnx", spec.description().provenance().get("file"));
        assertEquals(-1, Files.mismatch(ONNX, network.file()));
        assertTrue(network.getSummary().startsWith("ONNX network of pytorch 1.13.0, opset 13, 5 operations; 2 classes, 16 x 16 pixels"), network.getSummary());
        final var serializer = new NetworkPortObjectSpec.Serializer();
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectSpecZipOutputStream(bytes)) {
            serializer.savePortObjectSpec(spec, out);
        }
        try (var in = PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            final NetworkPortObjectSpec loaded = serializer.loadPortObjectSpec(in);
            assertEquals(spec.description(), loaded.description());
            assertEquals(spec.reading(), loaded.reading());
        }
    }

    /** The port has one file, and needs the other two no longer. */
    @Test
    void valuesInASecondFileTravelWithTheNetwork() throws Exception {
        final Path fixtures = Path.of(System.getProperty("spectralsignatures.root"), "plugin/org.spectralsignatures.onnx/src/test/resources/org/spectralsignatures/onnx");
        final Path file = Files.copy(fixtures.resolve("beside.onnx"), folder.resolve("network.onnx"));
        refused(Map.of("file", file.toString()), "'beside.onnx.data', which cannot be read. It does not exist");
        final Path values = Files.copy(fixtures.resolve("beside.onnx.data"), folder.resolve("beside.onnx.data"));
        final var network = (NetworkPortObject)NodeRun.of(READER, Map.of("file", file.toString(), "preparation", "IMAGENET"), folder).results()[0];
        Files.delete(file);
        Files.delete(values);
        network.open(Device.CPU, TaskMonitor.none()).close();
        final Path written = folder.resolve("written.onnx");
        NodeRun.of(WRITER, Map.of("file", written.toString()), folder, network);
        assertTrue(Files.size(written) > 35_000, Long.toString(Files.size(written)));
    }

    /** What was translated lies in the port, and nothing in the folder for temporary files. */
    @Test
    void aNetworkOfKerasIsTranslated() throws Exception {
        final Path file = Run.WORKFLOWS.resolve("nodes/Network Reader of Keras/network.keras");
        final NodeRun run = NodeRun.of(READER, Map.of("file", file.toString(), "preparation", "IMAGENET", "classNames", "dark,bright"), folder);
        assertNull(run.warning());
        final var network = (NetworkPortObject)run.results()[0];
        final var description = network.getSpec().description();
        assertEquals("network.keras", description.provenance().get("file"));
        assertEquals(List.of("images", "global_average_pooling2d/kept", "global_average_pooling2d", "dense/linear", "dense", "dense_1"),
            description.layers().stream().map(LayerInfo::name).toList());
        assertEquals("dense", description.defaultLayer());
        network.open(Device.CPU, TaskMonitor.none()).close();
        refused(Map.of("file", file.toString(), "layout", "NHWC"), "network.keras", "says itself where the channels are");
        refused(Map.of("file", file.toString(), "width", 32), "16 pixels, but 32 is set");
        try (var left = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "spectralsignatures-keras-p" + ProcessHandle.current().pid() + "-*")) {
            assertTrue(!left.iterator().hasNext());
        }
    }

    @Test
    void whatNobodyToldIsWarnedOf() throws Exception {
        final String warning = NodeRun.of(READER, Map.of("file", ONNX.toString()), folder).warning();
        assertTrue(warning.contains("Set 'Preparation of images'") && warning.contains("named by their numbers, 0 to 1"), warning);
    }

    @Test
    void classesOfTheTableAreTaken() throws Exception {
        final NodeRun images = images();
        final var network = (NetworkPortObject)NodeRun.of(READER, Map.of("file", ONNX.toString(), "preparation", "IMAGENET"), folder, images.table(0)).results()[0];
        assertEquals(List.of("rows", "columns"), network.getSpec().description().classes());
        assertEquals(16, predictions(network, images).size());
    }

    @Test
    void theAuditorAsksAnOnnxNetwork() throws Exception {
        final NodeRun images = images();
        final var network = NodeRun.of(READER, Map.of("file", ONNX.toString(), "preparation", "IMAGENET"), folder, images.table(0)).results()[0];
        final NodeRun activations = NodeRun.of("extractor.LayerActivationExtractorNodeFactory", Map.of(), folder, network, images.table(0));
        final NodeRun scores = NodeRun.of("scorer.SpectralSignatureScorerNodeFactory", Map.of(), folder, activations.results()[0]);
        final NodeRun audit = NodeRun.of("auditor.BackdoorAuditorNodeFactory", Map.of(), folder, images.table(0), network, scores.table(0));
        assertEquals(2, audit.table(1).size());
    }

    @Test
    void aNetworkOfTheLearnerIsReadFromAnyFile() throws Exception {
        final NodeRun images = images();
        final NetworkPortObject learned = learned(images);
        final Path file = Files.copy(learned.file(), folder.resolve("somewhere.bin"));
        final var read = (NetworkPortObject)NodeRun.of(READER, Map.of("file", file.toString()), folder).results()[0];
        assertEquals(learned.getSpec().description(), read.getSpec().description());
        assertEquals(predictions(learned, images), predictions(read, images));
        refused(Map.of("file", file.toString(), "classNames", "a,b"), "somewhere.bin", "knows its classes");
        refused(Map.of("file", file.toString(), "colours", "BGR"), "leave the other settings");
    }

    @Test
    void aModelOfDl4jIsRead() throws Exception {
        final NodeRun images = images();
        final NetworkPortObject learned = learned(images);
        final Path file = folder.resolve("model.zip");
        try (var network = learned.openTrained()) {
            Dl4jModel.write(network, file);
        }
        refused(Map.of("file", file.toString()), "model of Deeplearning4j", "'Class names', 'Width' and 'Height'");
        refused(Map.of("file", file.toString(), "classNames", "rows,columns", "width", 16, "height", 16, "preparation", "IMAGENET"), "standardised one by one");
        final var read = (NetworkPortObject)NodeRun.of(READER, Map.of("file", file.toString(), "classNames", "rows,columns", "width", 16, "height", 16), folder).results()[0];
        assertEquals(predictions(learned, images), predictions(read, images));
    }

    /** What was written is read again, in each format, and gives the same predictions; the files are whole or not there. */
    @Test
    void whatTheWriterWritesIsRead() throws Exception {
        final NodeRun images = images();
        final NetworkPortObject learned = learned(images);
        final List<String> expected = labels(predictions(learned, images));
        for (String format : List.of("ONNX", "SPECTRAL_SIGNATURES", "MODEL_SERIALIZER")) {
            final Path file = folder.resolve(format);
            NodeRun.of(WRITER, Map.of("file", file.toString(), "format", format), folder, learned);
            final Map<String, ?> settings = format.startsWith("MODEL") ? Map.of("file", file.toString(), "classNames", "rows,columns", "width", 16, "height", 16)
                : Map.of("file", file.toString());
            final NodeRun read = NodeRun.of(READER, settings, folder);
            assertNull(read.warning());
            assertEquals(expected, labels(predictions((NetworkPortObject)read.results()[0], images)), format);
            final byte[] before = Files.readAllBytes(file);
            final var again = NodeRun.node(WRITER, Map.of("file", file.toString(), "format", format));
            final var e = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(again, learned.getSpec()));
            assertTrue(e.getMessage().contains("'" + file + "' exists already"), e.getMessage());
            NodeRun.of(WRITER, Map.of("file", file.toString(), "format", format, "ifExists", "REPLACE"), folder, learned);
            assertTrue(format.startsWith("MODEL") || Arrays.equals(before, Files.readAllBytes(file)), format); // that one has a date in it
        }
        try (var left = Files.newDirectoryStream(folder, "*.part")) {
            assertTrue(!left.iterator().hasNext());
        }
    }

    private static List<String> labels(final List<String> predictions) {
        return predictions.stream().map(p -> p.split(" ")[0]).toList();
    }

    /** The file is the one that was read, with notes behind it, so that it is read again without a setting. */
    @Test
    void aNetworkInTheOnnxFormatIsWrittenWithWhatWasToldOfIt() throws Exception {
        final Map<String, ?> told = Map.of("preparation", "OWN", "means", "0.485,0.25,0", "deviations", "0.3,2,4", "classNames", "dark,bright", "colours", "BGR");
        final NetworkPortObjectSpec spec = again(ONNX, told, "a.onnx");
        assertEquals(List.of("dark", "bright"), spec.description().classes());
        assertEquals(ColourOrder.BGR, spec.reading().order());
        assertEquals(ImagePreparation.Scaled.ofShares(List.of(.485, .25, 0.), List.of(.3, 2., 4.)), spec.description().preparation());
        final byte[] before = Files.readAllBytes(ONNX);
        assertArrayEquals(before, Arrays.copyOf(Files.readAllBytes(folder.resolve("a.onnx")), before.length));
        final NetworkPortObjectSpec other = again(folder.resolve("a.onnx"), Map.of("preparation", "STANDARDISED", "classNames", "night,day"), "b.onnx");
        assertEquals(List.of("night", "day"), other.description().classes());
        assertEquals(new ImagePreparation.Standardised(), other.description().preparation());
        assertEquals(ColourOrder.BGR, other.reading().order());
        assertEquals(ColourOrder.RGB, again(folder.resolve("b.onnx"), Map.of("colours", "RGB"), "d.onnx").reading().order());
        assertEquals(List.of("0", "1"), again(folder.resolve("a.onnx"), Map.of("classNames", "0,1"), "e.onnx", "named by their numbers").description().classes());
        assertEquals(ImagePreparation.BYTES, again(ONNX, Map.of("preparation", "BYTES", "classNames", "a,b"), "c.onnx").description().preparation());
    }

    /** Reads a network as it is told, writes it, and reads that without being told anything; both are the same network. */
    private NetworkPortObjectSpec again(final Path file, final Map<String, ?> told, final String name) throws Exception {
        return again(file, told, name, null);
    }

    /** @param warned part of the warning of the second reader; null for none */
    private NetworkPortObjectSpec again(final Path file, final Map<String, ?> told, final String name, final String warned) throws Exception {
        final var settings = new HashMap<String, Object>(told);
        settings.put("file", file.toString());
        final var network = (NetworkPortObject)NodeRun.of(READER, settings, folder).results()[0];
        final Path written = folder.resolve(name);
        NodeRun.of(WRITER, Map.of("file", written.toString()), folder, network);
        final NodeRun read = NodeRun.of(READER, Map.of("file", written.toString()), folder);
        assertTrue(warned == null ? read.warning() == null : read.warning().contains(warned), read.warning());
        final NetworkPortObjectSpec spec = ((NetworkPortObject)read.results()[0]).getSpec();
        assertEquals(network.getSpec().reading(), spec.reading());
        assertEquals(network.getSpec().description().layers(), spec.description().layers());
        assertEquals(network.getSpec().description().classes(), spec.description().classes());
        assertEquals(network.getSpec().description().preparation(), spec.description().preparation());
        return spec;
    }

    @Test
    void whatWasGuessedIsNotWrittenAsIfItWereKnown() throws Exception {
        final NodeRun run = NodeRun.of(READER, Map.of("file", ONNX.toString()), folder);
        final var network = (NetworkPortObject)run.results()[0];
        final Path file = folder.resolve("copy.onnx");
        NodeRun.of(WRITER, Map.of("file", file.toString()), folder, network);
        assertEquals(run.warning(), NodeRun.of(READER, Map.of("file", file.toString()), folder).warning());
        for (Map<String, ?> settings : List.<Map<String, ?>>of(Map.of("file", folder.resolve("other").toString(), "format", "MODEL_SERIALIZER"), Map.of(),
            Map.of("file", folder.toString()), Map.of("file", folder.resolve("none/network").toString()))) {
            final var node = NodeRun.node(WRITER, settings);
            assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(node, network.getSpec()));
        }
    }

    /** Where names have nothing in common the accuracy says nothing of the network. */
    @Test
    void thePredictorTellsLabelsThatTheNetworkDoesNotKnow() throws Exception {
        final NodeRun images = images();
        assertEquals("No image has a label that is a class of the network: labels are columns, rows, classes are 0, 1. Their predictions cannot be right."
            + " If the classes are meant to be the same, give the network their names in the node that made or read it.", unknown(images, Map.of()));
        assertTrue(unknown(images, Map.of("classNames", "rows,lines")).startsWith("8 of 16 labelled images have a label that is no class of the network: columns. "));
        assertNull(unknown(images, Map.of("classNames", "rows,columns")));
        final var network = (NetworkPortObject)NodeRun.of(READER, Map.of("file", ONNX.toString()), folder).results()[0];
        final String both = NodeRun.of(PREDICTOR, Map.of("device", "GPU"), folder, network, images.table(1)).warning();
        assertTrue(both.contains("on the CPU") && both.contains("No image has a label that is a class of the network"), both);
    }

    private String unknown(final NodeRun images, final Map<String, ?> classes) throws Exception {
        final var settings = new HashMap<String, Object>(classes);
        settings.put("file", ONNX.toString());
        return NodeRun.of(PREDICTOR, Map.of(), folder, NodeRun.of(READER, settings, folder).results()[0], images.table(1)).warning();
    }

    @Test
    void wrongSettingsAreNamed() throws Exception {
        refused(Map.of(), "No file is set");
        refused(Map.of("file", folder.resolve("none.onnx").toString()), "none.onnx", "does not exist");
        refused(Map.of("file", ONNX.toString(), "width", 32), "16 pixels, but 32 is set");
        refused(Map.of("file", ONNX.toString(), "preparation", "OWN", "means", "a,b,c"), "Means must be three numbers");
        refused(Map.of("file", ONNX.toString(), "preparation", "OWN", "deviations", "0,1,1"), "above 0");
        refused(Map.of("file", ONNX.toString(), "width", 5000), "4096");
        final Path names = Files.writeString(folder.resolve("names.txt"), "dark\n\nbright");
        refused(Map.of("file", ONNX.toString(), "classNames", "a,b", "classNamesFile", names.toString()), "Both");
        refused(Map.of("file", ONNX.toString(), "classNamesFile", names.toString()), "Line 2", "names.txt");
    }

    @Test
    void aNetworkThatWasExchangedIsSeen() throws Exception {
        final var network = (NetworkPortObject)NodeRun.of(READER, Map.of("file", ONNX.toString()), folder).results()[0];
        Files.write(network.file(), new byte[]{8, 7});
        final IOException e = assertThrows(IOException.class, () -> network.open(Device.CPU, TaskMonitor.none()));
        assertTrue(e.getMessage().contains(network.file().toString()), e.getMessage());
    }
}
