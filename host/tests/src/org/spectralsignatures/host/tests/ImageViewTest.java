package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

import com.fasterxml.jackson.databind.JsonNode;

/** What views of images are given: counts, pages, pictures, in nodes that run by themselves. */
class ImageViewTest {

    private static final String READER = "reader.LabelledImageReaderNodeFactory";

    private static final String GENERATOR = "synthetic.SyntheticImageGeneratorNodeFactory";

    private static final String INJECTOR = "injector.BackdoorInjectorNodeFactory";

    private static final String APPLIER = "applier.TriggerApplierNodeFactory";

    private static final String REMOVER = "remover.TopKRemoverNodeFactory";

    private static final Map<String, String> SMALL = Map.of("classes", "3", "imagesPerClass", "40", "testImagesPerClass", "5", "size", "16");

    private static final int ALL = -1;

    @TempDir
    Path folder;

    private static List<String> texts(final JsonNode list, final String field) {
        return StreamSupport.stream(list.spliterator(), false).map(n -> n.get(field).asText()).toList();
    }

    private ShownNode generator() throws Exception {
        return new ShownNode(GENERATOR, SMALL, folder);
    }

    private ShownNode injector(final BufferedDataTable images, final Map<String, String> settings) throws Exception {
        return new ShownNode(INJECTOR, settings, folder, images);
    }

    private static BufferedDataTable table(final ShownNode node, final int port) {
        return (BufferedDataTable)node.result(port);
    }

    private static DataCell image(final int height, final int width, final int value) {
        final var shape = new ImageShape(3, height, width);
        final var pixels = new byte[shape.size()];
        Arrays.fill(pixels, (byte)value);
        return new PNGImageContent(ImageCodec.encodePng(pixels, shape)).toImageCell();
    }

    private static int[] size(final JsonNode address) throws Exception {
        final byte[] png = Base64.getDecoder().decode(address.asText().substring("data:image/png;base64,".length()));
        final var image = ImageIO.read(new ByteArrayInputStream(png));
        return new int[]{image.getWidth(), image.getHeight()};
    }

    @Test
    void galleryShowsBothTablesOfTheGeneratorPageByPage() throws Exception {
        final ShownNode node = generator();
        final JsonNode overview = node.initial();
        assertEquals(List.of("Training images", "Test images"), texts(overview.get("tables"), "name"));
        assertEquals(List.of("120", "15"), texts(overview.get("tables"), "rows"));
        assertEquals("16 x 16 pixels", overview.at("/tables/0/size").asText());
        assertEquals(List.of("40", "40", "40"), texts(overview.at("/tables/0/classes"), "rows"));
        assertFalse(overview.at("/tables/0/flagged").asBoolean());
        assertEquals(List.of("rows/0", "columns/0", "checks/0", "rows/1"), texts(overview.at("/first/items"), "key").subList(0, 4));
        final JsonNode second = node.call("page", 0, 1, 30);
        assertEquals(40, second.get("total").asInt());
        assertEquals(10, second.get("items").size());
        assertEquals("columns/30", second.at("/items/0/key").asText());
        assertEquals(15, node.call("page", 1, ALL, 0).get("total").asInt());
        assertEquals(7, node.offline(), "three classes a table, and all images of the second one");
    }

    @Test
    void thousandClassesAndLargeImages() throws Exception {
        final Path set = folder.resolve("set");
        final var shape = new ImageShape(3, 100, 400);
        final byte[] png = ImageCodec.encodePng(new byte[shape.size()], shape);
        for (int c = 0; c < 1000; c++) {
            Files.write(Files.createDirectories(set.resolve("class%04d".formatted(c))).resolve("image.png"), png);
        }
        final ShownNode node = new ShownNode(READER, Map.of("path", set.toString(), "format", "CLASS_FOLDERS"), folder);
        final JsonNode overview = node.initial();
        assertEquals(1000, overview.at("/tables/0/classes").size());
        assertEquals(30, overview.at("/first/items").size());
        assertEquals(List.of(128, 32), Arrays.stream(size(overview.at("/first/items/0/address"))).boxed().toList());
        assertEquals("class0999", node.call("page", 0, 999, 0).at("/items/0/label").asText());
        assertEquals(10, node.call("page", 0, ALL, 990).get("items").size());
        assertEquals(10, node.offline());
    }

