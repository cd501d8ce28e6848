package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;

/** The Backdoor Evaluator behind KNIME's nodes, which select, mix and join rows: its counts are those of the rows, or missing. */
class EvaluatorCountsTest {

    @TempDir
    static Path folder;

    private static KnimeTables knime;

    private static BufferedDataTable[] synthetic;

    private static BufferedDataTable poisoned;

    private static BufferedDataTable marked;

    private static BufferedDataTable[] halves;

    private static BufferedDataTable kept;

    private static PortObject network;

    private static int folders;

    private static Path next() throws Exception {
        return Files.createDirectories(folder.resolve(Integer.toString(folders++)));
    }

    private static NodeRun run(final String factory, final Map<String, ?> settings, final PortObject... inputs) throws Exception {
        return NodeRun.of(factory, settings, next(), inputs);
    }

    @BeforeAll
    static void chain() throws Exception {
        knime = new KnimeTables(folder);
        final NodeRun generator =
            run("synthetic.SyntheticImageGeneratorNodeFactory", Map.of("classes", 3, "imagesPerClass", 40, "testImagesPerClass", 5, "size", 16));
        synthetic = new BufferedDataTable[]{generator.table(0), generator.table(1)};
        final NodeRun injector = run("injector.BackdoorInjectorNodeFactory", Map.of("epsilon", .3, "row", 8, "column", 8), synthetic[0]);
        poisoned = injector.table(0);
        marked = run("applier.TriggerApplierNodeFactory", Map.of(), synthetic[1], injector.results()[1]).table(0);
        halves = knime.partition(knime.shuffle(poisoned, 3), 60);
        network = run("learner.ResNetLearnerNodeFactory", Map.of("epochs", 1, "filters", 2, "batchSize", 20), halves[0]).results()[0];
        final PortObject activations = run("extractor.LayerActivationExtractorNodeFactory", Map.of("layer", "images"), network, halves[0]).results()[0];
        final BufferedDataTable scores = run("scorer.SpectralSignatureScorerNodeFactory", Map.of(), activations).table(0);
        kept = knime.rowFilter(run("remover.TopKRemoverNodeFactory", Map.of("rule", "COUNT", "count", 4), halves[0], scores).table(0), (row, i) -> i % 5 > 0);
        assertNotEquals(0, poison(kept));
        assertTrue(poison(kept) < poison(halves[0]) && poison(halves[0]) < poison(poisoned));
    }

    private static Set<String> poisonedKeys(final BufferedDataTable table) {
        final int flag = table.getDataTableSpec().findColumnIndex("Poisoned");
        return KnimeTables.rows(table).stream().filter(r -> ((BooleanValue)r.getCell(flag)).getBooleanValue()).map(r -> r.getKey().getString())
            .collect(Collectors.toSet());
    }

    private static int poison(final BufferedDataTable table) {
        return poisonedKeys(table).size();
    }

    private static NodeRun evaluate(final BufferedDataTable left, final BufferedDataTable training) throws Exception {
        return run("evaluator.BackdoorEvaluatorNodeFactory", Map.of(), network, synthetic[1], marked, network, null, left, null, training);
    }

    /** Poison before, removed and left of a row, null where missing. */
    private static List<Integer> counts(final NodeRun run, final int index) {
        final DataRow row = KnimeTables.rows(run.table(0)).get(index);
        return Arrays.asList(Stream.of(2, 3, 4).map(row::getCell).map(EvaluatorCountsTest::count).toArray(Integer[]::new));
    }

    private static Integer count(final DataCell cell) {
        return cell.isMissing() ? null : ((IntValue)cell).getIntValue();
    }

    @Test
    void countsAreThoseOfTheRows() throws Exception {
        final NodeRun run = evaluate(kept, halves[0]);
        assertNull(run.warning());
        final int before = poison(halves[0]);
        final int left = poison(kept);
        assertEquals(List.of(before, 0, before), counts(run, 0));
        assertEquals(List.of(before, before - left, left), counts(run, 1));
        assertEquals((double)(before - left) / (halves[0].size() - kept.size()),
            ((DoubleValue)KnimeTables.rows(run.table(0)).get(1).getCell(5)).getDoubleValue(), 1e-12);
        final DataRow summary = KnimeTables.rows(run.table(1)).get(0);
        assertEquals(List.of(before, left), List.of(count(summary.getCell(2)), count(summary.getCell(3))));
    }

    @Test
    void whatIsLeftAloneSaysNothingOfWhatWas() throws Exception {
        final NodeRun run = evaluate(kept, null);
        assertEquals(Arrays.asList(null, null, null), counts(run, 0));
        assertEquals(Arrays.asList(null, null, poison(kept)), counts(run, 1));
        assertTrue(run.warning().contains("connect the poisoned training images"), run.warning());
        assertTrue(KnimeTables.rows(run.table(1)).get(0).getCell(2).isMissing());
    }

    @Test
    void trainingImagesAloneSayNothingOfTheRemoval() throws Exception {
        final NodeRun run = evaluate(null, halves[0]);
        assertNull(run.warning());
        assertEquals(List.of(poison(halves[0]), 0, poison(halves[0])), counts(run, 0));
        assertEquals(Arrays.asList(poison(halves[0]), null, null), counts(run, 1));
    }

    @Test
    void keptImagesOfAnotherTableAreNamed() throws Exception {
        final NodeRun run = evaluate(halves[1], halves[0]);
        assertEquals(Arrays.asList(poison(halves[0]), null, poison(halves[1])), counts(run, 1));
        assertTrue(run.warning().contains("is none of the poisoned training images"), run.warning());
    }

    @Test
    void concatenatedAndJoinedTablesCountToo() throws Exception {
        final BufferedDataTable all = knime.concatenate(halves[1], halves[0]);
        assertEquals(List.of(12, 12 - poison(kept), poison(kept)), counts(evaluate(kept, all), 1));
        final BufferedDataTable joined = knime.join(kept, all);
        assertEquals(List.of(12, 12 - poison(kept), poison(kept)), counts(evaluate(joined, all), 1));
        final BufferedDataTable twice = knime.concatenate(kept, kept);
        assertTrue(evaluate(twice, all).warning().contains("_dup' of the kept images is none"));
    }

    @Test
    void flagsThatContradictEachOtherAreNamed() throws Exception {
        final BufferedDataTable second =
            run("injector.BackdoorInjectorNodeFactory", Map.of("epsilon", .3, "row", 4, "column", 4, "mode", "REPLACE", "seed", 9), kept).table(0);
        assertTrue(evaluate(second, halves[0]).warning().contains("flag other rows"));
    }

    @Test
    void nothingThatCountsRowsTravelsBesideTheData() {
        assertEquals(0, poisoned.getDataTableSpec().getColumnSpec("Poisoned").getProperties().size());
    }

    /** A marked image of the target would be a success whatever the network learned. */
    @Test
    void markedImagesOfTheTargetAreReported() throws Exception {
        final String target = marked.getDataTableSpec().getColumnSpec("Label").getProperties().getProperty("spectralsignatures.target");
        final BufferedDataTable mixed = knime.concatenate(marked, synthetic[1]);
        final NodeRun run = run("evaluator.BackdoorEvaluatorNodeFactory", Map.of("targetClass", target), network, synthetic[1], mixed);
        assertTrue(run.warning().contains("5 of the 20 marked images are of the target class"), run.warning());
    }
}
