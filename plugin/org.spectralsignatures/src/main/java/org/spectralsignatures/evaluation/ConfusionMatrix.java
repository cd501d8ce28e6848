package org.spectralsignatures.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How often images of one class were taken for another. Only pairs that occur are held, so that a thousand classes are no burden.
 *
 * @param classes number of classes
 * @param cells the pairs that occur, by true and then by predicted class
 */
public record ConfusionMatrix(int classes, List<Cell> cells) {

    /**
     * A pair of classes.
     *
     * @param truth index of the true class
     * @param predicted index of the predicted class
     * @param images how many were of the one and taken for the other
     */
    public record Cell(int truth, int predicted, int images) {
    }

    /**
     * @param classes number of classes
     * @param truth {@code [n]}, indices of the true classes; images of a negative one are left out
     * @param predicted {@code [n]}, indices of the predicted classes
     * @return the matrix
     */
    public static ConfusionMatrix of(final int classes, final int[] truth, final int[] predicted) {
        final Map<Long, Integer> counts = new TreeMap<>();
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] >= 0) {
                counts.merge((long)truth[i] * classes + predicted[i], 1, Integer::sum);
            }
        }
        return new ConfusionMatrix(classes, counts.entrySet().stream()
            .map(e -> new Cell((int)(e.getKey() / classes), (int)(e.getKey() % classes), e.getValue())).toList());
    }

    /** @return number of images */
    public int images() {
        return cells.stream().mapToInt(Cell::images).sum();
    }

    /** @return share of images that were given their own class, NaN without images */
    public double accuracy() {
        return (double)cells.stream().filter(c -> c.truth == c.predicted).mapToInt(Cell::images).sum() / images();
    }

    /** @return {@code [classes]}, number of images of each true class */
    public int[] imagesOfClass() {
        final var sums = new int[classes];
        cells.forEach(c -> sums[c.truth] += c.images);
        return sums;
    }

    /** @return {@code [classes][classes]}, images by true and then by predicted class */
    public int[][] dense() {
        final var dense = new int[classes][classes];
        cells.forEach(c -> dense[c.truth][c.predicted] = c.images);
        return dense;
    }

    /**
     * @param limit how many at most
     * @return the pairs of different classes that occur most often
     */
    public List<Cell> largestErrors(final int limit) {
        return cells.stream().filter(c -> c.truth != c.predicted).sorted(Comparator.comparingInt(c -> -c.images)).limit(limit).toList();
    }

    /**
     * @param predictions the outputs of a network
     * @return {@code [n]}, the predicted classes
     */
    public static int[] labels(final Predictions predictions) {
        return IntStream.range(0, predictions.size()).map(predictions::label).toArray();
    }
}
