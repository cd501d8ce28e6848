package org.spectralsignatures.nodes.auditor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.Audit.ClassAudit;
import org.spectralsignatures.audit.AuditedClasses;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.removal.Verdict;
import org.spectralsignatures.scoring.ClassRanks;

/** What an audit found out about each image; as a table, in the order of the images, it is kept for the node's view. */
final class JudgedImages {

    static final Column<String> LABEL = Column.text("Label");

    static final Column<Double> EVIDENCE = Column.measure("Evidence");

    static final Column<Integer> RANK = Column.integer("Rank in class");

    static final Column<Integer> MARK = Column.integer("Mark");

    static final Column<String> LOOKS_LIKE = Column.text("Looks like");

    static final Column<Boolean> TAKEN_OUT = Column.flag("Taken out");

    /** The table for the view. */
    static final TableSchema SCHEMA = TableSchema.of(LABEL, EVIDENCE, RANK, MARK, LOOKS_LIKE, TAKEN_OUT);

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

    /** @return how clearly it carries its mark: 1 is the least that counts, 0 stands for no mark; NaN if it is no number */
    double evidence(final int image) {
        return m_audit.evidence()[image];
    }

    /** @return number of the mark that it carries, from 1; null if it carries none */
    Integer mark(final int image) {
        final int mark = m_audit.markOf()[image];
        return mark < 0 ? null : mark + 1;
    }

    /** @return place in its class by evidence, 1 for the strongest */
    int rank(final int image) {
        return m_ranks[image];
    }

    /** @return name of the class that the network takes it for without its mark; null if it carries none */
    String looksLike(final int image) {
        return m_classes.nameOrNull(m_audit.looksLike()[image]);
    }

    /** @return verdict of its class */
    Verdict verdict(final int image) {
        return m_audit.classes().get(m_labels[image]).verdict();
    }

    BufferedDataTable table(final ExecutionContext exec) throws CanceledExecutionException {
        final TableWriter table = SCHEMA.writer(exec);
        for (int i = 0; i < m_labels.length; i++) {
            exec.checkCanceled();
            table.add(m_keys.get(i), LABEL.of(m_classes.name(m_labels[i])), EVIDENCE.of(evidence(i)), RANK.of(rank(i)), MARK.of(mark(i)),
                LOOKS_LIKE.of(looksLike(i)), TAKEN_OUT.of(isTakenOut(i)));
        }
        return table.table();
    }
}
