package org.spectralsignatures.nodes.auditor;

import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
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
import org.spectralsignatures.audit.Audit.ClassAudit;
import org.spectralsignatures.audit.Audit.PairAudit;
import org.spectralsignatures.removal.Conclusion;
import org.spectralsignatures.removal.Verdict;

/** The tables of an audit that are not of images: the conclusion, a row a class, a row a pair of classes. */
final class AuditTables {

    /** The columns of a row a class. */
    static final int LABEL = 0;

    static final int IMAGES = 1;

    static final int FINDING = 2;

    static final int VERDICT = 3;

    static final int FOUND = 4;

    static final int P_VALUE = 5;

    static final int LOOKS_LIKE = 6;

    static final int POWER = 7;

    private AuditTables() {
    }

    private static DataTableSpec spec(final Object... namesAndTypes) {
        final var columns = new DataColumnSpec[namesAndTypes.length / 2];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new DataColumnSpecCreator((String)namesAndTypes[2 * i], (DataType)namesAndTypes[2 * i + 1]).createSpec();
        }
        return new DataTableSpec(columns);
    }

    static DataTableSpec conclusionSpec() {
        return spec("Conclusion", StringCell.TYPE, "Next step", StringCell.TYPE);
    }

    static DataTableSpec verdictsSpec() {
        return spec("Label", StringCell.TYPE, "Images", IntCell.TYPE, "Finding", StringCell.TYPE, "Verdict", StringCell.TYPE,
            "Poisoned images found", IntCell.TYPE, "p-value", DoubleCell.TYPE, "Looks like", StringCell.TYPE, "Smallest share found", DoubleCell.TYPE);
    }

    static DataTableSpec pairsSpec() {
        return spec("Label", StringCell.TYPE, "Looks like", StringCell.TYPE, "Images", IntCell.TYPE, "Statistic", DoubleCell.TYPE, "p-value", DoubleCell.TYPE,
            "Taken out", IntCell.TYPE);
    }

    static BufferedDataTable conclusion(final Conclusion conclusion, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(conclusionSpec());
        container.addRowToTable(new DefaultRow("Conclusion", new StringCell(conclusion.sentence()), new StringCell(conclusion.nextStep())));
        container.close();
        return container.getTable();
    }

    static BufferedDataTable verdicts(final AuditedClasses classes, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(verdictsSpec());
        for (ClassAudit c : classes.classes()) {
            final Verdict verdict = c.verdict();
            final String name = classes.name(c.label());
            container.addRowToTable(new DefaultRow(name, new StringCell(name), new IntCell(c.images()), new StringCell(verdict.finding().text()),
                new StringCell(verdict.text()), new IntCell(c.poison()), number(classes.pValue(c).orElse(Double.NaN)), text(verdict.looksLike()),
                number(verdict.power() == null ? Double.NaN : verdict.power())));
        }
        container.close();
        return container.getTable();
    }

    static BufferedDataTable pairs(final List<PairAudit> pairs, final AuditedClasses classes, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(pairsSpec());
        int row = 0;
        for (PairAudit pair : pairs) {
            container.addRowToTable(new DefaultRow("Pair " + ++row, new StringCell(classes.name(pair.label())), new StringCell(classes.name(pair.other())),
                new IntCell(pair.images()), number(pair.statistic()), number(pair.pValue()), new IntCell(pair.poison())));
        }
        container.close();
        return container.getTable();
    }

    private static DataCell number(final double value) {
        return Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }

    private static DataCell text(final String value) {
        return value == null ? DataType.getMissingCell() : new StringCell(value);
    }
}
