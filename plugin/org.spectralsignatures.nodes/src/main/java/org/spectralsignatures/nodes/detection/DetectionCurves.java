package org.spectralsignatures.nodes.detection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.DetectionQuality;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.view.Request;

/** Answers the view of the Detection Evaluator from its tables. */
public final class DetectionCurves {

    private static final int OFFLINE_CLASSES = 12;

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
    public record Detection(String name, String label, Integer rows, Integer poison, Integer removed, Double auc, Double averagePrecision,
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
    public record Spectrum(String name, String label, Integer rows, Double meanNorm, Double shift, List<Double> singularValues) {
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

    private final Kept m_kept;

    /**
     * What the node keeps for its view, see {@link DetectionTables}.
     *
     * @param curves a row a place at which one could cut
     * @param spectra of the classes, where activations were connected
     * @param detection a row a class with poison
     */
    record Kept(BufferedDataTable curves, BufferedDataTable spectra, BufferedDataTable detection) {

        static Kept of(final BufferedDataTable[] tables) {
            return new Kept(tables[0], tables[1], tables[2]);
        }

        BufferedDataTable[] tables() {
            return new BufferedDataTable[]{curves, spectra, detection};
        }
    }

    /** Reads the curves once; what is kept of them is thinned. */
    DetectionCurves(final Kept kept) {
        DetectionTables.CURVES.reader(kept.curves).list(row -> row).stream()
            .collect(Collectors.groupingBy(row -> row.get(DetectionTables.LABEL), LinkedHashMap::new, Collectors.toList()))
            .forEach((label, points) -> m_curves.put(label, curves(label, DetectionTables.quality(points))));
        m_kept = kept;
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final List<String> labels = List.copyOf(m_curves.keySet());
        return new Overview(labels, DetectionTables.DETECTION.reader(m_kept.detection).list(DetectionCurves::detection),
            DetectionTables.SPECTRA.reader(m_kept.spectra).list(DetectionCurves::spectrum), labels.stream().findFirst().map(this::curves).orElse(null),
            labels.stream().limit(OFFLINE_CLASSES).map(l -> Request.of("curves", l)).toList());
    }

    private static Detection detection(final TableReader.Row row) {
        return new Detection(row.key(), row.get(DetectionTables.LABEL), row.find(DetectionTables.ROWS), row.find(DetectionTables.POISON),
            row.find(DetectionTables.REMOVED_AT), row.find(DetectionTables.AUC), row.find(DetectionTables.AVERAGE_PRECISION), row.find(DetectionTables.LEFT_AT),
            row.find(DetectionTables.PRECISION_AT), row.find(DetectionTables.RECALL_AT));
    }

    private static Spectrum spectrum(final TableReader.Row row) {
        final var values = new ArrayList<Double>();
        DetectionTables.SINGULAR_VALUES.forEach(column -> values.add(row.find(column)));
        return new Spectrum(row.key(), row.get(DetectionTables.LABEL), row.find(DetectionTables.ROWS), row.find(DetectionTables.MEAN_NORM),
            row.find(DetectionTables.SHIFT), values);
    }

    /**
     * @param label a class
     * @return its curves, thinned without a change that could be seen
     */
    public Curves curves(final String label) {
        return m_curves.get(label);
    }

    private static Curves curves(final String label, final DetectionQuality quality) {
        return new Curves(label, quality.roc(), quality.precisionByRecall(), quality.poisonLeftByShare());
    }
}
