package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.Node;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.spectralsignatures.host.filestore.FileStores;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

import com.fasterxml.jackson.databind.JsonNode;

/** The Image Resizer makes of each image what the library does, and leaves all else of a table as it was. */
class ImageResizerTest {

    private static final String RESIZER = "resizer.ImageResizerNodeFactory";

    private static final Map<String, String> SIZE = Map.of("width", "20", "height", "12");

    private static final DataTableSpec COLUMNS = new DataTableSpec(image("Image", Map.of()), new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec());

    @TempDir
    Path folder;

    private static DataColumnSpec image(final String name, final Map<String, String> properties) {
        final var creator = new DataColumnSpecCreator(name, PNGImageContent.TYPE);
        creator.setProperties(new DataColumnProperties(properties));
        return creator.createSpec();
    }

    private static DecodedImage noise(final int height, final int width) {
        final var shape = new ImageShape(3, height, width);
        final var pixels = new byte[shape.size()];
        new Random(31L * height + width).nextBytes(pixels);
        return new DecodedImage(shape, pixels);
    }

    private static DataCell cell(final DecodedImage image) {
        return new PNGImageContent(ImageCodec.encodePng(image.pixels(), image.shape())).toImageCell();
    }

    private static DecodedImage decoded(final DataRow row, final int column) throws Exception {
        return ImageCodec.decode(((PNGImageValue)row.getCell(column)).getImageContent().getByteArrayReference());
    }

    private BufferedDataTable table(final DataTableSpec spec, final Object[]... rows) {
        return ShownNode.table(folder, spec, List.of(rows));
    }

    private BufferedDataTable resized(final Map<String, String> settings, final BufferedDataTable table) throws Exception {
        return NodeRun.of(RESIZER, settings, folder, table).table(0);
    }

    private static Map<String, String> by(final ImageFit.Way way) {
        return Map.of("way", way.name(), "width", "20", "height", "12");
    }

    /** Wide, high, square, small, large, and one that has the size already. */
    @ParameterizedTest
    @EnumSource(ImageFit.Way.class)
    void imagesOfSeveralSizesBecomeWhatTheLibraryMakesOfThem(final ImageFit.Way way) throws Exception {
        final List<DecodedImage> images = List.of(noise(30, 50), noise(50, 30), noise(7, 7), noise(1, 3), noise(200, 90), noise(12, 20));
        final var rows = new ArrayList<Object[]>();
        for (DecodedImage image : images) {
            rows.add(new Object[]{"r" + rows.size(), cell(image), new StringCell("class " + rows.size() % 2)});
        }
        final List<DataRow> found = KnimeTables.rows(resized(by(way), ShownNode.table(folder, COLUMNS, rows)));
        assertEquals(images.size(), found.size());
        for (int i = 0; i < images.size(); i++) {
            final DecodedImage expected = new ImageFit(way, 12, 20).apply(images.get(i));
            final DecodedImage image = decoded(found.get(i), 0);
            assertEquals("r" + i, found.get(i).getKey().getString());
            assertEquals(new StringCell("class " + i % 2), found.get(i).getCell(1));
            assertEquals(new ImageShape(3, 12, 20), image.shape());
            assertArrayEquals(expected.pixels(), image.pixels(), "r" + i);
        }
    }

    @Test
    void withoutSettingsTheMiddleIsCroppedTo32By32() throws Exception {
        final DecodedImage image = noise(40, 60);
        final DataRow row = KnimeTables.rows(resized(Map.of(), table(COLUMNS, new Object[]{"a", cell(image), new StringCell("x")}))).get(0);
        assertArrayEquals(new ImageFit(ImageFit.Way.CROP, 32, 32).apply(image).pixels(), decoded(row, 0).pixels());
    }

    @Test
    void missingImagesStayMissing() throws Exception {
        final List<DataRow> rows = KnimeTables.rows(resized(SIZE, table(COLUMNS, new Object[]{"a", DataType.getMissingCell(), new StringCell("x")},
            new Object[]{"b", cell(noise(5, 5)), DataType.getMissingCell()})));
        assertTrue(rows.get(0).getCell(0).isMissing());
        assertEquals(new StringCell("x"), rows.get(0).getCell(1));
        assertEquals(12, decoded(rows.get(1), 0).shape().height());
        assertTrue(rows.get(1).getCell(1).isMissing());
    }

