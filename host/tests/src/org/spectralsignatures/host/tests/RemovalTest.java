package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;

/** The Top-k Remover where scores tell little or nothing, and what its tables say. */
class RemovalTest {

    private static final String REMOVER = "remover.TopKRemoverNodeFactory";

    @TempDir
    Path folder;

    private static DataColumnSpec labels(final String... classes) {
        final var creator = new DataColumnSpecCreator("Label", StringCell.TYPE);
        creator.setDomain(new DataColumnDomainCreator(List.of(classes).stream().map(StringCell::new).toArray(DataCell[]::new)).createDomain());
        return creator.createSpec();
    }

    /** Images (their labels will do) and their scores, one list a class. */
    private NodeRun remove(final Map<String, ?> settings, final Object... classesAndScores) throws Exception {
        final var images = new ArrayList<Object[]>();
        final var scores = new ArrayList<Object[]>();
        final var classes = new ArrayList<String>();
        for (int c = 0; c < classesAndScores.length; c += 2) {
            final String label = (String)classesAndScores[c];
            classes.add(label);
            final double[] values = (double[])classesAndScores[c + 1];
            for (int i = 0; i < values.length; i++) {
                images.add(new Object[]{label + "/" + i, new StringCell(label)});
                scores.add(new Object[]{label + "/" + i, new StringCell(label), new DoubleCell(values[i])});
            }
        }
        final var spec = new DataTableSpec(labels(classes.toArray(String[]::new)));
        final var scoresSpec = new DataTableSpec(labels(classes.toArray(String[]::new)), new DataColumnSpecCreator("Score", DoubleCell.TYPE).createSpec());
        return NodeRun.of(REMOVER, settings, folder, ShownNode.table(folder, spec, images), ShownNode.table(folder, scoresSpec, scores));
    }

    private static List<String> keys(final BufferedDataTable table) {
        return KnimeTables.rows(table).stream().map(r -> r.getKey().getString()).toList();
    }

    private static Set<String> domain(final BufferedDataTable table) {
        return table.getDataTableSpec().getColumnSpec("Label").getDomain().getValues().stream().map(DataCell::toString).collect(Collectors.toSet());
    }

