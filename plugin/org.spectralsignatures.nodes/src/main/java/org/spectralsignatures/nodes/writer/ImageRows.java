package org.spectralsignatures.nodes.writer;

import java.io.IOException;
import java.util.stream.IntStream;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.writer.SetImage;
import org.spectralsignatures.writer.WriterOptions;

/**
 * What is read of a table of kept or of removed images, row by row.
 *
 * @param columns those of images and labels, -1 where they are not read; null where neither is
 * @param score index of the column by which images were removed, -1 for none
 * @param rank index of the column of ranks by score, -1 for none
 * @param takenOut index of the column that says which of the rows were removed, -1 for none
 * @param removed whether these images were removed
 */
record ImageRows(ImageTableSpec columns, int score, int rank, int takenOut, boolean removed) {

    /** The scores of the Backdoor Auditor. */
    private static final Column<Double> EVIDENCE = Column.measure("Evidence");

    private static final Column<Boolean> TAKEN_OUT = Column.flag("Taken out");

    /** What becomes of a row. */
    interface Action {

        /** @param image that stands in it */
        void accept(SetImage image) throws IOException, TaskCancelledException;
    }

    /** @throws InvalidSettingsException if a column that is needed is missing, or it is not clear which it is */
    static ImageRows kept(final DataTableSpec spec, final LabelledImageWriterNodeParameters parameters, final WriterOptions options, final Warnings warnings)
        throws InvalidSettingsException {
        return new ImageRows(columns(spec, parameters, options).warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings), -1, -1, -1, false);
    }

    /** As {@link #kept}; of images that are only listed nothing is needed. */
    static ImageRows removed(final DataTableSpec spec, final LabelledImageWriterNodeParameters parameters, final WriterOptions options)
        throws InvalidSettingsException {
        try {
            final ImageTableSpec columns = options.writesRemoved() ? columns(spec, parameters, options) : labels(spec, parameters.m_labelColumn);
            return new ImageRows(columns, Scores.SCORE.isIn(spec) ? index(spec, Scores.SCORE) : index(spec, EVIDENCE), index(spec, Scores.RANK),
                index(spec, TAKEN_OUT), true);
        } catch (InvalidSettingsException e) {
            throw new InvalidSettingsException("Removed images: %s They need such columns for the quarantine only.".formatted(e.getMessage()), e);
        }
    }

    private static ImageTableSpec columns(final DataTableSpec spec, final LabelledImageWriterNodeParameters parameters, final WriterOptions options)
        throws InvalidSettingsException {
        return options.needsImages() ? ImageTableSpec.of(spec, parameters.m_imageColumn, parameters.m_labelColumn)
            : ImageTableSpec.ofLabels(spec, parameters.m_labelColumn);
    }

    private static ImageTableSpec labels(final DataTableSpec spec, final String name) {
        final Column<String> label = Column.text(name.isEmpty() ? ImageTableSpec.LABEL : name);
        return label.isIn(spec) ? new ImageTableSpec(spec, -1, index(spec, label)) : null;
    }

    private static int index(final DataTableSpec spec, final Column<?> column) {
        return column.isIn(spec) ? spec.findColumnIndex(column.name()) : -1;
    }

    /** Reads the images of a table in their order; rows of images that stayed in the set are passed over. */
    void forEach(final BufferedDataTable table, final Action action) throws IOException, TaskCancelledException {
        final int[] read = IntStream.of(columns == null ? -1 : columns.imageColumn(), columns == null ? -1 : columns.labelColumn(), score, rank, takenOut)
            .filter(i -> i >= 0).toArray();
        try (var rows = table.filter(TableFilter.materializeCols(read)).iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                if (takenOut < 0 || isTrue(row.getCell(takenOut))) {
                    action.accept(image(row));
                }
            }
        }
    }

    private static boolean isTrue(final DataCell cell) {
        return !cell.isMissing() && ((BooleanValue)cell).getBooleanValue();
    }

    private SetImage image(final DataRow row) throws IOException {
        final DataCell scoreCell = score < 0 || row.getCell(score).isMissing() ? null : row.getCell(score);
        final DataCell rankCell = rank < 0 || row.getCell(rank).isMissing() ? null : row.getCell(rank);
        return new SetImage(row.getKey().getString(), label(row), removed, columns == null || columns.imageColumn() < 0 ? null : ImageTables.png(row, columns),
            scoreCell == null ? null : ((DoubleValue)scoreCell).getDoubleValue(), rankCell == null ? null : ((IntValue)rankCell).getIntValue());
    }

    private String label(final DataRow row) throws IOException {
        return columns == null ? null : ImageTables.label(row, columns);
    }
}
