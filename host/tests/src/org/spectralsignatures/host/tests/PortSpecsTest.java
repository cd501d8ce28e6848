package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortUtil;
import org.spectralsignatures.host.filestore.FileStores;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.port.ActivationsPortObjectSpec;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.representation.Pooling;

/** Specs of networks and activations as they are saved with a workflow: facts of the training travel along, and may be missing. */
class PortSpecsTest {

    private static final TrainingFacts FACTS = new TrainingFacts(2. / 3, true, 12, 5_000);

    @TempDir
    Path folder;

    private static NetworkPortObjectSpec network(final TrainingFacts facts) {
        final NetworkOptions options = new ResNetOptions(new ImageShape(3, 16, 16), 2, 1, 4, 0, 1);
        return new NetworkPortObjectSpec(new NetworkDescription(options.shape(), List.of("a", "b"), options.layers(), options.defaultLayer(), Map.of(), facts));
    }

    private static ActivationsPortObjectSpec activations(final TrainingFacts facts) {
        return new ActivationsPortObjectSpec("stem", Pooling.FLATTEN, 2, facts);
    }

    private static <S extends AbstractSimplePortObjectSpec> byte[] save(final S spec, final PortObjectSpec.PortObjectSpecSerializer<S> serializer) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectSpecZipOutputStream(bytes)) {
            serializer.savePortObjectSpec(spec, out);
        }
        return bytes.toByteArray();
    }

    private static <S extends AbstractSimplePortObjectSpec> S load(final byte[] bytes, final PortObjectSpec.PortObjectSpecSerializer<S> serializer) throws IOException {
        try (var in = PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(bytes))) {
            return serializer.loadPortObjectSpec(in);
        }
    }

    private static String xml(final byte[] saved) throws IOException {
        try (var in = PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(saved))) {
            in.getNextEntry();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] pack(final String xml) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectSpecZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("model.xml"));
            out.write(xml.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void factsTravelWithNetworks() throws Exception {
        final var serializer = new NetworkPortObjectSpec.Serializer();
        for (TrainingFacts facts : new TrainingFacts[]{FACTS, null}) {
            final NetworkPortObjectSpec loaded = load(save(network(facts), serializer), serializer);
            assertEquals(facts, loaded.description().training());
            assertEquals(network(facts), loaded);
        }
        assertNotEquals(network(FACTS), network(null));
    }

    @Test
    void factsTravelWithActivations() throws Exception {
        final var serializer = new ActivationsPortObjectSpec.Serializer();
        for (TrainingFacts facts : new TrainingFacts[]{FACTS, null}) {
            final ActivationsPortObjectSpec loaded = load(save(activations(facts), serializer), serializer);
            assertEquals(facts, loaded.training());
            assertEquals(activations(facts), loaded);
        }
        assertNotEquals(activations(FACTS), activations(null));
    }

    /** What was saved before there were facts is what is saved without them. */
    @Test
    void specsWithoutFactsAreSavedAsTheyEverWere() throws Exception {
        assertEquals(List.of("layer", "pooling", "dimensions"), xml(save(activations(null), new ActivationsPortObjectSpec.Serializer())).lines()
            .filter(l -> l.contains("<entry") && !l.contains("class_name")).map(l -> l.replaceAll(".* key=\"([^\"]*)\".*", "$1")).toList());
        assertTrue(!xml(save(network(null), new NetworkPortObjectSpec.Serializer())).contains("training"));
        assertNull(new ActivationsPortObjectSpec("stem", Pooling.FLATTEN, 2).training());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "key=\"accuracy\" type=\"xdouble\" value=\"0.6666666666666666\" | key=\"accuracy\" type=\"xdouble\" value=\"7\" | must be from 0 to 1, but is 7",
        "key=\"accuracy\" type=\"xdouble\" value=\"0.6666666666666666\" | key=\"accuracy\" type=\"xdouble\" value=\"NaN\" | must be from 0 to 1, but is NaN",
        "key=\"epochs\" type=\"xint\" value=\"12\" | key=\"epochs\" type=\"xint\" value=\"-1\" | at least 1 epoch",
        "key=\"images\" type=\"xlong\" value=\"5000\" | key=\"images\" type=\"xlong\" value=\"0\" | at least 1 epoch and 1 image",
        "key=\"crops\" type=\"xboolean\" value=\"true\" | key=\"crops\" type=\"xint\" value=\"1\" | crops",
        "key=\"epochs\" | key=\"opochs\" | epochs"})
    void factsOfNoTrainingAreRefused(final String from, final String to, final String message) throws Exception {
        final var networks = new NetworkPortObjectSpec.Serializer();
        final var activations = new ActivationsPortObjectSpec.Serializer();
        final String network = xml(save(network(FACTS), networks));
        final String activation = xml(save(activations(FACTS), activations));
        assertTrue(network.contains(from) && activation.contains(from), activation);
        for (IOException refused : List.of(assertThrows(IOException.class, () -> load(pack(network.replace(from, to)), networks)),
            assertThrows(IOException.class, () -> load(pack(activation.replace(from, to)), activations)))) {
            assertTrue(refused.getMessage().contains(message), refused.getMessage());
        }
    }

    @Test
    void summariesTellHowTheNetworkWasTrained() throws Exception {
        final var context = new ExecutionContext(new ExecutionMonitor().getProgressMonitor(), new FileStores(folder));
        final var rows = new ActivationsPortObject.Rows(List.of("a"), new int[]{0}, List.of("Row0"), null);
        assertEquals("Layer stem, 2 values an image; network of training accuracy 66.6% after 12 epochs with crops", ActivationsPortObject
            .create(activations(FACTS), context.createFileStore("a.npy"), rows, context.createFileStore("a.bin"), TaskMonitor.none()).getSummary());
        assertEquals("Layer stem, 2 values an image", ActivationsPortObject
            .create(activations(null), context.createFileStore("b.npy"), rows, context.createFileStore("b.bin"), TaskMonitor.none()).getSummary());
    }
}
