package org.spectralsignatures.nodes.predictor;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.ConfusionMatrix;
import org.spectralsignatures.evaluation.Histogram;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.view.Confusions;
import org.spectralsignatures.nodes.view.Page;
import org.spectralsignatures.nodes.view.Request;
import org.spectralsignatures.nodes.view.ViewFacts;

/** Answers the view of the predictor from a table of labels, predictions and probabilities. */
public final class PredictionExplorer {

    private static final int BINS = 20;

    private static final int ROWS = 100;

    /**
     * What the view shows at first.
     *
     * @param images number of images
     * @param labelled number of those whose label is known
     * @param meanProbability of the predictions, null without images
     * @param edges of the bars of the histogram, probabilities
     * @param right images a bar whose prediction is their label or whose label is unknown
     * @param wrong images a bar whose prediction is another
     * @param confusions null if no label is known
     * @param errors the first part of the errors
     * @param engine what computed them, in words; null where an earlier version did not say
     * @param offline what the view asks for next
     */
    public record Overview(int images, int labelled, Double meanProbability, double[] edges, int[] right, int[] wrong, // NOSONAR never compared
        Confusions confusions, Page<Image> errors, String engine, List<Request> offline) {
    }

    /**
     * An image.
     *
     * @param key its row key
     * @param label its label, null if unknown
     * @param prediction the predicted class
     * @param probability of that class
     */
    public record Image(String key, String label, String prediction, double probability) {

        private boolean isWrong() {
            return label != null && !label.equals(prediction);
        }
    }

    static final Column<String> LABEL = Column.text(ImageTableSpec.LABEL);

    static final Column<String> PREDICTION = Column.text("Prediction");

    static final Column<Double> PROBABILITY = Column.number("Probability");

    /** The table that the node keeps for its view. */
    static final TableSchema SCHEMA = TableSchema.of(LABEL, PREDICTION, PROBABILITY);

    private final List<Image> m_images;

    private final List<Image> m_wrong;

    private final String m_engine;

    /** @param tables what the node kept: {@link #SCHEMA}, and what {@link ViewFacts#ofEngine} made */
    PredictionExplorer(final BufferedDataTable[] tables) {
        m_engine = ViewFacts.engine(tables.length < 2 ? null : tables[1]);
        m_images = SCHEMA.reader(tables[0]).list(row -> new Image(row.key(), row.find(LABEL), row.find(PREDICTION), row.get(PROBABILITY)));
        m_wrong = m_images.stream().filter(Image::isWrong).sorted(Comparator.comparingDouble(i -> -i.probability)).toList();
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final List<Image> labelled = m_images.stream().filter(i -> i.label != null).toList();
        final double[] edges = IntStream.rangeClosed(0, BINS).mapToDouble(i -> (double)i / BINS).toArray();
        return new Overview(m_images.size(), labelled.size(),
            m_images.isEmpty() ? null : m_images.stream().mapToDouble(Image::probability).average().getAsDouble(), edges,
            count(edges, i -> !i.isWrong()), count(edges, Image::isWrong), labelled.isEmpty() ? null : confusions(labelled), errors(0), m_engine,
            labelled.isEmpty() ? List.of() : List.of(Request.of("errors", 0)));
    }

    private int[] count(final double[] edges, final Predicate<Image> which) {
        return Histogram.count(edges, m_images.stream().filter(which).mapToDouble(Image::probability).toArray());
    }

    private static Confusions confusions(final List<Image> images) {
        final List<String> classes = images.stream().flatMap(i -> Stream.of(i.label, i.prediction)).filter(Objects::nonNull).distinct().sorted(ClassNames.NATURAL).toList();
        return Confusions.of(ConfusionMatrix.of(classes.size(), Confusions.indices(images.stream().map(Image::label).toList(), classes),
            Confusions.indices(images.stream().map(Image::prediction).toList(), classes)), classes);
    }

    /**
     * @param offset how many to leave out
     * @return images that were taken for another class, the most confident first, at most a hundred
     */
    public Page<Image> errors(final int offset) {
        return Page.of(m_wrong, offset, ROWS);
    }
}