    @Test
    void whereAllScoresAreEqualNothingIsRemoved() throws Exception {
        final NodeRun run = remove(Map.of(), "cat", new double[]{2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, "dog", new double[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        assertEquals(List.of("dog/8", "dog/9"), keys(run.table(1)));
        assertEquals("All scores are the same in the class(es) cat: nothing tells poison from clean images, and nothing was removed there.", run.warning());
        final NodeRun together = remove(Map.of("perClass", false, "rule", "COUNT", "count", 1), "cat", new double[]{2, 2}, "dog", new double[]{2, 2});
        assertEquals(0, together.table(1).size());
        assertTrue(together.warning().startsWith("All scores are the same: "), together.warning());
    }

    /** Scores that bring along what stands apart: the rule Automatic goes by that, whatever the scores are. */
    @Test
    void whatTheScorerTakesForPoisonIsRemoved() throws Exception {
        final var images = new ArrayList<Object[]>();
        final var scores = new ArrayList<Object[]>();
        for (int i = 0; i < 80; i++) {
            final var label = new StringCell(i < 40 ? "cat" : "dog");
            images.add(new Object[]{"r" + i, label});
            scores.add(new Object[]{"r" + i, label, new DoubleCell(i % 40 / 40.), i >= 10 && i < 13 ? BooleanCell.TRUE : BooleanCell.FALSE,
                new StringCell(i < 40 ? "poisoned: 3 images (p = 2e-7)" : "nothing found")});
        }
        final var spec = new DataTableSpec(labels("cat", "dog"));
        final var scoresSpec = new DataTableSpec(labels("cat", "dog"), new DataColumnSpecCreator("Score", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Stands apart", BooleanCell.TYPE).createSpec(), new DataColumnSpecCreator("Verdict", StringCell.TYPE).createSpec());
        for (boolean perClass : new boolean[]{true, false}) {
            final NodeRun run = NodeRun.of(REMOVER, Map.of("rule", "AUTOMATIC", "perClass", perClass), folder, ShownNode.table(folder, spec, images),
                ShownNode.table(folder, scoresSpec, scores));
            assertEquals(List.of("r10", "r11", "r12"), keys(run.table(1)));
            assertEquals(List.of("poisoned: 3 images (p = 2e-7)", "nothing found"), verdicts(run.table(2)));
        }
        final NodeRun share = NodeRun.of(REMOVER, Map.of("rule", "COUNT", "count", 2), folder, ShownNode.table(folder, spec, images),
            ShownNode.table(folder, scoresSpec, scores));
        assertEquals(List.of("r38", "r39", "r78", "r79"), keys(share.table(1)));
        assertEquals(List.of("poisoned: 3 images (p = 2e-7)", "nothing found"), verdicts(share.table(2)));
    }

    /** The doubt about the training travels with the column of scores. */
    @Test
    void nothingFoundByANetworkThatMayNotHaveLearnedCannotBeTold() throws Exception {
        final var score = new DataColumnSpecCreator("Score", DoubleCell.TYPE);
        score.setProperties(new DataColumnProperties(Map.of("spectralsignatures.doubt", "trained too little")));
        final var images = new ArrayList<Object[]>();
        final var scores = new ArrayList<Object[]>();
        for (int i = 0; i < 40; i++) {
            images.add(new Object[]{"r" + i, new StringCell("cat")});
            scores.add(new Object[]{"r" + i, new StringCell("cat"), new DoubleCell(1. / (i + 1))});
        }
        final NodeRun run = NodeRun.of(REMOVER, Map.of(), folder, ShownNode.table(folder, new DataTableSpec(labels("cat")), images),
            ShownNode.table(folder, new DataTableSpec(labels("cat"), score.createSpec()), scores));
        assertEquals(List.of("cannot tell: trained too little"), verdicts(run.table(2)));
    }

    private static List<String> verdicts(final BufferedDataTable summary) {
        final int column = summary.getDataTableSpec().findColumnIndex("Verdict");
        return KnimeTables.rows(summary).stream().map(r -> r.getCell(column).toString()).toList();
    }

    @Test
    void tiesAtTheCutAreReported() throws Exception {
        final NodeRun run = remove(Map.of("rule", "COUNT", "count", 2), "cat", new double[]{1, 5, 5, 5}, "dog", new double[]{1, 2, 3, 4});
        assertEquals(List.of("cat/1", "cat/2", "dog/2", "dog/3"), keys(run.table(1)));
        assertEquals("3 images have the very score of the cut in the class(es) cat: those with the first Row IDs were removed.", run.warning());
        assertEquals(List.of("3", "0"), KnimeTables.rows(run.table(2)).stream().map(r -> r.getCell(6).toString()).toList());
        assertNull(remove(Map.of("rule", "PERCENTILE", "percentile", 50), "cat", new double[]{1, 5, 5, 6, 7}).warning());
    }

    @Test
    void aClassThatLosesAllLeavesTheDomain() throws Exception {
        final NodeRun run = remove(Map.of("rule", "COUNT", "count", 3), "cat", new double[]{1, 2, 3}, "dog", new double[]{1, 2, 3, 4});
        assertEquals(Set.of("dog"), domain(run.table(0)));
        assertEquals(Set.of("cat", "dog"), domain(run.table(1)));
        assertTrue(run.warning().startsWith("All images of the class(es) cat were removed"), run.warning());
        final NodeRun most = remove(Map.of("epsilon", .7), "cat", new double[]{1, 2, 3}, "dog", new double[]{1, 2, 3, 4});
        assertEquals(Set.of(), domain(most.table(0)));
        assertTrue(most.warning().contains("cat, dog were removed"), most.warning());
    }

    @Test
    void removedRowsCarryScoreRankAndSizeOfTheirClass() throws Exception {
        final NodeRun run = remove(Map.of("rule", "COUNT", "count", 2), "cat", new double[]{1, 9, 3, 4}, "dog", new double[]{7, 2, 8});
        assertEquals(List.of("Label", "Score", "Rank in class", "Rows of class"), List.of(run.table(1).getDataTableSpec().getColumnNames()));
        assertEquals(List.of("9.0 1 4", "4.0 2 4", "7.0 2 3", "8.0 1 3"), KnimeTables.rows(run.table(1)).stream()
            .map((final DataRow r) -> ((DoubleValue)r.getCell(1)).getDoubleValue() + " " + r.getCell(2) + " " + r.getCell(3)).toList());
    }

    @Test
    void classesAreListedInNaturalOrder() throws Exception {
        final NodeRun run = remove(Map.of(), "10", new double[]{1}, "cat10", new double[]{1}, "2", new double[]{1}, "cat2", new double[]{1}, "1", new double[]{1});
        assertEquals(List.of("1", "2", "10", "cat2", "cat10"), keys(run.table(2)));
    }

    @Test
    void scoresThatAreNoNumbersAreNamed() {
        for (double score : new double[]{Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            final String message = assertThrows(Exception.class, () -> remove(Map.of(), "cat", new double[]{1, score})).getMessage();
            assertTrue(message.contains("Row 'cat/1'") && message.contains(Double.toString(score)), message);
        }
    }
}
