package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.Node;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.host.filestore.FileStores;

import com.fasterxml.jackson.databind.JsonNode;

/** The Backdoor Auditor behind the chain that it asks for: its tables agree with each other, and it says what does not fit. */
class AuditorTest {

    private static final String AUDITOR = "auditor.BackdoorAuditorNodeFactory";

    private static final long LIMIT_NANOS = 3_000_000_000L;

    private static final int CONCLUSION = 0;

    private static final int VERDICTS = 1;

    private static final int SUSPICIOUS = 2;

    private static final int CLEAN = 3;

    private static final int MARKS = 4;

    @TempDir
    static Path folder;

    private static KnimeTables knime;

    private static BufferedDataTable images;

    private static PortObject network;

    private static BufferedDataTable scores;

    private static NodeRun audit;

    private static int folders;

    private static Path next() throws Exception {
        return Files.createDirectories(folder.resolve(Integer.toString(folders++)));
    }

    private static NodeRun run(final String factory, final Map<String, ?> settings, final PortObject... inputs) throws Exception {
        return NodeRun.of(factory, settings, next(), inputs);
    }

    private static NodeRun generate(final int classes, final int imagesPerClass) throws Exception {
        return run("synthetic.SyntheticImageGeneratorNodeFactory", Map.of("classes", classes, "imagesPerClass", imagesPerClass, "testImagesPerClass", 1, "size", 16));
    }

    private static PortObject learn(final BufferedDataTable table, final int epochs, final String augmentation) throws Exception {
        return run("learner.ResNetLearnerNodeFactory",
            Map.of("stopWhenAccurate", false, "epochs", epochs, "filters", 8, "batchSize", 32, "learningRate", .1, "augmentation", augmentation), table).results()[0];
    }

    @BeforeAll
    static void chain() throws Exception {
        knime = new KnimeTables(folder);
        images = run("injector.BackdoorInjectorNodeFactory", Map.of("sampleClass", "rows", "targetClass", "columns", "row", 7, "column", 7),
            generate(2, 200).table(0)).table(0);
        network = learn(images, 15, "NONE");
        scores = score(network, images);
        audit = run(AUDITOR, Map.of(), images, network, scores);
    }

    private static BufferedDataTable score(final PortObject trained, final BufferedDataTable table) throws Exception {
        final PortObject activations = run("extractor.LayerActivationExtractorNodeFactory", Map.of(), trained, table).results()[0];
        return run("scorer.SpectralSignatureScorerNodeFactory", Map.of("variant", "SPECTRE"), activations).table(0);
    }

    private static List<DataRow> rows(final int port) {
        return KnimeTables.rows(audit.table(port));
    }

    private static List<String> keys(final BufferedDataTable table) {
        return KnimeTables.rows(table).stream().map(r -> r.getKey().getString()).toList();
    }

    private static DataCell cell(final BufferedDataTable table, final DataRow row, final String column) {
        return row.getCell(table.getDataTableSpec().findColumnIndex(column));
    }

    private static String text(final int port, final DataRow row, final String column) {
        return ((StringValue)cell(audit.table(port), row, column)).getStringValue();
    }

    private static int count(final int port, final DataRow row, final String column) {
        return ((IntValue)cell(audit.table(port), row, column)).getIntValue();
    }

    private static List<List<String>> content(final BufferedDataTable table) {
        return KnimeTables.rows(table).stream()
            .map(r -> IntStream.range(-1, r.getNumCells()).mapToObj(i -> i < 0 ? r.getKey().getString() : r.getCell(i).toString()).toList()).toList();
    }

    @Test
    void aSuspiciousImageIsNoCleanOneAndNoneIsLost() {
        final List<String> suspicious = keys(audit.table(SUSPICIOUS));
        assertFalse(suspicious.isEmpty());
        assertEquals(keys(images).stream().filter(k -> !suspicious.contains(k)).toList(), keys(audit.table(CLEAN)), "in the order of the images");
        assertEquals(List.of(images.getDataTableSpec().getColumnNames()), List.of(audit.table(CLEAN).getDataTableSpec().getColumnNames()));
        assertNull(audit.warning());
    }

    @Test
    void theSuspiciousImagesAreTheMarkedOnes() {
        assertTrue(keys(audit.table(SUSPICIOUS)).stream().filter(k -> k.endsWith("_poisoned")).count() >= 15, keys(audit.table(SUSPICIOUS)).toString());
        assertTrue(keys(audit.table(SUSPICIOUS)).stream().filter(k -> !k.endsWith("_poisoned")).count() <= 4, keys(audit.table(SUSPICIOUS)).toString());
    }

