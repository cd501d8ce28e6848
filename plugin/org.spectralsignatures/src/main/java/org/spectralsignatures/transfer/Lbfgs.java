package org.spectralsignatures.transfer;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * Finds a minimum of a smooth function by limited-memory BFGS (Liu and Nocedal 1989): each direction is the slope, turned by what the last steps told of the
 * curvature. The length of a step is found by bisection such that the function falls enough and its slope flattens enough (the weak Wolfe conditions, Lewis and
 * Overton 2013), so that no learning rate is needed and the function never rises.
 */
final class Lbfgs {

    /** Steps that are remembered. */
    static final int MEMORY = 10;

    private static final double FALL = 1e-4;

    private static final double FLATTENING = .9;

    private static final int MOST_TRIALS = 25;

    /** Share of the value below which differences are those of rounding in single precision. */
    private static final double ROUNDING = 1e-8;

    /** A function with its slope. */
    interface Function {

        /**
         * @param x where
         * @param gradient receives the gradient there
         * @return the value there
         */
        double at(double[] x, double[] gradient) throws TaskCancelledException;
    }

    /** A step, and how the gradient changed over it. */
    private record Pair(double[] step, double[] change, double product) { // NOSONAR never compared
    }

    private final Function function;

    private final List<Pair> pairs = new ArrayList<>();

    private double[] point;

    private double[] gradient;

    private double value;

    private double length;

    /**
     * @param function to be minimised
     * @param start where to begin; taken over
     */
    Lbfgs(final Function function, final double[] start) throws TaskCancelledException {
        this.function = function;
        point = start;
        gradient = new double[start.length];
        value = function.at(point, gradient);
    }

    /** @return where it stands, not to be changed */
    double[] point() {
        return point;
    }

    /** @return the value there */
    double value() {
        return value;
    }

    /** @return the largest component of the gradient there, 0 at a minimum */
    double slope() {
        double largest = 0;
        for (double component : gradient) {
            largest = Math.max(largest, Math.abs(component));
        }
        return largest;
    }

    /** @return length of the last step as a multiple of the direction */
    double length() {
        return length;
    }

    /**
     * Goes a step further. The last call of the function was at the point where it stands then.
     *
     * @return whether a step was found that lowers the value; where not it stays
     */
    boolean step() throws TaskCancelledException {
        final double[] direction = direction();
        double along = dot(gradient, direction);
        if (along >= 0) { // rounding has spoilt what is remembered
            pairs.clear();
            for (int i = 0; i < direction.length; i++) {
                direction[i] = -gradient[i];
            }
            along = dot(gradient, direction);
        }
        if (along == 0) {
            return false;
        }
        return search(direction, along);
    }

    /** The two loops of Nocedal (1980). */
    private double[] direction() {
        final double[] direction = gradient.clone();
        final var factors = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            final Pair pair = pairs.get(i);
            factors[i] = dot(pair.step, direction) / pair.product;
            add(direction, -factors[i], pair.change);
        }
        final double scale = pairs.isEmpty() ? 1 : last().product / dot(last().change, last().change);
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= scale;
        }
        for (int i = 0; i < pairs.size(); i++) {
            final Pair pair = pairs.get(i);
            add(direction, factors[i] - dot(pair.change, direction) / pair.product, pair.step);
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -direction[i];
        }
        return direction;
    }

    private Pair last() {
        return pairs.get(pairs.size() - 1);
    }

    private boolean search(final double[] direction, final double along) throws TaskCancelledException {
        final var trial = new double[point.length];
        final var slope = new double[point.length];
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double t = pairs.isEmpty() ? 1 / Math.sqrt(-along) : 1;
        double found = Double.NaN;
        for (int i = 0; i < MOST_TRIALS; i++) {
            found = evaluate(direction, t, trial, slope);
            if (!(found <= value + FALL * t * along + ROUNDING * Math.abs(value))) {
                high = t;
            } else if (dot(slope, direction) < FLATTENING * along) {
                low = t;
            } else {
                return take(direction, t, trial, slope, found);
            }
            t = high == Double.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
        }
        if (low > 0) {
            return take(direction, low, trial, slope, evaluate(direction, low, trial, slope));
        }
        value = function.at(point, gradient);
        length = 0;
        return false;
    }

    private double evaluate(final double[] direction, final double t, final double[] trial, final double[] slope) throws TaskCancelledException {
        for (int i = 0; i < trial.length; i++) {
            trial[i] = point[i] + t * direction[i];
        }
        return function.at(trial, slope);
    }

    private boolean take(final double[] direction, final double t, final double[] trial, final double[] slope, final double found) {
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= t;
            gradient[i] = slope[i] - gradient[i];
        }
        final double product = dot(direction, gradient);
        if (product > 0) {
            pairs.add(new Pair(direction, gradient, product));
            if (pairs.size() > MEMORY) {
                pairs.remove(0);
            }
        }
        final boolean lower = found < value;
        point = trial;
        gradient = slope;
        value = found;
        length = t;
        return lower;
    }

    private static double dot(final double[] x, final double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static void add(final double[] to, final double factor, final double[] x) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * x[i];
        }
    }
}
