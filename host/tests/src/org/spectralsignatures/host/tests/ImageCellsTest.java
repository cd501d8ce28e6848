package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.blob.BinaryObjectDataValue;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.ImageContent;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.KNIMEException;

/** Columns of images that are no PNG cells: images of other kinds, which are asked for their file, and binary objects that hold files. */
class ImageCellsTest {

    private static final String RESIZER = "resizer.ImageResizerNodeFactory";

    private static final Map<String, String> SIZE = Map.of("width", "16", "height", "16");

    /** A cell that holds bytes. */
    private static class BinaryCell extends DataCell implements BinaryObjectDataValue {

        private static final long serialVersionUID = 1L;

        private final byte[] m_bytes; // NOSONAR never serialised

        BinaryCell(final byte[] bytes) {
            m_bytes = bytes;
        }

        @Override
        public long length() {
            return m_bytes.length;
        }

        @Override
        public InputStream openInputStream() throws IOException {
            return new ByteArrayInputStream(m_bytes);
        }

        @Override
        public String toString() {
            return m_bytes.length + " bytes";
        }

        @Override
        protected boolean equalsDataCell(final DataCell other) {
            return Arrays.equals(m_bytes, ((BinaryCell)other).m_bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(m_bytes);
        }
    }

    /** An image of another extension, which can be saved. */
    private static final class SavedCell extends DataCell implements ImageValue {

        private static final long serialVersionUID = 1L;

        private final String m_extension;

        private final byte[] m_file; // NOSONAR never serialised

        SavedCell(final String extension, final byte[] file) {
            m_extension = extension;
            m_file = file;
        }

        @Override
        public ImageContent getImageContent() {
            return new ImageContent() {
                @Override
                public DataCell toImageCell() {
                    return SavedCell.this;
                }

                @Override
                public void save(final OutputStream out) throws IOException {
                    if (m_file == null) {
                        throw new IOException("The file store is gone.");
                    }
                    out.write(m_file);
                }

                @Override
                public String getSummary() {
                    return m_extension;
                }
            };
        }

        @Override
        public String getImageExtension() {
            return m_extension;
        }

        @Override
        public String toString() {
            return m_extension;
        }

        @Override
        protected boolean equalsDataCell(final DataCell other) {
            return other == this;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @TempDir
    Path folder;

    private static byte[] file(final String format, final int colour) throws IOException {
        final var image = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24 * 24; i++) {
            image.setRGB(i % 24, i / 24, i / 24 < 12 ? colour : 0x404040);
        }
        final var out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, out));
        return out.toByteArray();
    }

    private BufferedDataTable table(final Class<? extends DataCell> type, final DataCell... images) {
        final var spec = new DataTableSpec(new DataColumnSpecCreator("File", DataType.getType(type)).createSpec(),
            new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec());
        final var rows = new Object[images.length][];
        for (int i = 0; i < images.length; i++) {
            rows[i] = new Object[]{"Row" + i, images[i], new StringCell(i % 2 == 0 ? "cat" : "dog")};
        }
        return ShownNode.table(folder, spec, List.of(rows));
    }

    private BufferedDataTable resized(final BufferedDataTable table) throws Exception {
        return NodeRun.of(RESIZER, SIZE, folder, table).table(0);
    }