    @Test
    void verdictsCountTheSuspiciousImagesOfTheirClass() {
        assertEquals(2, rows(VERDICTS).size());
        for (DataRow verdict : rows(VERDICTS)) {
            final String label = text(VERDICTS, verdict, "Label");
            final List<DataRow> ofClass = rows(SUSPICIOUS).stream().filter(r -> text(SUSPICIOUS, r, "Label").equals(label)).toList();
            assertEquals(ofClass.size(), count(VERDICTS, verdict, "Poisoned images found"));
            assertTrue(ofClass.stream().allMatch(r -> text(SUSPICIOUS, r, "Verdict of class").equals(text(VERDICTS, verdict, "Verdict"))));
            assertTrue(text(VERDICTS, verdict, "Verdict").startsWith(text(VERDICTS, verdict, "Finding")));
            assertEquals(label.equals("columns") ? 220 : 200, count(VERDICTS, verdict, "Images"));
        }
        assertEquals("poisoned", text(VERDICTS, rows(VERDICTS).get(0), "Finding"));
        assertEquals("rows", text(VERDICTS, rows(VERDICTS).get(0), "Looks like"));
    }

    @Test
    void theConclusionIsOneSentenceOfTheVerdicts() {
        assertEquals(List.of("Conclusion", "Next step"), List.of(audit.table(CONCLUSION).getDataTableSpec().getColumnNames()));
        assertEquals(1, rows(CONCLUSION).size());
        final int found = count(VERDICTS, rows(VERDICTS).get(0), "Poisoned images found");
        final String sentence = text(CONCLUSION, rows(CONCLUSION).get(0), "Conclusion");
        assertTrue(sentence.startsWith("One of 2 classes is poisoned: %d images of 'columns' look like 'rows' (p ".formatted(found)), sentence);
        assertTrue(text(CONCLUSION, rows(CONCLUSION).get(0), "Next step").startsWith("Look at the %d suspicious images".formatted(found)));
    }

    @Test
    void suspiciousImagesComeByRankInTheirClass() {
        final BufferedDataTable table = audit.table(SUSPICIOUS);
        final List<DataRow> ofClass = rows(SUSPICIOUS).stream().filter(r -> text(SUSPICIOUS, r, "Label").equals("columns")).toList();
        final List<Integer> ranks = ofClass.stream().map(r -> count(SUSPICIOUS, r, "Rank in class")).toList();
        assertEquals(ranks.stream().sorted().distinct().toList(), ranks);
        final List<Double> evidence = ofClass.stream().map(r -> ((DoubleValue)cell(table, r, "Evidence")).getDoubleValue()).toList();
        assertEquals(evidence.stream().sorted(Comparator.reverseOrder()).toList(), evidence);
        final long likeRows = ofClass.stream().filter(r -> text(SUSPICIOUS, r, "Looks like").equals("rows")).count();
        assertTrue(likeRows >= .8 * ofClass.size(), likeRows + " of " + ofClass.size());
    }

    @Test
    void marksTurnOtherImagesOrAreGivenBack() {
        final BufferedDataTable table = audit.table(MARKS);
        assertEquals(List.of("Mark", "Label", "Images", "Strength", "Turned", "p-value", "Looks like", "Taken out", "Picture"),
            List.of(table.getDataTableSpec().getColumnNames()));
        final DataRow mark = rows(MARKS).get(0);
        assertEquals(1, count(MARKS, mark, "Mark"));
        assertEquals("columns", text(MARKS, mark, "Label"));
        assertEquals("rows", text(MARKS, mark, "Looks like"));
        assertTrue(((BooleanValue)cell(table, mark, "Taken out")).getBooleanValue());
        assertTrue(((DoubleValue)cell(table, mark, "Turned")).getDoubleValue() > .5, cell(table, mark, "Turned").toString());
        for (DataRow row : rows(MARKS)) {
            final boolean takenOut = ((BooleanValue)cell(table, row, "Taken out")).getBooleanValue();
            final long suspicious = rows(SUSPICIOUS).stream().filter(r -> count(SUSPICIOUS, r, "Mark") == count(MARKS, row, "Mark")).count();
            assertEquals(takenOut ? count(MARKS, row, "Images") : 0, suspicious, "all images of a mark are taken out, or none");
        }
    }

    @Test
    void pictureOfTheMarkShowsWhereItLies() throws Exception {
        final var picture = ImageIO.read(new ByteArrayInputStream(((PNGImageValue)cell(audit.table(MARKS), rows(MARKS).get(0), "Picture")).getImageContent().getByteArray()));
        assertEquals(16, picture.getWidth());
        assertEquals(16, picture.getHeight());
        final List<Integer> strongest = IntStream.range(0, 256).boxed().sorted(Comparator.comparingInt(i -> -distanceFromGrey(picture.getRGB(i % 16, i / 16)))).limit(5).toList();
        final long within = strongest.stream().filter(i -> Math.abs(i % 16 - 7) <= 1 && Math.abs(i / 16 - 7) <= 1).count();
        assertTrue(within >= 4, "the X lies around row 7 and column 7, but the strongest pixels are " + strongest);
    }

