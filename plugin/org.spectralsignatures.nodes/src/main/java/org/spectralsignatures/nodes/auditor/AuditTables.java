package org.spectralsignatures.nodes.auditor;

import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.audit.Audit.ClassAudit;
import org.spectralsignatures.audit.Audit.Mark;
import org.spectralsignatures.audit.AuditedClasses;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.removal.Conclusion;
import org.spectralsignatures.removal.Verdict;

/** The tables of an audit that are not of images: the conclusion, a row a class, a row a mark. */
final class AuditTables {

    private static final Column<String> CONCLUSION = Column.text("Conclusion");

    private static final Column<String> NEXT_STEP = Column.text("Next step");

    static final Column<String> LABEL = Column.text("Label");

    static final Column<Integer> IMAGES = Column.integer("Images");

    static final Column<String> FINDING = Column.text("Finding");

    static final Column<String> VERDICT = Column.text("Verdict");

    static final Column<Integer> FOUND = Column.integer("Poisoned images found");

    static final Column<Double> P_VALUE = Column.measure("p-value");

    static final Column<String> LOOKS_LIKE = Column.text("Looks like");

    static final Column<Double> POWER = Column.measure("Smallest share found");

    static final Column<Integer> MARK = Column.integer("Mark");

    static final Column<Double> STRENGTH = Column.measure("Strength");

    static final Column<Double> TURNED = Column.measure("Turned");

    static final Column<Boolean> TAKEN_OUT = Column.flag("Taken out");

    static final Column<DataCell> PICTURE = Column.picture("Picture");

    /** One row: all verdicts together. */
    static final TableSchema CONCLUSIONS = TableSchema.of(CONCLUSION, NEXT_STEP);

    /** A row a class. */
    static final TableSchema VERDICTS = TableSchema.of(LABEL, IMAGES, FINDING, VERDICT, FOUND, P_VALUE, LOOKS_LIKE, POWER);

    /** A row a mark. */
    static final TableSchema MARKS = TableSchema.of(MARK, LABEL, IMAGES, STRENGTH, TURNED, P_VALUE, LOOKS_LIKE, TAKEN_OUT, PICTURE);

    private AuditTables() {
    }

    static BufferedDataTable conclusion(final Conclusion conclusion, final ExecutionContext exec) {
        final TableWriter table = CONCLUSIONS.writer(exec);
        table.add("Conclusion", CONCLUSION.of(conclusion.sentence()), NEXT_STEP.of(conclusion.nextStep()));
        return table.table();
    }

    static BufferedDataTable verdicts(final AuditedClasses classes, final ExecutionContext exec) {
        final TableWriter table = VERDICTS.writer(exec);
        for (ClassAudit c : classes.classes()) {
            final Verdict verdict = c.verdict();
            final String name = classes.name(c.label());
            table.add(name, LABEL.of(name), IMAGES.of(c.images()), FINDING.of(verdict.finding().text()), VERDICT.of(verdict.text()), FOUND.of(c.poison()),
                P_VALUE.of(classes.pValue(c).orElse(Double.NaN)), LOOKS_LIKE.of(verdict.looksLike()), POWER.of(verdict.power()));
        }
        return table.table();
    }

    /**
     * @param shape of the images, and of the marks' pictures
     * @return the marks, numbered from 1 in the order of the audit
     */
    static BufferedDataTable marks(final List<Mark> marks, final AuditedClasses classes, final ImageShape shape, final ExecutionContext exec) {
        final TableWriter table = MARKS.writer(exec);
        int number = 0;
        for (Mark mark : marks) {
            number++;
            table.add("Mark " + number, MARK.of(number), LABEL.of(classes.name(mark.label())), IMAGES.of(mark.images()), STRENGTH.of(mark.strength()),
                TURNED.of((double)mark.taken() / mark.asked()), P_VALUE.of(mark.pValue()), LOOKS_LIKE.of(classes.nameOrNull(mark.looksLike())),
                TAKEN_OUT.of(mark.poison()), PICTURE.of(ImageTables.cell(mark.picture(), shape)));
        }
        return table.table();
    }
}
