package org.spectralsignatures.nodes.remover;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.removal.Verdict;

/**
 * What was found of each class: by the scorer, where its table says so, else by the scores.
 *
 * @param verdicts one a class
 * @param ranks 1 for the most suspicious class
 */
record ClassVerdicts(List<Verdict> verdicts, int[] ranks) { // NOSONAR never compared

    private static final Column<String> VERDICT = Column.text("Verdict");

    private static final Column<Integer> RANK = Column.integer("Suspicion rank");

    private static final TableSchema SCHEMA = TableSchema.of(VERDICT, RANK);

    /**
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param scores {@code [n]}
     * @param level of significance
     * @param doubt why it says nothing if nothing is found; null if nothing speaks for that
     * @return what the scores say
     */
    static ClassVerdicts ofScores(final int[] labels, final int classes, final double[] scores, final double level, final String doubt) {
        final List<Suspicion> suspicions = Suspicion.of(labels, classes, scores, level);
        return new ClassVerdicts(suspicions.stream().map(s -> s.verdict().doubting(doubt)).toList(),
            suspicions.stream().mapToInt(Suspicion::rank).toArray());
    }

    /**
     * @param verdicts those of the scorer, one a class
     * @param labels {@code [n]}, indices of classes
     * @param apart {@code [n]}, whether an image is taken for poison
     * @return these, the classes that are called poisoned first, those with more poison before the others
     */
    static ClassVerdicts ofScorer(final List<Verdict> verdicts, final int[] labels, final boolean[] apart) {
        final var poison = new int[verdicts.size()];
        for (int i = 0; i < labels.length; i++) {
            poison[labels[i]] += apart[i] ? 1 : 0;
        }
        final List<Integer> order = IntStream.range(0, poison.length).boxed()
            .sorted(Comparator.<Integer, Verdict.Finding>comparing(c -> verdicts.get(c).finding()).thenComparing(c -> -poison[c])).toList();
        return new ClassVerdicts(verdicts, IntStream.range(0, poison.length).map(c -> order.indexOf(c) + 1).toArray());
    }

    /** For the view: a row a class, with its name as key. */
    BufferedDataTable table(final List<String> classes, final ExecutionContext exec) {
        final TableWriter table = SCHEMA.writer(exec);
        for (int c = 0; c < ranks.length; c++) {
            table.add(classes.get(c), VERDICT.of(verdicts.get(c).text()), RANK.of(ranks[c]));
        }
        return table.table();
    }

    /** @return what {@link #table} wrote, in another order of the classes */
    static ClassVerdicts read(final BufferedDataTable table, final List<String> classes) {
        final Map<String, Integer> indices = new HashMap<>();
        classes.forEach(name -> indices.put(name, indices.size()));
        final var verdicts = new Verdict[classes.size()];
        final var ranks = new int[verdicts.length];
        SCHEMA.reader(table).forEach((row, i) -> {
            final int c = indices.get(row.key());
            verdicts[c] = Verdict.read(row.get(VERDICT));
            ranks[c] = row.get(RANK);
        });
        return new ClassVerdicts(Arrays.asList(verdicts), ranks);
    }
}