    @Test
    void aTableWithoutRowsStaysOne() throws Exception {
        assertEquals(0, resized(SIZE, table(COLUMNS)).size());
    }

    @Test
    void aBrokenImageIsNamed() throws Exception {
        final byte[] png = ImageCodec.encodePng(noise(9, 9).pixels(), new ImageShape(3, 9, 9));
        final DataCell broken = new PNGImageContent(Arrays.copyOf(png, png.length / 2)).toImageCell();
        final BufferedDataTable table = table(COLUMNS, new Object[]{"good", cell(noise(9, 9)), new StringCell("x")}, new Object[]{"bad", broken, new StringCell("x")});
        final String message = assertThrows(KNIMEException.class, () -> resized(SIZE, table)).getMessage();
        assertTrue(message.startsWith("Row 'bad', column 'Image': ") && message.endsWith(" Remove the row first."), message);
    }

    /** The columns as they are known before and after the run: type, domain and properties, beside the new shape. */
    @Test
    void whatIsKnownOfTheColumnsStays() throws Exception {
        final var label = new DataColumnSpecCreator("Label", StringCell.TYPE);
        label.setDomain(new DataColumnDomainCreator(new DataCell[]{new StringCell("ship"), new StringCell("cat")}).createDomain());
        label.setProperties(new DataColumnProperties(Map.of("spectralsignatures.target", "cat")));
        final var weight = new DataColumnSpecCreator("Weight", DoubleCell.TYPE);
        weight.setDomain(new DataColumnDomainCreator(new DoubleCell(0), new DoubleCell(1)).createDomain());
        final var spec = new DataTableSpec(label.createSpec(), image("Image", Map.of("spectralsignatures.shape", "3x9x9", "camera", "left")), weight.createSpec());
        final var expected = new DataTableSpec(label.createSpec(), image("Image", Map.of("spectralsignatures.shape", "3x12x20", "camera", "left")), weight.createSpec());
        final Node node = NodeRun.node(RESIZER, SIZE);
        assertEquals(expected, node.configure(new PortObjectSpec[]{spec})[0]);
        assertNull(node.warning());
        final BufferedDataTable table = resized(SIZE, table(spec, new Object[]{"a", new StringCell("cat"), cell(noise(9, 9)), new DoubleCell(.5)}));
        assertEquals(expected, table.getDataTableSpec());
        assertEquals(new DoubleCell(.5), KnimeTables.rows(table).get(0).getCell(2));
    }

    /** KNIME's readers may give a column of images of any kind; what comes out is PNG. */
    @Test
    void aColumnOfAnyImagesBecomesOneOfPng() throws Exception {
        final var any = new DataColumnSpecCreator("Picture", OtherImagesTest.ANY).createSpec();
        assertTrue(any.getType().isCompatible(ImageValue.class) && !any.getType().equals(PNGImageContent.TYPE), any.toString());
        final var found = (DataTableSpec)NodeRun.node(RESIZER, SIZE).configure(new PortObjectSpec[]{new DataTableSpec(any)})[0];
        assertEquals(new DataTableSpec(image("Picture", Map.of("spectralsignatures.shape", "3x12x20"))), found);
    }