    @Test
    void applierShowsTheMarkedClassAndItsTarget() throws Exception {
        final ShownNode images = generator();
        final ShownNode injector = injector(table(images, 0), Map.of("row", "5", "column", "5"));
        final JsonNode marked = new ShownNode(APPLIER, Map.of("labelColumn", "Label"), folder, images.result(1), injector.result(1)).initial();
        assertEquals("columns", marked.at("/tables/0/target").asText());
        assertEquals(List.of("5", "0", "0"), texts(marked.at("/tables/0/classes"), "rows"));
        final BufferedDataTable none = ShownNode.table(folder, table(images, 1).getDataTableSpec(), List.of());
        final JsonNode empty = new ShownNode(APPLIER, Map.of(), folder, none, injector.result(1)).initial();
        assertEquals(0, empty.at("/tables/0/rows").asInt());
        assertEquals(0, empty.at("/first/items").size());
    }

    @Test
    void injectorShowsItsOwnPairsOnly() throws Exception {
        final ShownNode first = injector(table(generator(), 0), Map.of("row", "5", "column", "5", "epsilon", "0.2"));
        final JsonNode overview = first.initial();
        assertEquals(8, overview.get("poisoned").asInt());
        assertEquals(0, overview.get("earlier").asInt());
        assertEquals(40, overview.get("targetImages").asInt());
        assertEquals(1, overview.get("parts").size());
        assertEquals("rows 4 to 6, columns 4 to 6", overview.at("/parts/0/where").asText());
        final JsonNode pair = overview.at("/first/items/0");
        assertEquals("rows", pair.get("originalLabel").asText());
        assertEquals(pair.get("originalKey").asText() + "_poisoned", pair.get("key").asText());
        assertNotEquals(pair.get("original").asText(), pair.get("marked").asText());
        assertEquals(List.of(9, 9), Arrays.stream(size(pair.get("detail"))).boxed().toList());
        assertEquals(6.25, pair.at("/box/left").asDouble());
        assertEquals(List.of("columns"), texts(overview.at("/gallery/first/items"), "label").stream().distinct().toList());
        assertTrue(overview.at("/gallery/first/items/0/poisoned").asBoolean());
        final JsonNode second = injector(table(first, 0), Map.of("row", "9", "column", "9", "epsilon", "0.1", "sampleClass", "rows", "targetClass", "columns", "seed", "2")).initial();
        assertEquals(8, second.get("earlier").asInt());
        assertEquals(40, second.get("targetImages").asInt());
        assertEquals(4, second.get("poisoned").asInt());
        assertEquals(List.of(), texts(second.at("/first/items"), "key").stream().filter(texts(overview.at("/first/items"), "key")::contains).toList());
        assertEquals(12, second.at("/gallery/tables/0/classes/1/poisoned").asInt());
        assertEquals(2, first.offline());
    }

    @Test
    void cleanLabelsStayAndASignalIsShownAsADifference() throws Exception {
        final ShownNode node = injector(table(generator(), 0),
            Map.of("mode", "CLEAN_LABEL", "trigger", "SINUSOID", "frequency", "3.0", "epsilon", "0.5"));
        final JsonNode overview = node.initial();
        assertEquals(20, overview.get("poisoned").asInt());
        assertEquals("the whole image", overview.at("/parts/0/where").asText());
        assertEquals(12, overview.at("/first/items").size());
        assertEquals(8, node.call("pairs", ALL, 12).get("items").size());
        final JsonNode pair = overview.at("/first/items/0");
        assertEquals("columns", pair.get("originalLabel").asText());
        assertEquals(pair.get("originalKey").asText(), pair.get("key").asText());
        assertTrue(pair.get("box").isNull());
        assertEquals(127 / 20., pair.get("factor").asDouble(), 1e-9);
        assertEquals(List.of("40", "40", "40"), texts(overview.at("/gallery/tables/0/classes"), "rows"));
    }

