package org.spectralsignatures.nodes.evaluator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.evaluation.ConfusionMatrix;
import org.spectralsignatures.evaluation.DetectionQuality;
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.nodes.view.Confusions;

/** Keeps for the view what the networks made of the single images: confusions and ROC curves, as two tables. */
final class JudgedImages {

    /** Clean images in the table of confusions. */
    static final String CLEAN = "clean";

    /** Marked images in the table of confusions. */
    static final String MARKED = "marked";

    static final Column<String> NETWORK = Column.text("Network");

    static final Column<String> IMAGES = Column.text("Images");

    static final Column<String> TRUTH = Column.text("Class");

    static final Column<String> PREDICTION = Column.text("Prediction");

    static final Column<Integer> COUNT = Column.integer("Count");

    static final Column<String> TARGET = Column.text("Target");

    static final Column<Double> AUC = Column.number("AUC");

    static final Column<Double> FALSE_POSITIVE_RATE = Column.number("False positive rate");

    static final Column<Double> TRUE_POSITIVE_RATE = Column.number("True positive rate");

    /** A row a pair of classes. */
    static final TableSchema CONFUSIONS = TableSchema.of(NETWORK, IMAGES, TRUTH, PREDICTION, COUNT);

    /** A row a point of a ROC curve. */
    static final TableSchema CURVES = TableSchema.of(NETWORK, TARGET, AUC, FALSE_POSITIVE_RATE, TRUE_POSITIVE_RATE);

    private final TableWriter m_confusions;

    private final TableWriter m_curves;

    private int m_rows;

    JudgedImages(final ExecutionContext exec) {
        m_confusions = CONFUSIONS.writer(exec);
        m_curves = CURVES.writer(exec);
    }

    /** @return the classes of the rows, -1 where the label is missing or unknown */
    static int[] labels(final BufferedDataTable table, final int column, final List<String> classes, final TaskMonitor monitor)
        throws TaskCancelledException {
        final List<String> labels = new ArrayList<>();
        try (var rows = table.iterator()) {
            while (rows.hasNext()) {
                monitor.checkCancelled();
                final DataCell cell = rows.next().getCell(column);
                labels.add(cell.isMissing() ? null : ((StringValue)cell).getStringValue());
            }
        }
        return Confusions.indices(labels, classes);
    }

    /** Adds what a network made of clean and of marked images. */
    void add(final String network, final List<String> classes, final int target, final Predictions clean, final int[] cleanLabels,
        final Predictions marked, final int[] markedLabels) {
        confusion(network, CLEAN, classes, cleanLabels, clean);
        confusion(network, MARKED, classes, markedLabels, marked);
        final int[] a = others(cleanLabels, target);
        final int[] b = others(markedLabels, target);
        final double[] scores = DoubleStream.concat(IntStream.of(a).mapToDouble(i -> clean.probability(i, target)),
            IntStream.of(b).mapToDouble(i -> marked.probability(i, target))).toArray();
        final var isMarked = new boolean[scores.length];
        for (int i = a.length; i < scores.length; i++) {
            isMarked[i] = true;
        }
        if (a.length > 0 && b.length > 0) {
            curve(network, classes.get(target), DetectionQuality.of(scores, isMarked));
        }
    }

    /** Images of the target are the target, marked or not, and say nothing of the backdoor. */
    private static int[] others(final int[] labels, final int target) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] != target).toArray();
    }

    private void confusion(final String network, final String images, final List<String> classes, final int[] labels, final Predictions predictions) {
        for (var cell : ConfusionMatrix.of(classes.size(), labels, ConfusionMatrix.labels(predictions)).cells()) {
            m_confusions.add("Row " + m_rows++, NETWORK.of(network), IMAGES.of(images), TRUTH.of(classes.get(cell.truth())),
                PREDICTION.of(classes.get(cell.predicted())), COUNT.of(cell.images()));
        }
    }

    private void curve(final String network, final String target, final DetectionQuality quality) {
        for (double[] point : quality.roc()) {
            m_curves.add("Row " + m_rows++, NETWORK.of(network), TARGET.of(target), AUC.of(quality.auc()), FALSE_POSITIVE_RATE.of(point[0]),
                TRUE_POSITIVE_RATE.of(point[1]));
        }
    }

    BufferedDataTable confusions() {
        return m_confusions.table();
    }

    BufferedDataTable curves() {
        return m_curves.table();
    }
}