    @Test
    void onlyTheChosenColumnIsResized() throws Exception {
        final var spec = new DataTableSpec(image("front", Map.of()), image("side", Map.of()));
        final BufferedDataTable table = table(spec, new Object[]{"a", cell(noise(9, 9)), cell(noise(8, 8))});
        final NodeRun guessed = NodeRun.of(RESIZER, SIZE, folder, table);
        final String edges = "1 image lost edges to get 20 x 12 pixels (up to 40% of an image): a mark there is lost, too, and is not looked for."
            + " Padding or stretching keeps the edges.";
        assertEquals("The images are taken from the column 'front', the first of front, side: choose 'Image column' to be sure. " + edges, guessed.warning());
        assertEquals(12, decoded(KnimeTables.rows(guessed.table(0)).get(0), 0).shape().height());
        final NodeRun chosen = NodeRun.of(RESIZER, Map.of("width", "20", "height", "12", "imageColumn", "side"), folder, table);
        assertEquals(edges, chosen.warning());
        final DataRow row = KnimeTables.rows(chosen.table(0)).get(0);
        assertEquals(List.of(9, 12), List.of(decoded(row, 0).shape().height(), decoded(row, 1).shape().height()));
        final String message = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(NodeRun.node(RESIZER, Map.of("imageColumn", "back")), spec)).getMessage();
        assertTrue(message.contains("no column 'back'"), message);
    }

    @ParameterizedTest
    @CsvSource({"width, 0, Width", "width, 4097, Width", "height, -1, Height", "height, 4097, Height"})
    void sizesOutOfRangeAreRefused(final String key, final String value, final String title) {
        final var refused = assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(NodeRun.node(RESIZER, Map.of(key, value)), COLUMNS));
        assertEquals("'%s' is %s, but must be from 1 to 4096.".formatted(title, value), refused.getMessage());
    }

    /** It tells how far it is, and stops at the row at which it is cancelled. */
    @Test
    void progressAndCancellation() throws Exception {
        final DataCell image = cell(noise(3, 3));
        final var rows = new ArrayList<Object[]>();
        for (int i = 0; i < 250; i++) {
            rows.add(new Object[]{"r" + i, image, new StringCell("x")});
        }
        final BufferedDataTable table = ShownNode.table(folder, COLUMNS, rows);
        final var messages = new ArrayList<String>();
        final var asked = new AtomicInteger();
        final var monitor = new Unwatched() {
            @Override
            public void setMessage(final String message) {
                messages.add(message);
            }

            @Override
            public void checkCanceled() throws CanceledExecutionException {
                if (!messages.isEmpty()) {
                    asked.incrementAndGet();
                    throw new CanceledExecutionException();
                }
            }
        };
        final Node node = NodeRun.node(RESIZER, SIZE);
        assertThrows(CanceledExecutionException.class, () -> node.execute(new PortObject[]{table}, new ExecutionContext(monitor, new FileStores(folder))));
        assertEquals(List.of("Row 100 of 250"), messages);
        assertEquals(1, asked.get());
    }

    @Test
    void viewShowsTheImagesByClass() throws Exception {
        final JsonNode view = new ShownNode(RESIZER, SIZE, folder, table(COLUMNS, new Object[]{"a", cell(noise(50, 9)), new StringCell("cat")},
            new Object[]{"b", DataType.getMissingCell(), new StringCell("dog")})).initial();
        assertEquals("Resized images", view.at("/tables/0/name").asText());
        assertEquals("20 x 12 pixels", view.at("/tables/0/size").asText());
        assertEquals(List.of("cat", "dog"), view.at("/tables/0/classes").findValuesAsText("label"));
        assertTrue(view.at("/first/items/0/address").asText().startsWith("data:image/png"));
        assertTrue(view.at("/first/items/1/address").isNull());
    }

    /** Whether there is no column of strings, or it is not clear which one holds the classes. */
    @Test
    void viewOfImagesWithoutClasses() throws Exception {
        final var text = new DataColumnSpecCreator("path", StringCell.TYPE);
        final DataColumnSpec path = text.createSpec();
        text.setName("note");
        final var unclear = new DataTableSpec(image("front", Map.of()), image("side", Map.of()), path, text.createSpec());
        final ShownNode none = new ShownNode(RESIZER, SIZE, folder, table(new DataTableSpec(image("Image", Map.of())), new Object[]{"a", cell(noise(9, 9))}));
        final ShownNode several = new ShownNode(RESIZER, Map.of("imageColumn", "side"), folder,
            table(unclear, new Object[]{"a", DataType.getMissingCell(), cell(noise(9, 9)), new StringCell("p"), new StringCell("n")}));
        for (ShownNode node : List.of(none, several)) {
            assertEquals(List.of("?"), node.initial().at("/tables/0/classes").findValuesAsText("label"));
            assertEquals("", node.initial().at("/tables/0/target").asText());
            assertTrue(node.initial().at("/first/items/0/address").asText().startsWith("data:image/png"));
            assertEquals(1, node.call("page", 0, 0, 0).get("total").asInt());
        }
    }
}