    @Test
    void partsOfATriggerEachHaveTheirImages() throws Exception {
        final ShownNode node = injector(table(generator(), 0), Map.of("trigger", "M_WAY", "ways", "3", "epsilon", "0.2", "mode", "REPLACE"));
        final JsonNode overview = node.initial();
        assertEquals(List.of("8", "3", "3", "2"), texts(overview.get("parts"), "rows"));
        final JsonNode last = node.call("pairs", 2, 0);
        assertEquals(2, last.get("total").asInt());
        assertEquals(List.of("2", "2"), texts(last.get("items"), "part"));
        assertTrue(overview.at("/parts/3/where").asText().matches("row \\d+, column \\d+"));
        assertEquals(List.of("32", "48", "40"), texts(overview.at("/gallery/tables/0/classes"), "rows"));
        assertEquals(5, node.offline());
    }

    @Test
    void scorerListsBehindEachBarTheImagesThatItCounts() throws Exception {
        final BufferedDataTable images = table(generator(), 0);
        final PortObject network = NodeRun.of("learner.ResNetLearnerNodeFactory", Map.of("epochs", 1, "filters", 2, "batchSize", 20), folder, images).results()[0];
        final PortObject activations = NodeRun.of("extractor.LayerActivationExtractorNodeFactory", Map.of("layer", "images"), folder, network, images).results()[0];
        final ShownNode node = new ShownNode("scorer.SpectralSignatureScorerNodeFactory", Map.of(), folder, activations);
        final boolean roots = node.initial().get("roots").asBoolean();
        final JsonNode bars = node.initial().get("first");
        final String label = bars.get("label").asText();
        final JsonNode all = node.call("images", label, roots, ALL, 0);
        assertEquals(40, all.get("total").asInt());
        final var listed = new ArrayList<String>();
        for (int bar = bars.get("clean").size() - 1; bar >= 0; bar--) {
            final JsonNode behind = node.call("images", label, roots, bar, 0);
            assertEquals(bars.get("clean").get(bar).asInt(), behind.get("total").asInt(), "bar " + bar);
            listed.addAll(texts(behind.get("items"), "key"));
        }
        assertEquals(texts(all.get("items"), "key"), listed, "the highest score first");
        assertEquals(6, node.offline(), "a histogram and a list of each class");
    }

    private ShownNode remover(final List<Object[]> images, final boolean flagged, final List<Object[]> scores, final Map<String, String> settings) throws Exception {
        final var label = new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec();
        final var image = new DataColumnSpecCreator("Image", PNGImageContent.TYPE).createSpec();
        final var spec = flagged ? new DataTableSpec(image, label, new DataColumnSpecCreator("Poisoned", BooleanCell.TYPE).createSpec())
            : new DataTableSpec(image, label);
        final var scoreSpec = new DataTableSpec(label, new DataColumnSpecCreator("Score", DoubleCell.TYPE).createSpec());
        return new ShownNode(REMOVER, settings, folder, ShownNode.table(folder, spec, images), ShownNode.table(folder, scoreSpec, scores));
    }

    @Test
    void removerShowsWhatWasRemovedAndTheNearestKept() throws Exception {
        final var images = new ArrayList<Object[]>();
        final var scores = new ArrayList<Object[]>();
        for (int i = 0; i < 100; i++) {
            final var label = new StringCell(i % 2 == 0 ? "even" : "odd");
            final boolean poison = i % 2 == 0 && (i < 10 || i >= 90);
            images.add(new Object[]{"r" + i, i == 98 ? DataType.getMissingCell() : image(4, 4, i), label, poison ? BooleanCell.TRUE : BooleanCell.FALSE});
            scores.add(0, new Object[]{"r" + i, label, new DoubleCell(i)});
        }
        final ShownNode node = remover(images, true, scores, Map.of("rule", "COUNT", "count", "25"));
        final JsonNode overview = node.initial();
        assertEquals("the top 25 of each class", overview.get("rule").asText());
        final JsonNode even = overview.at("/classes/0");
        assertEquals(List.of("even", "50", "25", "10", "5"),
            List.of("label", "rows", "removed", "poisoned", "poisonRemoved").stream().map(f -> even.get(f).asText()).toList());
        assertEquals(50, even.get("lowestRemoved").asDouble());
        assertEquals(48, even.get("highestKept").asDouble());
        assertEquals(even.get("index"), overview.get("chosen"));
        assertEquals("nothing found", even.at("/verdict/text").asText());
        assertEquals(25, overview.at("/removed/total").asInt());
        assertEquals(20, overview.at("/removed/items").size());
        assertEquals("r98", overview.at("/removed/items/0/key").asText());
        assertTrue(overview.at("/removed/items/0/address").isNull());
        assertTrue(overview.at("/removed/items/0/poisoned").asBoolean());
        assertEquals("r48", overview.at("/kept/items/0/key").asText());
        assertEquals(List.of("r58", "r56", "r54", "r52", "r50"), texts(node.call("images", even.get("index").asInt(), true, 20).get("items"), "key"));
        final JsonNode odd = node.call("images", overview.at("/classes/1/index").asInt(), false, 20).get("items");
        assertEquals("r1", odd.get(odd.size() - 1).get("key").asText());
        assertEquals(50, node.call("images", ALL, true, 0).get("total").asInt());
        assertEquals(4, node.offline());
    }

