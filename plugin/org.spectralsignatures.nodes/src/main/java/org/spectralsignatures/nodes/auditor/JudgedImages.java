package org.spectralsignatures.nodes.auditor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.Audit.ClassAudit;
import org.spectralsignatures.removal.Verdict;
import org.spectralsignatures.scoring.ClassRanks;

/** What an audit found out about each image; as a table, in the order of the images, it is kept for the node's view. */
final class JudgedImages {

    /** The columns of that table. */
    static final int LABEL = 0;

    static final int EVIDENCE = 1;

    static final int RANK = 2;

    static final int MARK = 3;

    static final int LOOKS_LIKE = 4;

    static final int TAKEN_OUT = 5;

    private static final DataTableSpec SPEC = new DataTableSpec(new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec(),
        new DataColumnSpecCreator("Evidence", DoubleCell.TYPE).createSpec(), new DataColumnSpecCreator("Rank in class", IntCell.TYPE).createSpec(),
        new DataColumnSpecCreator("Mark", IntCell.TYPE).createSpec(), new DataColumnSpecCreator("Looks like", StringCell.TYPE).createSpec(),
        new DataColumnSpecCreator("Taken out", BooleanCell.TYPE).createSpec());

    private final Audit m_audit;

    private final AuditedClasses m_classes;

    private final List<String> m_keys;

    private final int[] m_labels;

    private final int[] m_ranks;

    /**
     * @param audit of the images
     * @param classes of the audit
     * @param keys {@code [n]}, row keys of the images
     * @param labels {@code [n]}, their classes
     */
    JudgedImages(final Audit audit, final AuditedClasses classes, final List<String> keys, final int[] labels) {
        m_audit = audit;
        m_classes = classes;
        m_keys = keys;
        m_labels = labels;
        m_ranks = ClassRanks.of(labels, audit.classes().size(), audit.evidence(), keys);
    }

    /** @return the suspicious images: those of the most suspicious class first, in a class the most evident ones */
    int[] suspicious() {
        final var places = new int[m_audit.classes().size()];
        for (ClassAudit c : m_classes.classes()) {
            places[c.label()] = m_classes.classes().indexOf(c);
        }
        return IntStream.range(0, m_labels.length).filter(this::isSuspicious).boxed()
            .sorted(Comparator.<Integer>comparingInt(i -> places[m_labels[i]]).thenComparingInt(i -> m_ranks[i])).mapToInt(Integer::intValue).toArray();
    }

    /** @return whether it carries a mark that is unnatural to its class */
    boolean isSuspicious(final int image) {
        return m_audit.markOf()[image] >= 0;
    }

    /** @return whether it is taken for poison */
    boolean isTakenOut(final int image) {
        return m_audit.poison()[image];
    }

    /** @return how clearly it carries its mark: 1 is the least that counts, 0 stands for no mark; missing if it is no number */
    DataCell evidence(final int image) {
        return AuditTables.number(m_audit.evidence()[image]);
    }

    /** @return number of the mark that it carries, from 1; missing if it carries none */
    DataCell mark(final int image) {
        final int mark = m_audit.markOf()[image];
        return mark < 0 ? DataType.getMissingCell() : new IntCell(mark + 1);
    }

    /** @return place in its class by evidence, 1 for the strongest */
    int rank(final int image) {
        return m_ranks[image];
    }

    /** @return name of the class that the network takes it for without its mark; missing if it carries none */
    DataCell looksLike(final int image) {
        return m_classes.cell(m_audit.looksLike()[image]);
    }

    /** @return verdict of its class */
    Verdict verdict(final int image) {
        return m_audit.classes().get(m_labels[image]).verdict();
    }

    BufferedDataTable table(final ExecutionContext exec) throws CanceledExecutionException {
        final BufferedDataContainer container = exec.createDataContainer(SPEC);
        for (int i = 0; i < m_labels.length; i++) {
            exec.checkCanceled();
            container.addRowToTable(new DefaultRow(m_keys.get(i), new StringCell(m_classes.name(m_labels[i])), evidence(i), new IntCell(rank(i)),
                mark(i), looksLike(i), isTakenOut(i) ? BooleanCell.TRUE : BooleanCell.FALSE));
        }
        container.close();
        return container.getTable();
    }
}
