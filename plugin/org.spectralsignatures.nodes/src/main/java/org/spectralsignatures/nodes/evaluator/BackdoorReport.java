package org.spectralsignatures.nodes.evaluator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.ConfusionMatrix;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.view.Confusions;
import org.spectralsignatures.nodes.view.Request;
import org.spectralsignatures.nodes.view.ViewFacts;

/** Answers the view of the Backdoor Evaluator from its metrics and from what {@link JudgedImages} kept. */
public final class BackdoorReport {

    /**
     * A network.
     *
     * @param name before, after or reference
     * @param accuracy on clean images
     * @param success share of marked images that are taken for the target
     * @param poison images in the training set before any removal, null if unknown
     * @param removed poisoned images that were removed, null if unknown
     * @param left poisoned images that were not, null if unknown
     * @param precision share of poison among the removed images, null if unknown
     */
    public record Network(String name, Double accuracy, Double success, Integer poison, Integer removed, Integer left, Double precision) {
    }

    /**
     * A ROC curve.
     *
     * @param network before, after or reference
     * @param auc the area below it
     * @param points shares of clean and of marked images above a probability of the target
     */
    public record Roc(String network, double auc, List<double[]> points) {
    }

    /**
     * What the view shows at first.
     *
     * @param networks one after another
     * @param target the class that marked images are to be taken for, null if unknown
     * @param curves one a network, where there are both clean and marked images
     * @param first the confusions of clean images by the first network
     * @param engine what computed it all, in words; null where an earlier version did not say
     * @param offline what the view asks for next
     */
    public record Overview(List<Network> networks, String target, List<Roc> curves, Confusions first, String engine, List<Request> offline) {
    }

    /** So many images, clean or marked, of one class that a network took for another. */
    private record Confused(String network, String images, String truth, String predicted, int count) {
    }

    private final Kept m_kept;

    private final List<Confused> m_confused;

    /**
     * What the node keeps for its view.
     *
     * @param metrics a row a network, see {@link MetricsTable}
     * @param confusions see {@link JudgedImages#CONFUSIONS}
     * @param curves see {@link JudgedImages#CURVES}
     * @param facts what computed it all; null where an earlier version did not say
     */
    record Kept(BufferedDataTable metrics, BufferedDataTable confusions, BufferedDataTable curves, BufferedDataTable facts) {

        static Kept of(final BufferedDataTable[] tables) {
            return new Kept(tables[0], tables[1], tables[2], tables.length < 4 ? null : tables[3]);
        }

        BufferedDataTable[] tables() {
            return new BufferedDataTable[]{metrics, confusions, curves, facts};
        }
    }

    BackdoorReport(final Kept kept) {
        m_kept = kept;
        m_confused = JudgedImages.CONFUSIONS.reader(kept.confusions).list(row -> new Confused(row.get(JudgedImages.NETWORK), row.get(JudgedImages.IMAGES),
            row.get(JudgedImages.TRUTH), row.get(JudgedImages.PREDICTION), row.get(JudgedImages.COUNT)));
    }

    private static Network network(final TableReader.Row row) {
        return new Network(row.key(), row.find(MetricsTable.ACCURACY), row.find(MetricsTable.SUCCESS), row.find(MetricsTable.POISON),
            row.find(MetricsTable.REMOVED), row.find(MetricsTable.LEFT), row.find(MetricsTable.PRECISION));
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final List<Network> networks = MetricsTable.SCHEMA.reader(m_kept.metrics).list(BackdoorReport::network);
        final List<TableReader.Row> points = JudgedImages.CURVES.reader(m_kept.curves).list(row -> row);
        final String target = points.isEmpty() ? null : points.get(points.size() - 1).get(JudgedImages.TARGET);
        final Map<String, Roc> curves = new LinkedHashMap<>();
        for (TableReader.Row point : points) {
            curves.computeIfAbsent(point.get(JudgedImages.NETWORK), name -> new Roc(name, point.get(JudgedImages.AUC), new ArrayList<>())).points()
                .add(new double[]{point.get(JudgedImages.FALSE_POSITIVE_RATE), point.get(JudgedImages.TRUE_POSITIVE_RATE)});
        }
        return new Overview(networks, target, List.copyOf(curves.values()), confusions(networks.get(0).name(), JudgedImages.CLEAN), ViewFacts.engine(m_kept.facts),
            networks.stream().flatMap(n -> Stream.of(JudgedImages.CLEAN, JudgedImages.MARKED).map(i -> Request.of("confusions", n.name(), i))).toList());
    }

    /**
     * @param network before, after or reference
     * @param images clean or marked
     * @return which classes were taken for which
     */
    public Confusions confusions(final String network, final String images) {
        final List<String> classes = m_confused.stream().flatMap(c -> Stream.of(c.truth, c.predicted)).distinct().sorted(ClassNames.NATURAL).toList();
        final List<Confused> found = m_confused.stream().filter(c -> c.network.equals(network) && c.images.equals(images)).toList();
        final int[] truth = Confusions.indices(found.stream().map(Confused::truth).toList(), classes);
        final int[] predicted = Confusions.indices(found.stream().map(Confused::predicted).toList(), classes);
        final List<ConfusionMatrix.Cell> cells = IntStream.range(0, truth.length)
            .mapToObj(i -> new ConfusionMatrix.Cell(truth[i], predicted[i], found.get(i).count)).toList();
        return Confusions.of(new ConfusionMatrix(classes.size(), cells), classes);
    }
}
