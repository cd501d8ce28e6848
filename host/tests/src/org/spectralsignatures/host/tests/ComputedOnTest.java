package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.engine.Engines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Views say what computed their results; those that earlier versions saved, which did not keep it, are shown without it. */
class ComputedOnTest {

    @TempDir
    static Path folder;

    private static int folders;

    private static BufferedDataTable[] images;

    private static BufferedDataTable marked;

    private static PortObject network;

    private static Path next() throws Exception {
        return Files.createDirectories(folder.resolve(Integer.toString(folders++)));
    }

    private static NodeRun run(final String factory, final Map<String, ?> settings, final PortObject... inputs) throws Exception {
        return NodeRun.of(factory, settings, next(), inputs);
    }

    @BeforeAll
    static void chain() throws Exception {
        final NodeRun generator =
            run("synthetic.SyntheticImageGeneratorNodeFactory", Map.of("classes", 3, "imagesPerClass", 20, "testImagesPerClass", 5, "size", 16));
        final NodeRun injector = run("injector.BackdoorInjectorNodeFactory", Map.of("epsilon", .3, "row", 8, "column", 8), generator.table(0));
        images = new BufferedDataTable[]{injector.table(0), generator.table(1)};
        marked = run("applier.TriggerApplierNodeFactory", Map.of(), images[1], injector.results()[1]).table(0);
        network = run("learner.ResNetLearnerNodeFactory", Map.of("epochs", 1, "filters", 2, "batchSize", 20), images[0]).results()[0];
    }

    /** @param kept number of tables that an earlier version kept */
    private static void check(final ShownNode node, final int kept) throws Exception {
        final JsonNode now = node.initial();
        assertEquals(Engines.get().describe(), now.get("engine").asText());
        node.keep(kept);
        final JsonNode earlier = node.initial();
        assertTrue(earlier.get("engine").isNull(), earlier.toString());
        assertEquals(((ObjectNode)now).without("engine"), ((ObjectNode)earlier).without("engine"));
        node.offline();
    }

    @Test
    void predictor() throws Exception {
        check(new ShownNode("predictor.ImageClassifierPredictorNodeFactory", Map.of(), next(), network, images[1]), 1);
    }

    @Test
    void evaluator() throws Exception {
        check(new ShownNode("evaluator.BackdoorEvaluatorNodeFactory", Map.of(), next(), network, images[1], marked, network, null, null, null, null), 3);
    }

    /** With and without the poisoned rows. */
    @Test
    void scorer() throws Exception {
        for (int k = 0; k < images.length; k++) {
            final PortObject activations = run("extractor.LayerActivationExtractorNodeFactory", Map.of("layer", "images"), network, images[k]).results()[0];
            check(new ShownNode("scorer.SpectralSignatureScorerNodeFactory", Map.of(), next(), activations), k == 0 ? 3 : 2);
        }
    }

    @Test
    void nothingWasComputedForNoImages() throws Exception {
        final var knime = new KnimeTables(next());
        final BufferedDataTable none = knime.rowFilter(images[1], (row, i) -> false);
        assertTrue(new ShownNode("predictor.ImageClassifierPredictorNodeFactory", Map.of(), next(), network, none).initial().get("engine").isNull());
    }
}