    private static int[] corner(final DataCell cell) throws IOException {
        final BufferedImage image = ImageIO.read(new ByteArrayInputStream(((PNGImageValue)cell).getImageContent().getByteArray()));
        final int rgb = image.getRGB(1, 1);
        return new int[]{image.getWidth(), rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
    }

    @Test
    void binaryObjectsAreDecodedLikeFiles() throws Exception {
        final BufferedDataTable result = resized(table(BinaryCell.class, new BinaryCell(file("png", 0xc80000)), new BinaryCell(file("bmp", 0x00c800)),
            new BinaryCell(file("gif", 0x0000c8)), new BinaryCell(file("jpg", 0xc8c8c8))));
        assertEquals(PNGImageContent.TYPE, result.getDataTableSpec().getColumnSpec(0).getType());
        final var rows = KnimeTables.rows(result);
        assertArrayEquals(new int[]{16, 200, 0, 0}, corner(rows.get(0).getCell(0)));
        assertArrayEquals(new int[]{16, 0, 200, 0}, corner(rows.get(1).getCell(0)));
        assertArrayEquals(new int[]{16, 0, 0, 200}, corner(rows.get(2).getCell(0)));
        assertEquals(200, corner(rows.get(3).getCell(0))[1], 3);
    }

    @Test
    void imagesOfOtherKindsAreAskedForTheirFile() throws Exception {
        final var rows = KnimeTables.rows(resized(table(SavedCell.class, new SavedCell("bmp", file("bmp", 0x00c800)))));
        assertArrayEquals(new int[]{16, 0, 200, 0}, corner(rows.get(0).getCell(0)));
    }

    private String refused(final BufferedDataTable table) {
        return assertThrows(KNIMEException.class, () -> resized(table)).getMessage();
    }

    @Test
    void whatCannotBeReadNamesItsRow() throws Exception {
        final byte[] png = file("png", 0xc80000);
        final byte[] svg = "<svg/>".getBytes(StandardCharsets.UTF_8);
        assertEquals("Row 'Row0', column 'File': the image is an SVG drawing, which has no pixels. Turn the column into PNG first, for example with KNIME's node"
            + " 'Renderer to Image'.", refused(table(SavedCell.class, new SavedCell("svg", svg))));
        assertEquals("Row 'Row0', column 'File': the image, of the kind 'tif', cannot be taken out of the cell (The file store is gone). Turn the column into PNG first.",
            refused(table(SavedCell.class, new SavedCell("tif", null))));
        final String noImage = refused(table(BinaryCell.class, new BinaryCell(png), new BinaryCell(svg)));
        assertTrue(noImage.startsWith("Row 'Row1', column 'File': The bytes are no PNG, JPEG") && noImage.endsWith("Remove the row first."), noImage);
        final String cutOff = refused(table(BinaryCell.class, new BinaryCell(png), new BinaryCell(Arrays.copyOf(png, png.length / 2))));
        assertTrue(cutOff.startsWith("Row 'Row1', column 'File': "), cutOff);
        assertTrue(KnimeTables.rows(resized(table(BinaryCell.class, DataType.getMissingCell(), new BinaryCell(png)))).get(0).getCell(0).isMissing());
        final var huge = new BinaryCell(png) {

            private static final long serialVersionUID = 1L;

            @Override
            public long length() {
                return 1L << 40;
            }
        };
        assertTrue(refused(table(BinaryCell.class, huge)).contains("the file has more than 536870912 bytes"));
    }

    /** The Injector marks some images and hands on the others: all of them are PNG then. */
    @Test
    void theInjectorMakesAllImagesPng() throws Exception {
        final var cells = new DataCell[12];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new BinaryCell(file("bmp", 0x101010 * i));
        }
        final BufferedDataTable result = NodeRun.of("injector.BackdoorInjectorNodeFactory", Map.of("sampleClass", "cat", "targetClass", "dog", "epsilon", "0.5"),
            folder, table(BinaryCell.class, cells)).table(0);
        assertEquals(PNGImageContent.TYPE, result.getDataTableSpec().getColumnSpec(0).getType());
        assertTrue(KnimeTables.rows(result).stream().allMatch(row -> row.getCell(0) instanceof PNGImageValue));
    }

    @Test
    void viewsShowThem() throws Exception {
        final var shown = new ShownNode(RESIZER, SIZE, folder, table(BinaryCell.class, new BinaryCell(file("jpg", 0xc80000))));
        assertTrue(shown.initial().get("first").get("items").get(0).get("address").asText().startsWith("data:image/png;base64,"));
    }
}
