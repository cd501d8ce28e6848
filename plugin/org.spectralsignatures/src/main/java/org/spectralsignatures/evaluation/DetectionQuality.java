package org.spectralsignatures.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well scores tell poison from clean images, where the truth is known, over all places at which one could cut. Rows of
 * equal scores are only cut off together.
 *
 * @param rows number of rows n
 * @param poisoned number of poisoned rows
 * @param points one for each different score, descending, after a first one where nothing is cut off
 */
public record DetectionQuality(int rows, int poisoned, List<Point> points) {

    /** How far a point that is left out of a line may lie from it, in shares: less than can be seen. */
    private static final double TOLERANCE = 5e-4;

    /**
     * What happens if all rows down to a score are cut off.
     *
     * @param score the lowest that is cut off; positive infinity for nothing
     * @param removed number of rows that are cut off
     * @param found number of poisoned ones among them
     */
    public record Point(double score, int removed, int found) {
    }

    /**
     * What a removal of the highest scores does, ties broken evenly.
     *
     * @param removed number of rows that are removed
     * @param poisonLeft number of poisoned rows that stay
     * @param precision share of poison among the removed rows, NaN if there are none
     * @param recall share of the poison that is removed, NaN if there is none
     */
    public record Removal(int removed, double poisonLeft, double precision, double recall) {
    }

    /**
     * @param scores {@code [n]}, the higher the more suspicious; what is no number comes last
     * @param poisoned {@code [n]}, the truth
     * @return the quality
     */
    public static DetectionQuality of(final double[] scores, final boolean[] poisoned) {
        final double[] values = new double[scores.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.isNaN(scores[i]) ? Double.NEGATIVE_INFINITY : scores[i] + 0.0;
        }
        final List<Integer> order = IntStream.range(0, values.length).boxed().sorted(Comparator.comparingDouble(i -> -values[i])).toList();
        final var points = new ArrayList<Point>();
        points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
        int found = 0;
        for (int r = 0; r < order.size(); r++) {
            found += poisoned[order.get(r)] ? 1 : 0;
            if (r + 1 == order.size() || values[order.get(r + 1)] != values[order.get(r)]) {
                points.add(new Point(values[order.get(r)], r + 1, found));
            }
        }
        return new DetectionQuality(values.length, found, List.copyOf(points));
    }

    /** @return share of the rows that is cut off */
    public double share(final Point point) {
        return (double)point.removed / rows;
    }

    /** @return share of the poison among what is cut off, NaN if nothing is */
    public double precision(final Point point) {
        return (double)point.found / point.removed;
    }

    /** @return share of the poison that is cut off (true positive rate), NaN if there is none */
    public double recall(final Point point) {
        return (double)point.found / poisoned;
    }

    /** @return share of the clean rows that are cut off, NaN if there are none */
    public double falsePositiveRate(final Point point) {
        return (double)(point.removed - point.found) / (rows - poisoned);
    }

    /**
     * @return the area under the ROC curve: the probability that a poisoned row scores above a clean one, ties counting half
     *         (Hanley and McNeil 1982); NaN unless there are both
     */
    public double auc() {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            area += (falsePositiveRate(points.get(i)) - falsePositiveRate(points.get(i - 1)))
                * (recall(points.get(i)) + recall(points.get(i - 1))) / 2;
        }
        return poisoned == 0 || poisoned == rows ? Double.NaN : area;
    }

    /** @return the mean of the precision over the poisoned rows, in the order of their scores; NaN without poison */
    public double averagePrecision() {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            sum += (double)(points.get(i).found - points.get(i - 1).found) / poisoned * precision(points.get(i));
        }
        return poisoned == 0 ? Double.NaN : sum;
    }

    /** @return the ROC curve as a line to draw: false positive rate and recall, {@code [m][2]} */
    public double[][] roc() {
        return line(this::falsePositiveRate, this::recall);
    }

    /** @return recall and precision as a line to draw, {@code [m][2]} */
    public double[][] precisionByRecall() {
        return line(this::recall, this::precision);
    }

    /** @return the share of the rows that is cut off and the number of poisoned rows left as a line to draw, {@code [m][2]} */
    public double[][] poisonLeftByShare() {
        return Arrays.stream(line(this::share, this::recall)).map(p -> new double[]{p[0], Math.round(poisoned * (1 - p[1]))}).toArray(double[][]::new);
    }

    private double[][] line(final ToDoubleFunction<Point> x, final ToDoubleFunction<Point> y) {
        return Polyline.thin(points.stream().map(p -> new double[]{x.applyAsDouble(p), y.applyAsDouble(p)})
            .filter(p -> !Double.isNaN(p[0]) && !Double.isNaN(p[1])).toArray(double[][]::new), TOLERANCE);
    }

    /**
     * @param removed number of rows that are cut off
     * @return the number of poisoned rows left, ties broken evenly
     */
    public double poisonLeft(final int removed) {
        for (int i = 1; i < points.size(); i++) {
            final Point before = points.get(i - 1);
            final Point point = points.get(i);
            if (point.removed >= removed) {
                return poisoned - before.found - (double)(point.found - before.found) * (removed - before.removed) / (point.removed - before.removed);
            }
        }
        return 0;
    }

    /**
     * @param multiplier how many times the poison is removed, 1.5 in the paper
     * @return what the removal of that many rows, at most all, does
     */
    public Removal removal(final double multiplier) {
        final int removed = (int)Math.min(rows, Math.round(multiplier * poisoned));
        final double left = poisonLeft(removed);
        return new Removal(removed, left, (poisoned - left) / removed, (poisoned - left) / poisoned);
    }
}
