package org.spectralsignatures.nodes.detection;

import java.util.List;
import java.util.stream.IntStream;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.evaluation.DetectionQuality;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.scoring.ClassSpectrum;

/** The tables of the Detection Evaluator: how well each class's poison was found, the curves, and spectra. */
final class DetectionTables {

    /** Of the poison, how many rows the paper removes. */
    private static final double MULTIPLIER = 1.5;

    static final Column<String> LABEL = Column.text("Label");

    static final Column<Integer> ROWS = Column.integer("Rows");

    static final Column<Integer> POISON = Column.integer("Poison");

    static final Column<Integer> REMOVED_AT = Column.integer("Removed at 1.5");

    static final Column<Double> AUC = Column.measure("AUC");

    static final Column<Double> AVERAGE_PRECISION = Column.measure("Average precision");

    static final Column<Double> LEFT_AT = Column.measure("Poison left at 1.5");

    static final Column<Double> PRECISION_AT = Column.measure("Precision at 1.5");

    static final Column<Double> RECALL_AT = Column.measure("Recall at 1.5");

    private static final Column<Integer> REMOVED = Column.integer("Removed");

    private static final Column<Integer> FOUND = Column.integer("Poison removed");

    static final Column<Integer> LEFT = Column.integer("Poison left");

    private static final Column<Double> SCORE = Column.measure("Score");

    static final Column<Double> SHARE = Column.measure("Share removed");

    static final Column<Double> PRECISION = Column.measure("Precision");

    static final Column<Double> RECALL = Column.measure("Recall");

    static final Column<Double> FALSE_POSITIVE_RATE = Column.measure("False positive rate");

    static final Column<Double> MEAN_NORM = Column.measure("Norm of mean");

    static final Column<Double> SHIFT = Column.measure("Shift of mean");

    /** The largest singular values, one after another. */
    static final List<Column<Double>> SINGULAR_VALUES = IntStream.rangeClosed(1, 3).mapToObj(k -> Column.measure("Singular value " + k)).toList();

    /** A row a class with poison. */
    static final TableSchema DETECTION = TableSchema.of(LABEL, ROWS, POISON, REMOVED_AT, AUC, AVERAGE_PRECISION, LEFT_AT, PRECISION_AT, RECALL_AT);

    /** A row a place at which one could cut. */
    static final TableSchema CURVES = TableSchema.of(LABEL, REMOVED, FOUND, LEFT, SCORE, SHARE, PRECISION, RECALL, FALSE_POSITIVE_RATE);

    /** A row a class with poison and one without it. */
    static final TableSchema SPECTRA =
        TableSchema.of(LABEL, ROWS, MEAN_NORM, SHIFT, SINGULAR_VALUES.get(0), SINGULAR_VALUES.get(1), SINGULAR_VALUES.get(2));

    private DetectionTables() {
    }

    static void detection(final String name, final String label, final DetectionQuality quality, final TableWriter to) {
        final DetectionQuality.Removal removal = quality.removal(MULTIPLIER);
        to.add(name, LABEL.of(label), ROWS.of(quality.rows()), POISON.of(quality.poisoned()), REMOVED_AT.of(removal.removed()), AUC.of(quality.auc()),
            AVERAGE_PRECISION.of(quality.averagePrecision()), LEFT_AT.of(removal.poisonLeft()), PRECISION_AT.of(removal.precision()),
            RECALL_AT.of(removal.recall()));
    }

    static void curve(final String label, final DetectionQuality quality, final TableWriter to, final ExecutionContext exec) throws CanceledExecutionException {
        for (DetectionQuality.Point point : quality.points()) {
            exec.checkCanceled();
            to.add(label + " " + point.removed(), LABEL.of(label), REMOVED.of(point.removed()), FOUND.of(point.found()), LEFT.of(quality.poisoned() - point.found()),
                SCORE.of(Double.isInfinite(point.score()) ? Double.NaN : point.score()), SHARE.of(quality.share(point)), PRECISION.of(quality.precision(point)),
                RECALL.of(quality.recall(point)), FALSE_POSITIVE_RATE.of(quality.falsePositiveRate(point)));
        }
    }

    /** @return what {@link #curve} wrote: the rows of one class, in their order */
    static DetectionQuality quality(final List<TableReader.Row> rows) {
        final List<DetectionQuality.Point> points = rows.stream().map(DetectionTables::point).toList();
        return new DetectionQuality(points.get(points.size() - 1).removed(), rows.get(0).get(LEFT), points);
    }

    /** The score of the first point, where nothing is cut off, is missing, and so is that of what was no number, which comes last. */
    private static DetectionQuality.Point point(final TableReader.Row row) {
        final Double score = row.find(SCORE);
        final int removed = row.get(REMOVED);
        return new DetectionQuality.Point(score != null ? score : removed == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY, removed, row.get(FOUND));
    }

    static void spectrum(final String key, final String label, final ClassSpectrum spectrum, final double shift, final TableWriter to) {
        final double[] values = spectrum.singularValues();
        to.add(key, LABEL.of(label), ROWS.of(spectrum.rows()), MEAN_NORM.of(spectrum.meanNorm()), SHIFT.of(shift), SINGULAR_VALUES.get(0).of(values[0]),
            SINGULAR_VALUES.get(1).of(values[1]), SINGULAR_VALUES.get(2).of(values[2]));
    }
}
