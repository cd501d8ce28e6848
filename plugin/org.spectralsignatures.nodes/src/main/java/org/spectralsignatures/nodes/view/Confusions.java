package org.spectralsignatures.nodes.view;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.spectralsignatures.evaluation.ConfusionMatrix;

/**
 * A confusion matrix as a view shows it: whole if there are few classes, otherwise its largest errors.
 *
 * @param images number of images
 * @param accuracy share of images that were given their own class, null without images
 * @param labels names of the classes, all of them if the matrix is whole, otherwise empty
 * @param matrix images by true and then by predicted class, null if there are too many classes
 * @param errors the most frequent errors
 */
public record Confusions(int images, Double accuracy, List<String> labels, int[][] matrix, List<Mistake> errors) { // NOSONAR never compared

    /** The most classes whose matrix is shown whole. */
    public static final int WHOLE = 10;

    private static final int ERRORS = 50;

    /**
     * An error.
     *
     * @param truth name of the true class
     * @param predicted name of the predicted class
     * @param images how many
     * @param share of the images of the true class
     */
    public record Mistake(String truth, String predicted, int images, double share) {
    }

    /**
     * @param matrix to be shown
     * @param classes their names
     * @return what is shown of it
     */
    public static Confusions of(final ConfusionMatrix matrix, final List<String> classes) {
        final int[] sums = matrix.imagesOfClass();
        final boolean whole = classes.size() <= WHOLE;
        return new Confusions(matrix.images(), matrix.images() == 0 ? null : matrix.accuracy(), whole ? classes : List.of(),
            whole ? matrix.dense() : null, matrix.largestErrors(ERRORS).stream().map(c -> new Mistake(classes.get(c.truth()),
                classes.get(c.predicted()), c.images(), (double)c.images() / sums[c.truth()])).toList());
    }

    /**
     * @param labels names of classes
     * @param classes all of them
     * @return their indices, -1 for a name that is null or none of them
     */
    public static int[] indices(final List<String> labels, final List<String> classes) {
        final var known = IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, i -> i));
        return labels.stream().mapToInt(l -> l == null ? -1 : known.getOrDefault(l, -1)).toArray();
    }
}
