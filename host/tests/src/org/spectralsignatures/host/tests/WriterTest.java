package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.Node;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.host.filestore.FileStores;
import org.spectralsignatures.image.codec.ImageCodec;

/** The Labelled Image Writer: what lies in its folder, and that there is nothing where it ends early. */
class WriterTest {

    private static final String WRITER = "writer.LabelledImageWriterNodeFactory";

    private static final String READER = "reader.LabelledImageReaderNodeFactory";

    private static final DataColumnSpec IMAGE = column("Image", PNGImageContent.TYPE);

    private static final DataColumnSpec LABEL = column("Label", StringCell.TYPE);

    @TempDir
    Path folder;

    private Path place;

    private Path out;

    @BeforeEach
    void out() throws IOException {
        place = Files.createDirectory(folder.resolve("place"));
        out = place.resolve("out");
    }

    private static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    /** A PNG that our encoder would write otherwise: with transparency. */
    private static byte[] png(final int number) throws IOException {
        final var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0x40000000 | (number * 7919 + i * 104729) & 0xffffff);
        }
        final var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static DataCell image(final int number) throws IOException {
        return new PNGImageContent(png(number)).toImageCell();
    }

    private static DataCell text(final String text) {
        return new StringCell(text);
    }

    private BufferedDataTable table(final DataTableSpec spec, final Object[]... rows) {
        return ShownNode.table(folder, spec, Arrays.asList(rows));
    }

    private BufferedDataTable kept() throws IOException {
        return table(new DataTableSpec(IMAGE, LABEL), new Object[]{"cat/1.jpg", image(1), text("cat")}, new Object[]{"dog/2.png", image(2), text("dog")});
    }

    private BufferedDataTable removed() throws IOException {
        return table(new DataTableSpec(IMAGE, LABEL, column("Score", DoubleCell.TYPE), column("Rank in class", IntCell.TYPE)),
            new Object[]{"cat/3.png", image(3), text("dog"), new DoubleCell(2.5), new IntCell(1)},
            new Object[]{"cat/4.png", image(4), text("cat"), DataType.getMissingCell(), DataType.getMissingCell()});
    }

    private Map<String, Object> settings(final Object... more) {
        final Map<String, Object> settings = new HashMap<>(Map.of("folder", out.toString()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String)more[i], more[i + 1]);
        }
        return settings;
    }

    private NodeRun write(final Map<String, ?> settings, final PortObject... inputs) throws Exception {
        return NodeRun.of(WRITER, settings, folder, inputs);
    }

    private Map<String, byte[]> files() throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (var all = Files.walk(out)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(out.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(place)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private static List<String> rows(final BufferedDataTable table) {
        final List<String> rows = new ArrayList<>();
        for (DataRow row : KnimeTables.rows(table)) {
            final var line = new StringBuilder(row.getKey().getString());
            row.forEach(cell -> line.append(" ").append(cell.isMissing() ? "?" : cell.toString()));
            rows.add(line.toString());
        }
        return rows;
    }

    @Test
    void keptImagesAreWrittenAndRemovedOnesSetApart() throws Exception {
        final NodeRun run = write(settings(), kept(), removed());
        final Map<String, byte[]> files = files();
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "removed.csv", "train/cat/1.png", "train/dog/2.png", "quarantine/dog/cat_3.png",
            "quarantine/cat/4.png"), files.keySet());
        assertArrayEquals(png(1), files.get("train/cat/1.png"));
        assertArrayEquals(png(3), files.get("quarantine/dog/cat_3.png"));
        assertEquals("Row ID,Label,Score,Rank in class,Original file\ncat/3.png,dog,2.5,1,\ncat/4.png,cat,,,\n", Files.readString(out.resolve("removed.csv")));
        assertEquals(List.of("cat/1.jpg train/cat/1.png ? kept", "dog/2.png train/dog/2.png ? kept", "cat/3.png quarantine/dog/cat_3.png ? removed",
            "cat/4.png quarantine/cat/4.png ? removed"), rows(run.table(0)));
        assertNull(run.warning());
        assertEquals(List.of("out"), left());
    }

    @Test
    void theSecondInputMayBeOpen() throws Exception {
        final NodeRun run = write(settings(), kept());
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "cat/1.png", "dog/2.png"), files().keySet());
        assertEquals(List.of("cat/1.jpg cat/1.png ? kept", "dog/2.png dog/2.png ? kept"), rows(run.table(0)));
    }

    /** Whoever gets the folder reads there what was found out, also where nothing was removed. */
    @Test
    void theConclusionIsWrittenBesideTheImages() throws Exception {
        final BufferedDataTable conclusion = table(new DataTableSpec(column("Conclusion", StringCell.TYPE), column("Row", IntCell.TYPE),
            column("Next step", StringCell.TYPE)), new Object[]{"Row0", text("None of 2 classes can be judged: katzen für alle."), new IntCell(7), text("Train longer.")},
            new Object[]{"Row1", text("More."), new IntCell(8), DataType.getMissingCell()});
        write(settings(), kept(), null, conclusion);
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "conclusion.txt", "cat/1.png", "dog/2.png"), files().keySet());
        assertEquals("Conclusion: None of 2 classes can be judged: katzen für alle.\nNext step: Train longer.\n\nConclusion: More.\n",
            Files.readString(out.resolve("conclusion.txt")));
        write(settings("ifExists", "REPLACE"), kept());
        assertFalse(Files.exists(out.resolve("conclusion.txt")), "the folder was replaced with its conclusion");
    }

    @Test
    void aConclusionWithoutWordsIsRefusedBeforeAnythingIsWritten() throws Exception {
        final var numbers = new DataTableSpec(column("Score", DoubleCell.TYPE));
        final String message = assertThrows(InvalidSettingsException.class,
            () -> NodeRun.configure(NodeRun.node(WRITER, settings()), kept().getDataTableSpec(), null, numbers)).getMessage();
        assertEquals("The input 'Conclusion' has no column of strings. Connect the Conclusion or the Verdicts of a Backdoor Auditor.", message);
    }

    @Test
    void aConclusionOfManyRowsIsNoneAndNothingIsWritten() throws Exception {
        final Object[][] rows = new Object[10_001][];
        Arrays.setAll(rows, i -> new Object[]{"Row" + i, text("x")});
        final BufferedDataTable many = table(new DataTableSpec(column("Verdict", StringCell.TYPE)), rows);
        final String message = assertThrows(KNIMEException.class, () -> write(settings(), kept(), null, many)).getMessage();
        assertTrue(message.startsWith("The input 'Conclusion' has 10,001 rows, but at most 10,000 are written."), message);
        assertEquals(List.of(), left());
    }

    /** The Backdoor Auditor lists suspicious images that it leaves in the set, too. */
    @Test
    void ofSuspiciousImagesThoseAreRemovedThatWereTakenOut() throws Exception {
        final var suspicious = table(new DataTableSpec(IMAGE, LABEL, column("Evidence", DoubleCell.TYPE), column("Rank in class", IntCell.TYPE),
            column("Taken out", BooleanCell.TYPE)), new Object[]{"cat/3.png", image(3), text("cat"), new DoubleCell(9), new IntCell(1), BooleanCell.TRUE},
            new Object[]{"cat/1.jpg", image(1), text("cat"), new DoubleCell(1), new IntCell(2), BooleanCell.FALSE});
        final NodeRun run = write(settings(), kept(), suspicious);
        assertEquals("Row ID,Label,Score,Rank in class,Original file\ncat/3.png,cat,9.0,1,\n", Files.readString(out.resolve("removed.csv")));
        assertEquals(3, run.table(0).size());
    }

    @Test
    void removedImagesNeedNoColumnsWithoutQuarantine() throws Exception {
        final var keys = table(new DataTableSpec(column("Score", DoubleCell.TYPE)), new Object[]{"x", new DoubleCell(1)});
        final var refused = assertThrows(InvalidSettingsException.class, () -> write(settings(), kept(), keys));
        assertTrue(refused.getMessage().startsWith("Removed images: The table has no column"), refused.getMessage());
        assertTrue(refused.getMessage().endsWith("They need such columns for the quarantine only."), refused.getMessage());
        write(settings("quarantine", false), kept(), keys);
        assertEquals("Row ID,Label,Score,Rank in class,Original file\nx,,1.0,,\n", Files.readString(out.resolve("removed.csv")));
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "removed.csv", "cat/1.png", "dog/2.png"), files().keySet());
    }

    private Path originals(final String... names) throws IOException {
        final Path set = folder.resolve("set");
        for (String name : names) {
            Files.createDirectories(set.resolve(name).getParent());
            Files.writeString(set.resolve(name), name);
        }
        return set;
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPIES", "LINKS"})
    void originalFilesNeedNoImagesInTheTable(final String content) throws Exception {
        final Path set = originals("train/cat/1.jpg", "train/dog/2.png", "train/cat/3.png");
        final var labels = table(new DataTableSpec(LABEL), new Object[]{"cat/1.jpg", text("cat")}, new Object[]{"dog/2.png", text("dog")});
        final var others = table(new DataTableSpec(LABEL), new Object[]{"cat/3.png", text("cat")});
        write(settings("write", content, "originalFolder", set.toString(), "layout", "IDX"), labels, others);
        assertEquals(Set.of(".spectralsignatures-written", "files.csv", "removed.csv", "train/cat/1.jpg", "train/dog/2.png", "quarantine/cat/3.png"), files().keySet());
        assertEquals("train/cat/1.jpg", Files.readString(out.resolve("train/cat/1.jpg")));
        assertEquals(content.equals("LINKS"), Files.isSameFile(set.resolve("train/dog/2.png"), out.resolve("train/dog/2.png")));
        assertTrue(Files.readString(out.resolve("removed.csv")).endsWith("cat/3.png,cat,,,train/cat/3.png\n"));
    }

    @Test
    void aFileThatIsMissingIsAnErrorAndNothingIsWritten() throws Exception {
        final Path set = originals("train/cat/1.jpg");
        final var failure =
            assertThrows(KNIMEException.class, () -> write(settings("write", "COPIES", "originalFolder", set.toString()), kept()));
        assertEquals("Row 'dog/2.png': there is no such file in '%s'. Row IDs have to be those of the Labelled Image Reader: paths below that folder."
            .formatted(set.toRealPath()), failure.getMessage());
        assertEquals(List.of(), left());
    }

    @Test
    void rowsThatCannotBeWrittenAreNamed() throws Exception {
        final var spec = new DataTableSpec(IMAGE, LABEL);
        final Object[] good = {"a", image(1), text("cat")};
        assertEquals("Row 'b', column 'Image': the image is missing. Remove the row first.", assertThrows(KNIMEException.class,
            () -> write(settings(), table(spec, good, new Object[]{"b", DataType.getMissingCell(), text("cat")}))).getMessage());
        assertEquals("Row 'b', column 'Label': the label is missing. Remove the row first.", assertThrows(KNIMEException.class,
            () -> write(settings(), table(spec, good, new Object[]{"b", image(1), DataType.getMissingCell()}))).getMessage());
        assertEquals("Row 'a' comes twice. An image is either kept or removed: connect both outputs of one node.",
            assertThrows(KNIMEException.class, () -> write(settings(), table(spec, good), table(spec, good))).getMessage());
        assertTrue(assertThrows(KNIMEException.class, () -> write(settings("layout", "CIFAR10_BINARY"), table(spec, good))).getMessage()
            .startsWith("Row 'a': the image is 8 x 8 pixels, but CIFAR-10's are 32 x 32 pixels."));
        assertEquals(List.of(), left());
    }

    @Test
    void foldersAreLookedAtBeforeAnythingRuns() throws Exception {
        final BufferedDataTable kept = kept();
        final var spec = kept.getDataTableSpec();
        assertEquals("No folder to write is set. Choose one that does not exist yet.",
            assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(NodeRun.node(WRITER, Map.of()), spec)).getMessage());
        final Node copies = NodeRun.node(WRITER, settings("write", "COPIES"));
        assertTrue(assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(copies, spec)).getMessage().contains("'Original folder'"));
        final Node nowhere = NodeRun.node(WRITER, settings("folder", out.resolve("a/b").toString()));
        assertTrue(assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(nowhere, spec)).getMessage().contains("there is no folder"));
        write(settings(), kept);
        assertTrue(assertThrows(InvalidSettingsException.class, () -> write(settings(), kept)).getMessage().contains("is not empty, and nothing is overwritten"));
        write(settings("ifExists", "REPLACE"), kept, removed());
        assertTrue(files().containsKey("train/cat/1.png"));
        Files.writeString(out.resolve("mine"), "x");
        assertTrue(assertThrows(InvalidSettingsException.class, () -> write(settings("ifExists", "REPLACE"), kept)).getMessage().contains("'mine'"));
        assertEquals(List.of("out"), left());
    }

    /** A folder that appears after the node was configured is found all the same. */
    @Test
    void aFolderThatAppearsLaterIsNotTouched() throws Exception {
        final Node node = NodeRun.node(WRITER, settings());
        final BufferedDataTable kept = kept();
        NodeRun.configure(node, kept.getDataTableSpec());
        Files.writeString(Files.createDirectory(out).resolve("mine"), "x");
        assertThrows(KNIMEException.class, () -> node.execute(new PortObject[]{kept, null, null}, ShownNode.context(folder)));
        assertEquals(Set.of("mine"), files().keySet());
        assertEquals(List.of("out"), left());
    }

    /** Cancels once some of the folder was written. */
    private final class Cancelling extends Unwatched {

        private long m_cancelled;

        @Override
        public void checkCanceled() throws CanceledExecutionException {
            try (var written = Files.walk(place)) {
                if (m_cancelled > 0 || written.filter(f -> f.toString().endsWith(".png")).count() >= 20) {
                    m_cancelled = m_cancelled == 0 ? System.nanoTime() : m_cancelled;
                    throw new CanceledExecutionException();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aCancelledNodeStopsSoonAndLeavesNothing() throws Exception {
        final var rows = new Object[2000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Object[]{"r" + i, image(i), text("c" + i % 5)};
        }
        final Node node = NodeRun.node(WRITER, settings());
        final var monitor = new Cancelling();
        final BufferedDataTable table = table(new DataTableSpec(IMAGE, LABEL), rows);
        assertThrows(CanceledExecutionException.class, () -> node.execute(new PortObject[]{table, null, null}, new ExecutionContext(monitor, new FileStores(folder))));
        assertTrue(System.nanoTime() - monitor.m_cancelled < 1_000_000_000L);
        assertEquals(List.of(), left());
    }

    @Test
    void anEmptySetIsWarnedOf() throws Exception {
        final NodeRun run = write(settings(), table(new DataTableSpec(IMAGE, LABEL)), removed());
        assertEquals("No image was kept: the set that was written is empty.", run.warning());
        assertEquals(2, run.table(0).size());
    }

    @Test
    void classesWhoseFoldersHaveOtherNamesAreWarnedOf() throws Exception {
        final NodeRun run = write(settings(), table(new DataTableSpec(IMAGE, column("class", StringCell.TYPE)), new Object[]{"a", image(1), text("cats/dogs")}));
        assertTrue(run.warning().startsWith("The classes are taken from the column 'class'"), run.warning());
        assertTrue(run.warning().endsWith("'cats/dogs' is in 'cats_dogs'."), run.warning());
    }

    private List<String> read(final Path set) throws Exception {
        final List<String> images = new ArrayList<>();
        for (DataRow row : KnimeTables.rows(NodeRun.of(READER, Map.of("path", set.toString()), folder).table(0))) {
            images.add(row.getKey().getString() + " " + row.getCell(1) + " "
                + Arrays.hashCode(ImageCodec.decode(((PNGImageValue)row.getCell(0)).getImageContent().getByteArray()).pixels()));
        }
        return images;
    }

    /** Reader, writer, reader: the same rows, labels and pixels. */
    @ParameterizedTest
    @ValueSource(strings = {"IMAGES", "COPIES", "LINKS"})
    void whatWasWrittenIsReadAgain(final String content) throws Exception {
        final Path set = folder.resolve("set");
        for (String name : List.of("cat/1.png", "cat/2.png", "dog/1.png")) {
            Files.createDirectories(set.resolve(name).getParent());
            Files.write(set.resolve(name), png(name.hashCode()));
        }
        final BufferedDataTable images = NodeRun.of(READER, Map.of("path", set.toString()), folder).table(0);
        write(settings("write", content, "originalFolder", set.toString()), images);
        assertEquals(3, images.size());
        assertEquals(read(set), read(out));
    }
}