    @Test
    void removerOpensOnTheMostSuspiciousClass() throws Exception {
        final var images = new ArrayList<Object[]>();
        final var scores = new ArrayList<Object[]>();
        final var random = new Random(5);
        for (String label : List.of("apple", "few", "pear")) {
            for (int i = 0; i < (label.equals("few") ? 20 : 300); i++) {
                images.add(new Object[]{label + i, DataType.getMissingCell(), new StringCell(label)});
                scores.add(new Object[]{label + i, new StringCell(label), new DoubleCell(label.equals("pear") && i < 40 ? 400 + i : Math.pow(random.nextGaussian(), 2))});
            }
        }
        final JsonNode overview = remover(images, false, scores, Map.of("rule", "COUNT", "count", "5")).initial();
        assertEquals(List.of("pear", "apple", "few"), texts(overview.get("classes"), "label"));
        assertEquals(overview.at("/classes/0/index"), overview.get("chosen"));
        final List<String> verdicts = StreamSupport.stream(overview.get("classes").spliterator(), false).map(c -> c.at("/verdict/text").asText()).toList();
        assertTrue(verdicts.get(0).matches("poisoned: 40 images \\(p [=<] .*\\)"), verdicts.get(0));
        assertEquals(List.of("nothing found", "cannot tell: too few images to tell (20; 30 are needed)"), verdicts.subList(1, 3));
        assertEquals(0.01, overview.get("level").asDouble());
    }

    @Test
    void imagesWhoseSizeIsNoneAreNotShown() throws Exception {
        for (int claimed : new int[]{-1, Integer.MIN_VALUE, 0}) {
            final var shape = new ImageShape(3, 4, 4);
            final byte[] png = ImageCodec.encodePng(new byte[shape.size()], shape);
            ByteBuffer.wrap(png).putInt(16, claimed);
            final ShownNode node = remover(List.<Object[]>of(new Object[]{"a", new PNGImageContent(png).toImageCell(), new StringCell("one")}), false,
                List.<Object[]>of(new Object[]{"a", new StringCell("one"), new DoubleCell(3)}), Map.of("rule", "AUTOMATIC"));
            assertTrue(node.initial().at("/kept/items/0/address").isNull());
        }
    }

    @Test
    void removerWithoutImagesOrFlag() throws Exception {
        final ShownNode empty = remover(List.of(), false, List.of(), Map.of());
        assertEquals(0, empty.initial().get("rows").asInt());
        assertEquals(ALL, empty.initial().get("chosen").asInt());
        final ShownNode nothing = remover(List.<Object[]>of(new Object[]{"a", image(200, 300, 7), new StringCell("one")}), false,
            List.<Object[]>of(new Object[]{"a", new StringCell("one"), new DoubleCell(3)}), Map.of("rule", "AUTOMATIC"));
        final JsonNode overview = nothing.initial();
        assertFalse(overview.get("flagged").asBoolean());
        assertTrue(overview.at("/classes/0/lowestRemoved").isNull());
        assertEquals(3, overview.at("/classes/0/highestKept").asDouble());
        assertEquals(List.of(128, 85), Arrays.stream(size(overview.at("/kept/items/0/address"))).boxed().toList());
    }
}
