package org.spectralsignatures.nodes.remover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.removal.ClassRemoval;
import org.spectralsignatures.removal.Cut;
import org.spectralsignatures.removal.TopKSelection;
import org.spectralsignatures.removal.Verdict;

/** What each class lost, as a table, and what of it the user should know. */
final class RemovalSummary {

    private static final Column<String> LABEL = Column.text("Label");

    private static final Column<Integer> ROWS = Column.integer("Rows");

    private static final Column<Integer> REMOVED = Column.integer("Removed");

    private static final Column<Integer> KEPT = Column.integer("Kept");

    private static final Column<Double> LOWEST_REMOVED = Column.measure("Lowest removed score");

    private static final Column<Double> HIGHEST_KEPT = Column.measure("Highest kept score");

    private static final Column<Integer> TIED = Column.integer("Tied at the cut");

    private static final Column<String> VERDICT = Column.text("Verdict");

    /** A row a class. */
    static final TableSchema SCHEMA = TableSchema.of(LABEL, ROWS, REMOVED, KEPT, LOWEST_REMOVED, HIGHEST_KEPT, TIED, VERDICT);

    private final List<String> m_classes;

    private final List<ClassRemoval> m_losses;

    private final List<Cut> m_cuts;

    private final boolean m_perClass;

    private final List<Verdict> m_verdicts;

    RemovalSummary(final List<String> classes, final int[] labels, final double[] scores, final TopKSelection selection, final boolean perClass,
        final List<Verdict> verdicts) {
        m_classes = classes;
        m_losses = ClassRemoval.of(labels, classes.size(), scores, i -> selection.removed()[i], i -> false);
        m_cuts = selection.cuts();
        m_perClass = perClass;
        m_verdicts = verdicts;
    }

    int rows(final int label) {
        return m_losses.get(label).rows();
    }

    /** Classes in their natural order. */
    private List<Integer> order() {
        return IntStream.range(0, m_classes.size()).boxed().sorted(Comparator.comparing(m_classes::get, ClassNames.NATURAL)).toList();
    }

    private String names(final IntPredicate which) {
        return ClassNames.join(order().stream().filter(which::test).map(m_classes::get).toList());
    }

    private String names(final Collection<Cut> cuts) {
        return names(c -> cuts.stream().anyMatch(cut -> cut.group() == c));
    }

    /** @return what is odd about the removal, empty for nothing */
    String warning() {
        final var sentences = new ArrayList<String>();
        final List<Cut> constant = m_cuts.stream().filter(Cut::constant).toList();
        if (!constant.isEmpty()) {
            sentences.add("All scores are the same%s: nothing tells poison from clean images, and nothing was removed there."
                .formatted(m_perClass ? " in the class(es) " + names(constant) : ""));
        }
        final List<Cut> tied = m_cuts.stream().filter(c -> c.tied() > 0).toList();
        if (!tied.isEmpty()) {
            sentences.add("%d images have the very score of the cut%s: those with the first Row IDs were removed.".formatted(
                tied.stream().mapToInt(Cut::tied).sum(), m_perClass ? " in the class(es) " + names(tied) : ""));
        }
        final String empty = names(c -> m_losses.get(c).kept() == 0);
        if (!empty.isEmpty()) {
            sentences.add("All images of the class(es) %s were removed: a network that is trained on the rest does not know them. Remove fewer."
                .formatted(empty));
        }
        return String.join(" ", sentences);
    }

    BufferedDataTable table(final ExecutionContext exec) {
        final TableWriter table = SCHEMA.writer(exec);
        for (int c : order()) {
            final String name = m_classes.get(c);
            final ClassRemoval loss = m_losses.get(c);
            table.add(name, LABEL.of(name), ROWS.of(loss.rows()), REMOVED.of(loss.removed()), KEPT.of(loss.kept()), LOWEST_REMOVED.of(loss.lowestRemoved()),
                HIGHEST_KEPT.of(loss.highestKept()), TIED.of(tied(c)), VERDICT.of(m_verdicts.get(c).text()));
        }
        return table.table();
    }

    /** Of one class, if it was cut on its own; else null. */
    private Integer tied(final int label) {
        return m_perClass ? m_cuts.stream().filter(c -> c.group() == label).findFirst().map(Cut::tied).orElseThrow() : null;
    }
}