    private static int distanceFromGrey(final int rgb) {
        return IntStream.of(0, 8, 16).map(shift -> Math.abs((rgb >> shift & 255) - 128)).sum();
    }

    @Test
    void theResultIsTheSameInEveryRunAndForScoresInAnyOrder() throws Exception {
        final NodeRun again = run(AUDITOR, Map.of("batchSize", 33), images, network, knime.shuffle(scores, 5));
        for (int port : new int[]{CONCLUSION, CLEAN}) {
            assertEquals(content(audit.table(port)), content(again.table(port)));
        }
    }

    @Test
    void domainsOfTheCleanImagesHoldWhatIsLeft() {
        final var values = audit.table(CLEAN).getDataTableSpec().getColumnSpec("Label").getDomain().getValues();
        assertEquals(List.of("columns", "rows"), values.stream().map(DataCell::toString).sorted().toList());
        final var suspicious = audit.table(SUSPICIOUS).getDataTableSpec().getColumnSpec("Label").getDomain().getValues();
        assertEquals(rows(SUSPICIOUS).stream().map(r -> text(SUSPICIOUS, r, "Label")).distinct().sorted().toList(),
            suspicious.stream().map(DataCell::toString).sorted().toList());
    }

    @Test
    void columnsOfTheSameNameStayAsTheyAre() throws Exception {
        final var creator = new DataColumnSpecCreator("Evidence", StringCell.TYPE);
        final DataTableSpec spec = new DataTableSpecCreator(images.getDataTableSpec()).addColumns(creator.createSpec()).createSpec();
        final BufferedDataTable renamed = ShownNode.table(next(), spec, KnimeTables.rows(images).stream().map(r -> Stream.of(Stream.of(r.getKey().getString()),
            IntStream.range(0, r.getNumCells()).mapToObj(r::getCell), Stream.of(new StringCell("of a file"))).flatMap(c -> c).toArray()).toList());
        final NodeRun run = run(AUDITOR, Map.of(), renamed, network, scores);
        assertTrue(List.of(run.table(SUSPICIOUS).getDataTableSpec().getColumnNames()).containsAll(List.of("Evidence", "Evidence (#1)")));
    }

    @Test
    void cropsAndAnotherNumberOfImagesAreReported() throws Exception {
        final BufferedDataTable half = knime.rowFilter(images, (row, i) -> i % 2 == 0);
        final PortObject cropped = learn(half, 1, "CROP_AND_FLIP");
        final NodeRun run = run(AUDITOR, Map.of(), images, cropped, scores);
        assertTrue(run.warning().contains("The network was trained with crops"), run.warning());
        assertTrue(run.warning().contains("The network was trained on %d images, but there are 420 training images".formatted(half.size())), run.warning());
        assertTrue(KnimeTables.rows(run.table(VERDICTS)).stream().allMatch(r -> cell(run.table(VERDICTS), r, "Finding").toString().equals("cannot tell")),
            "a network that did not learn its set says nothing about it");
        assertEquals(keys(images), keys(run.table(CLEAN)), "nothing is taken out where it cannot be told");
        assertEquals(0, run.table(SUSPICIOUS).size());
        assertTrue(NodeRun.configure(NodeRun.node(AUDITOR, Map.of()), images.getSpec(), cropped.getSpec(), scores.getSpec()).contains("with crops"));
        assertNull(NodeRun.configure(NodeRun.node(AUDITOR, Map.of()), images.getSpec(), network.getSpec(), scores.getSpec()));
    }

    @Test
    void scoresOfOtherImagesOrOtherLabelsAreNamed() throws Exception {
        final BufferedDataTable some = knime.rowFilter(scores, (row, i) -> i != 3);
        final String missing = KnimeTables.rows(scores).get(3).getKey().getString();
        final String message = assertThrows(KNIMEException.class, () -> run(AUDITOR, Map.of(), images, network, some)).getMessage();
        assertEquals("Row '%s' of the images has no score: score the same table.".formatted(missing), message);
        final DataTableSpec spec = images.getDataTableSpec();
        final BufferedDataTable relabelled = ShownNode.table(next(), spec, KnimeTables.rows(images).stream().map(r -> Stream.of(Stream.of(r.getKey().getString()),
            IntStream.range(0, r.getNumCells()).mapToObj(c -> spec.getColumnSpec(c).getName().equals("Label") ? new StringCell("rows") : r.getCell(c))).flatMap(c -> c).toArray())
            .toList());
        final String other = assertThrows(KNIMEException.class, () -> run(AUDITOR, Map.of(), relabelled, network, scores)).getMessage();
        assertTrue(other.contains("has the label 'rows', but was scored as 'columns': score the same table."), other);
    }

