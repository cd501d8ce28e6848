package org.spectralsignatures.nodes.detection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.Polyline;
import org.spectralsignatures.nodes.view.Request;

/** Answers the view of the Detection Evaluator from its tables. */
public final class DetectionCurves {

    private static final int OFFLINE_CLASSES = 12;

    /** How far a point that is left out lies from a curve, in shares. */
    private static final double TOLERANCE = 5e-4;

    /**
     * How well a class's poison was found. What is unknown is null.
     *
     * @param name of the detection
     * @param label the class
     * @param rows number of its images
     * @param poison number of its poisoned images
     * @param removed one and a half times as many, at most all
     * @param auc area under the ROC curve
     * @param averagePrecision mean of the precision over the poisoned images
     * @param left poisoned images left when that many are removed
     * @param precision share of poison among these
     * @param recall share of the poison among these
     */
    public record Detection(String name, String label, Double rows, Double poison, Double removed, Double auc, Double averagePrecision,
        Double left, Double precision, Double recall) {
    }

    /**
     * The spectrum of a class.
     *
     * @param name of the row: the class, clean or with poison
     * @param label the class
     * @param rows number of images
     * @param meanNorm norm of the mean of their representations
     * @param shift of the mean by the poison, null if unknown
     * @param singularValues the three largest
     */
    public record Spectrum(String name, String label, Double rows, Double meanNorm, Double shift, List<Double> singularValues) {
    }

    /**
     * The curves of a class, each a list of points.
     *
     * @param label the class
     * @param roc false and true positive rate
     * @param precision recall and precision
     * @param removal share of the class that is removed and number of poisoned images left
     */
    public record Curves(String label, double[][] roc, double[][] precision, double[][] removal) { // NOSONAR never compared
    }

    /**
     * What the view shows at first.
     *
     * @param labels the classes that hold poison
     * @param detections of this node, its last ones, and of those before it
     * @param spectra where activations were connected
     * @param first the curves of the first class, null if there is none
     * @param offline what the view asks for next
     */
    public record Overview(List<String> labels, List<Detection> detections, List<Spectrum> spectra, Curves first, List<Request> offline) {
    }

    private final Map<String, Curves> m_curves = new LinkedHashMap<>();

    private final BufferedDataTable m_statistics;

    private final BufferedDataTable m_detection;

    /** Reads the curves once; what is kept of them is thinned. */
    DetectionCurves(final BufferedDataTable[] tables) {
        final DataTableSpec spec = tables[0].getDataTableSpec();
        list(tables[0], r -> r).stream().collect(Collectors.groupingBy(DetectionCurves::label, LinkedHashMap::new, Collectors.toList()))
            .forEach((label, points) -> m_curves.put(label, curves(label, points, spec)));
        m_statistics = tables[1];
        m_detection = tables[2];
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final List<String> labels = List.copyOf(m_curves.keySet());
        return new Overview(labels, list(m_detection, r -> new Detection(r.getKey().getString(), label(r), number(r, 1), number(r, 2),
            number(r, 3), number(r, 4), number(r, 5), number(r, 6), number(r, 7), number(r, 8))),
            list(m_statistics, r -> new Spectrum(r.getKey().getString(), label(r), number(r, 1), number(r, 2), number(r, 3), values(r))),
            labels.stream().findFirst().map(this::curves).orElse(null),
            labels.stream().limit(OFFLINE_CLASSES).map(l -> Request.of("curves", l)).toList());
    }

    private static List<Double> values(final DataRow row) {
        final List<Double> values = new ArrayList<>();
        for (int column = 4; column <= 6; column++) {
            values.add(number(row, column));
        }
        return values;
    }

    private static <T> List<T> list(final BufferedDataTable table, final Function<DataRow, T> read) {
        final List<T> list = new ArrayList<>();
        try (var rows = table.iterator()) {
            while (rows.hasNext()) {
                list.add(read.apply(rows.next()));
            }
        }
        return list;
    }

    /**
     * @param label a class
     * @return its curves, thinned without a change that could be seen
     */
    public Curves curves(final String label) {
        return m_curves.get(label);
    }

    private static Curves curves(final String label, final List<DataRow> points, final DataTableSpec spec) {
        final double poison = number(points.get(0), spec.findColumnIndex("Poison left"));
        final int recall = spec.findColumnIndex("Recall");
        final double[][] removal = curve(points, spec.findColumnIndex("Share removed"), recall);
        for (int i = 0; i < removal.length; i++) {
            removal[i] = new double[]{removal[i][0], Math.round(poison * (1 - removal[i][1]))};
        }
        return new Curves(label, curve(points, spec.findColumnIndex("False positive rate"), recall),
            curve(points, recall, spec.findColumnIndex("Precision")), removal);
    }

    private static double[][] curve(final List<DataRow> rows, final int x, final int y) {
        return Polyline.thin(rows.stream().filter(r -> !r.getCell(x).isMissing() && !r.getCell(y).isMissing())
            .map(r -> new double[]{number(r, x), number(r, y)}).toArray(double[][]::new), TOLERANCE);
    }

    private static String label(final DataRow row) {
        return ((StringValue)row.getCell(0)).getStringValue();
    }

    private static Double number(final DataRow row, final int column) {
        final DataCell cell = row.getCell(column);
        return cell.isMissing() ? null : ((DoubleValue)cell).getDoubleValue();
    }
}
