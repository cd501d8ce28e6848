package org.spectralsignatures.nodes.remover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.removal.Cut;
import org.spectralsignatures.removal.TopKSelection;
import org.spectralsignatures.removal.Verdict;

/** What each class lost, as a table, and what of it the user should know. */
final class RemovalSummary {

    private final List<String> m_classes;

    private final int[] m_rows;

    private final int[] m_removed;

    private final double[] m_lowest;

    private final double[] m_highest;

    private final List<Cut> m_cuts;

    private final boolean m_perClass;

    private final List<Verdict> m_verdicts;

    RemovalSummary(final List<String> classes, final int[] labels, final double[] scores, final TopKSelection selection, final boolean perClass,
        final List<Verdict> verdicts) {
        m_classes = classes;
        m_rows = new int[classes.size()];
        m_removed = new int[classes.size()];
        m_lowest = new double[classes.size()];
        m_highest = new double[classes.size()];
        Arrays.fill(m_lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(m_highest, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < labels.length; i++) {
            final int c = labels[i];
            m_rows[c]++;
            if (selection.removed()[i]) {
                m_removed[c]++;
                m_lowest[c] = Math.min(m_lowest[c], scores[i]);
            } else {
                m_highest[c] = Math.max(m_highest[c], scores[i]);
            }
        }
        m_cuts = selection.cuts();
        m_perClass = perClass;
        m_verdicts = verdicts;
    }

    static DataTableSpec spec() {
        return new DataTableSpec(new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Rows", IntCell.TYPE).createSpec(), new DataColumnSpecCreator("Removed", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Kept", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Lowest removed score", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Highest kept score", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Tied at the cut", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Verdict", StringCell.TYPE).createSpec());
    }

    int rows(final int label) {
        return m_rows[label];
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
        final String empty = names(c -> m_removed[c] == m_rows[c]);
        if (!empty.isEmpty()) {
            sentences.add("All images of the class(es) %s were removed: a network that is trained on the rest does not know them. Remove fewer."
                .formatted(empty));
        }
        return String.join(" ", sentences);
    }

    BufferedDataTable table(final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(spec());
        for (int c : order()) {
            final String name = m_classes.get(c);
            container.addRowToTable(new DefaultRow(name, new StringCell(name), new IntCell(m_rows[c]), new IntCell(m_removed[c]),
                new IntCell(m_rows[c] - m_removed[c]), score(m_lowest[c]), score(m_highest[c]), tied(c),
                new StringCell(m_verdicts.get(c).text())));
        }
        container.close();
        return container.getTable();
    }

    /** Of one class, if it was cut on its own. */
    private DataCell tied(final int label) {
        return m_perClass ? m_cuts.stream().filter(c -> c.group() == label).findFirst().<DataCell>map(c -> new IntCell(c.tied())).orElseThrow()
            : DataType.getMissingCell();
    }

    private static DataCell score(final double value) {
        return Double.isInfinite(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }
}
