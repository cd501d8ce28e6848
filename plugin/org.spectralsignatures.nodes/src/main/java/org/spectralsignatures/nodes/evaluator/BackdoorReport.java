package org.spectralsignatures.nodes.evaluator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.ConfusionMatrix;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.nodes.view.Confusions;
import org.spectralsignatures.nodes.view.Request;

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
    public record Network(String name, Double accuracy, Double success, Double poison, Double removed, Double left, Double precision) {
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
     * @param offline what the view asks for next
     */
    public record Overview(List<Network> networks, String target, List<Roc> curves, Confusions first, List<Request> offline) {
    }

    /** So many images, clean or marked, of one class that a network took for another. */
    private record Confused(String network, String images, String truth, String predicted, int count) {
    }

    private final BufferedDataTable m_metrics;

    private final List<Confused> m_confused = new ArrayList<>();

    private final BufferedDataTable m_curves;

    BackdoorReport(final BufferedDataTable[] tables) {
        m_metrics = tables[0];
        m_curves = tables[2];
        try (var rows = tables[1].iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                m_confused.add(new Confused(text(row, 0), text(row, 1), text(row, 2), text(row, 3), ((IntValue)row.getCell(4)).getIntValue()));
            }
        }
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final List<Network> networks = new ArrayList<>();
        try (var rows = m_metrics.iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                networks.add(new Network(row.getKey().getString(), number(row, 0), number(row, 1), number(row, 2), number(row, 3), number(row, 4),
                    number(row, 5)));
            }
        }
        final Map<String, Roc> curves = new LinkedHashMap<>();
        String target = null;
        try (var rows = m_curves.iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                target = text(row, 1);
                final double auc = number(row, 2);
                curves.computeIfAbsent(text(row, 0), name -> new Roc(name, auc, new ArrayList<>())).points()
                    .add(new double[]{number(row, 3), number(row, 4)});
            }
        }
        return new Overview(networks, target, List.copyOf(curves.values()), confusions(networks.get(0).name(), JudgedImages.CLEAN), networks.stream()
            .flatMap(n -> Stream.of(JudgedImages.CLEAN, JudgedImages.MARKED).map(i -> Request.of("confusions", n.name(), i))).toList());
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

    private static String text(final DataRow row, final int column) {
        return ((StringValue)row.getCell(column)).getStringValue();
    }

    private static Double number(final DataRow row, final int column) {
        final DataCell cell = row.getCell(column);
        return cell.isMissing() ? null : ((DoubleValue)cell).getDoubleValue();
    }
}
