package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeProgressMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
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

    private static final int PAIRS = 4;

    @TempDir
    static Path folder;

    private static KnimeTables knime;

    private static BufferedDataTable images;

    private static BufferedDataTable kept;

    private static PortObject first;

    private static PortObject second;

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
        first = learn(images, 15, "NONE");
        final PortObject activations = run("extractor.LayerActivationExtractorNodeFactory", Map.of(), first, images).results()[0];
        final BufferedDataTable scores = run("scorer.SpectralSignatureScorerNodeFactory", Map.of("variant", "SPECTRE"), activations).table(0);
        kept = run("remover.TopKRemoverNodeFactory", Map.of("epsilon", .2, "multiplier", 1), images, scores).table(0);
        second = learn(kept, 25, "CROP_AND_FLIP");
        audit = run(AUDITOR, Map.of(), images, first, second, kept);
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
        assertTrue(ofClass.stream().allMatch(r -> text(SUSPICIOUS, r, "Looks like").equals("rows")));
    }

    @Test
    void pairsNameTheFlow() {
        final DataRow pair = rows(PAIRS).stream().filter(r -> text(PAIRS, r, "Label").equals("columns")).findFirst().orElseThrow();
        assertEquals("rows", text(PAIRS, pair, "Looks like"));
        assertTrue(count(PAIRS, pair, "Images") >= count(PAIRS, pair, "Taken out"));
        assertEquals(count(VERDICTS, rows(VERDICTS).get(0), "Poisoned images found"), count(PAIRS, pair, "Taken out"));
    }

    @Test
    void theResultIsTheSameInEveryRunAndForKeptRowsInAnyOrder() throws Exception {
        final NodeRun again = run(AUDITOR, Map.of("batchSize", 250), images, first, second, knime.shuffle(kept, 5));
        for (int port = 0; port <= PAIRS; port++) {
            assertEquals(content(audit.table(port)), content(again.table(port)));
        }
        final NodeRun slow = run(AUDITOR, Map.of("batchSize", 33), images, first, second, kept);
        for (int port : new int[]{CONCLUSION, CLEAN}) {
            assertEquals(content(audit.table(port)), content(slow.table(port)), "the batch size changes nothing");
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
        final NodeRun run = run(AUDITOR, Map.of(), renamed, first, second, kept);
        assertTrue(List.of(run.table(SUSPICIOUS).getDataTableSpec().getColumnNames()).containsAll(List.of("Evidence", "Evidence (#1)")));
    }

    @Test
    void allKeptImagesAreReported() throws Exception {
        final NodeRun run = run(AUDITOR, Map.of(), images, first, first, images);
        assertTrue(run.warning().contains("The second network was trained without crops"), run.warning());
        assertTrue(run.warning().contains("All images were kept"), run.warning());
        assertFalse(run.warning().contains("The first network"), run.warning());
    }

    @Test
    void aClassOfWhichNothingWasKeptAndOtherNumbersOfImagesAreReported() throws Exception {
        final BufferedDataTable half = knime.rowFilter(kept, (row, i) -> row.getCell(1).toString().equals("columns"));
        final NodeRun run = run(AUDITOR, Map.of(), images, second, second, half);
        assertTrue(run.warning().contains("The first network was trained with crops"), run.warning());
        assertTrue(run.warning().contains("No image of the class(es) rows was kept"), run.warning());
        assertTrue(run.warning().contains("The first network was trained on %d images, but there are 420 training images".formatted(kept.size())), run.warning());
        assertTrue(run.warning().contains("The second network was trained on %d images, but there are %d kept images".formatted(kept.size(), half.size())), run.warning());
    }

    @Test
    void whatIsKnownOfTheTrainingIsSaidBeforeTheRun() throws Exception {
        final String warning = NodeRun.configure(NodeRun.node(AUDITOR, Map.of()), images.getSpec(), second.getSpec(), first.getSpec(), kept.getSpec());
        assertTrue(warning.contains("have they been swapped?"), warning);
        assertNull(NodeRun.configure(NodeRun.node(AUDITOR, Map.of()), images.getSpec(), first.getSpec(), second.getSpec(), kept.getSpec()));
    }

    @Test
    void networksThatListTheClassesInAnotherOrderAreRefused() throws Exception {
        final DataTableSpec spec = images.getDataTableSpec();
        final var label = new DataColumnSpecCreator(spec.getColumnSpec("Label"));
        label.setDomain(new DataColumnDomainCreator(spec.getColumnSpec("Label").getDomain().getValues().stream()
            .sorted(Comparator.comparing(DataCell::toString)).toArray(DataCell[]::new)).createDomain());
        final DataTableSpec other = new DataTableSpecCreator(spec).replaceColumn(spec.findColumnIndex("Label"), label.createSpec()).createSpec();
        final Node learner = NodeRun.node("learner.ResNetLearnerNodeFactory", Map.of("filters", 8));
        final PortObjectSpec network = learner.configure(new PortObjectSpec[]{other, null})[0];
        final Node auditor = NodeRun.node(AUDITOR, Map.of());
        final String message = assertThrows(InvalidSettingsException.class,
            () -> NodeRun.configure(auditor, images.getSpec(), first.getSpec(), network, kept.getSpec())).getMessage();
        assertTrue(message.contains("in the same order"), message);
    }

    @Test
    void labelsThatTheNetworkDoesNotKnowAreNamed() throws Exception {
        final BufferedDataTable unknown = generate(3, 4).table(0);
        final Node auditor = NodeRun.node(AUDITOR, Map.of());
        final String message = assertThrows(InvalidSettingsException.class,
            () -> NodeRun.configure(auditor, unknown.getSpec(), first.getSpec(), second.getSpec(), kept.getSpec())).getMessage();
        assertTrue(message.contains("does not know the class(es) checks"), message);
    }

    @Test
    void stopsSoonAfterItWasCancelled() throws Exception {
        final var cancelled = new AtomicLong();
        final var monitor = new NodeProgressMonitor() {
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

            @Override
            public void setMessage(final String message) {
                // nobody asks
            }

            @Override
            public Double getProgress() {
                return null;
            }

            @Override
            public String getMessage() {
                return null;
            }
        };
        final Node node = NodeRun.node(AUDITOR, Map.of("batchSize", 10));
        final var exec = new ExecutionContext(monitor, new FileStores(next()));
        assertThrows(CanceledExecutionException.class, () -> node.execute(new PortObject[]{images, first, second, kept}, exec));
        assertTrue(cancelled.get() != 0 && System.nanoTime() - cancelled.get() < LIMIT_NANOS);
    }

    @Test
    void theViewShowsWhatTheTablesSay() throws Exception {
        final var node = new ShownNode(AUDITOR, Map.of(), next(), images, first, second, kept);
        final JsonNode view = node.initial();
        final int suspicious = (int)audit.table(SUSPICIOUS).size();
        assertEquals(text(CONCLUSION, rows(CONCLUSION).get(0), "Conclusion"), view.get("conclusion").asText());
        assertEquals(text(CONCLUSION, rows(CONCLUSION).get(0), "Next step"), view.get("nextStep").asText());
        assertEquals(.01, view.get("level").asDouble());
        assertEquals(420, view.get("rows").asInt());
        assertTrue(view.get("flagged").asBoolean());
        final JsonNode top = view.at("/classes/0");
        assertEquals("columns", top.get("label").asText());
        assertEquals("POISONED", top.at("/verdict/finding").asText());
        assertEquals(20, top.get("poisoned").asInt());
        assertEquals(keys(audit.table(SUSPICIOUS)).stream().filter(k -> k.endsWith("_poisoned")).count(), top.get("poisonFound").asLong());
        assertEquals(audit.table(PAIRS).size(), view.get("allPairs").asLong());
        final int index = top.get("index").asInt();
        final JsonNode shown = node.call("images", index, true, 0);
        assertEquals(view.get("suspicious"), shown);
        assertEquals(count(VERDICTS, rows(VERDICTS).get(0), "Poisoned images found"), shown.get("total").asInt());
        final List<String> keys = StreamSupport.stream(shown.get("images").spliterator(), false).map(i -> i.get("key").asText()).toList();
        assertEquals(keys(audit.table(SUSPICIOUS)).subList(0, keys.size()), keys);
        assertTrue(shown.at("/images/0/address").asText().startsWith("data:image/png;base64,"));
        assertEquals("rows", shown.at("/images/0/looksLike").asText());
        assertEquals(420 - suspicious, node.call("images", -1, false, 0).get("total").asInt());
        assertEquals(20, node.call("images", index, false, 20).get("images").size());
        assertEquals(4, node.offline(), "the other class and all of them, suspicious and not");
    }
}