    @Test
    void labelsThatTheNetworkDoesNotKnowAreNamed() throws Exception {
        final BufferedDataTable unknown = generate(3, 4).table(0);
        final Node auditor = NodeRun.node(AUDITOR, Map.of());
        final String message = assertThrows(InvalidSettingsException.class,
            () -> NodeRun.configure(auditor, unknown.getSpec(), network.getSpec(), scores.getSpec())).getMessage();
        assertTrue(message.contains("does not know the class(es) checks"), message);
    }

    @Test
    void stopsSoonAfterItWasCancelled() throws Exception {
        final var cancelled = new AtomicLong();
        final var monitor = new Unwatched() {
            @Override
            public void checkCanceled() throws CanceledExecutionException {
                if (cancelled.get() != 0) {
                    throw new CanceledExecutionException();
                }
            }

            @Override
            public void setProgress(final double progress) {
                if (progress > .1) {
                    cancelled.compareAndSet(0, System.nanoTime());
                }
            }
        };
        final Node node = NodeRun.node(AUDITOR, Map.of("batchSize", 10));
        final var exec = new ExecutionContext(monitor, new FileStores(next()));
        assertThrows(CanceledExecutionException.class, () -> node.execute(new PortObject[]{images, network, scores}, exec));
        assertTrue(cancelled.get() != 0 && System.nanoTime() - cancelled.get() < LIMIT_NANOS);
    }

    @Test
    void theViewShowsWhatTheTablesSay() throws Exception {
        final var node = new ShownNode(AUDITOR, Map.of(), next(), images, network, scores);
        final JsonNode view = node.initial();
        assertEquals(text(CONCLUSION, rows(CONCLUSION).get(0), "Conclusion"), view.get("conclusion").asText());
        assertEquals(text(CONCLUSION, rows(CONCLUSION).get(0), "Next step"), view.get("nextStep").asText());
        assertEquals(.01, view.get("level").asDouble());
        assertEquals(Engines.get().describe(), view.get("engine").asText());
        assertEquals(420, view.get("rows").asInt());
        assertTrue(view.get("flagged").asBoolean());
        final JsonNode top = view.at("/classes/0");
        assertEquals("columns", top.get("label").asText());
        assertEquals("POISONED", top.at("/verdict/finding").asText());
        assertEquals(20, top.get("poisoned").asInt());
        assertEquals(keys(audit.table(SUSPICIOUS)).stream().filter(k -> k.endsWith("_poisoned")).count(), top.get("poisonFound").asLong());
        assertEquals(audit.table(MARKS).size(), view.get("allMarks").asLong());
        assertEquals(1, view.get("mark").asInt(), "the mark of the most suspicious class");
        assertTrue(view.at("/marks/0/takenOut").asBoolean());
        assertTrue(view.at("/marks/0/address").asText().startsWith("data:image/png;base64,"));
        assertEquals(((DoubleValue)cell(audit.table(MARKS), rows(MARKS).get(0), "Turned")).getDoubleValue(), view.at("/marks/0/turned").asDouble());
        final JsonNode shown = node.call("marked", 1, 0);
        assertEquals(view.get("marked"), shown);
        assertEquals(count(MARKS, rows(MARKS).get(0), "Images"), shown.get("total").asInt());
        final List<String> keys = StreamSupport.stream(shown.get("items").spliterator(), false).map(i -> i.get("key").asText()).toList();
        final List<String> first = rows(SUSPICIOUS).stream().filter(r -> count(SUSPICIOUS, r, "Mark") == 1).map(r -> r.getKey().getString()).toList();
        assertEquals(first.subList(0, keys.size()), keys);
        assertTrue(shown.at("/items/0/address").asText().startsWith("data:image/png;base64,"));
        assertEquals("rows", shown.at("/items/0/looksLike").asText());
        final JsonNode others = node.call("others", top.get("index").asInt(), 20);
        assertEquals(20, others.get("items").size());
        assertTrue(others.at("/items/0/looksLike").isNull() && others.at("/items/0/evidence").isNull());
        final List<DataRow> takenOut = rows(MARKS).stream().filter(r -> ((BooleanValue)cell(audit.table(MARKS), r, "Taken out")).getBooleanValue()).toList();
        final int carrying = takenOut.stream().mapToInt(r -> count(MARKS, r, "Images")).sum();
        assertEquals(420 - carrying, node.call("others", -1, 0).get("total").asInt());
        assertEquals(takenOut.size() - 1 + 2, node.offline(), "the other marks, and images without a mark of the other class and of all");
    }
}
