package org.spectralsignatures.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/** A plan by its definition, in double precision, one value after the other: the truth for every engine. Arrays are {@code [n, h, w, c]}. */
final class ReferenceNetwork {

    private final NetworkPlan plan;

    private final double[] values;

    private final Map<String, Integer> offsets = new LinkedHashMap<>();

    /** Mean and variance of the batch, by the name of the running moment. */
    private final Map<String, double[]> moments = new LinkedHashMap<>();

    private boolean training;

    ReferenceNetwork(final NetworkPlan plan, final double[] values) {
        this.plan = plan;
        this.values = values;
        int offset = 0;
        for (Parameter parameter : plan.parameters()) {
            offsets.put(parameter.name(), offset);
            offset += (int)parameter.size();
        }
    }

    /** Where a parameter begins. */
    int offset(final String name) {
        return offsets.get(name);
    }

    /** What the training batch's moments were in the last forward pass. */
    Map<String, double[]> moments() {
        return moments;
    }

    /** The result of each step, by its name. */
    Map<String, double[]> forward(final byte[][] images, final boolean withMomentsOfBatch) {
        training = withMomentsOfBatch;
        final Map<String, double[]> results = new LinkedHashMap<>();
        double[] x = standardised(images);
        ImageShape shape = plan.input();
        for (Step step : plan.steps()) {
            x = apply(step, x, images.length, shape);
            shape = step.output(shape);
            results.put(step.name(), x);
        }
        return results;
    }

    /** Cross-entropy of each image. */
    double[] losses(final byte[][] images, final int[] labels) {
        final double[] p = forward(images, true).get(plan.steps().get(plan.steps().size() - 1).name());
        final var losses = new double[images.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = -Math.log(p[i * plan.classes() + labels[i]]);
        }
        return losses;
    }

    /** Mean cross-entropy and penalty. */
    private double objective(final byte[][] images, final int[] labels, final double decay) {
        double sum = 0;
        for (double loss : losses(images, labels)) {
            sum += loss / images.length;
        }
        for (Parameter parameter : plan.parameters()) {
            for (int k = 0; k < parameter.size() && parameter.kind() == Parameter.Kind.KERNEL; k++) {
                sum += decay / 2 * Math.pow(values[offset(parameter.name()) + k], 2);
            }
        }
        return sum;
    }

    /** By central differences; 0 for running moments. */
    double[] gradient(final byte[][] images, final int[] labels, final double decay) {
        final double h = 1e-5;
        final var gradient = new double[values.length];
        for (Parameter parameter : plan.parameters()) {
            if (parameter.kind() != Parameter.Kind.MEAN && parameter.kind() != Parameter.Kind.VARIANCE) {
                for (int k = offset(parameter.name()); k < offset(parameter.name()) + parameter.size(); k++) {
                    final double before = values[k];
                    values[k] = before + h;
                    final double above = objective(images, labels, decay);
                    values[k] = before - h;
                    gradient[k] = (above - objective(images, labels, decay)) / (2 * h);
                    values[k] = before;
                }
            }
        }
        return gradient;
    }

    /** From planes of bytes. */
    private double[] standardised(final byte[][] images) {
        final int size = plan.input().size();
        final int channels = plan.input().channels();
        final int plane = plan.input().planeSize();
        final var x = new double[images.length * size];
        for (int i = 0; i < images.length; i++) {
            double mean = 0;
            double variance = 0;
            for (byte b : images[i]) {
                mean += (double)(b & 0xff) / size;
            }
            for (byte b : images[i]) {
                variance += Math.pow((b & 0xff) - mean, 2) / size;
            }
            for (int k = 0; k < size; k++) {
                x[i * size + k % plane * channels + k / plane] = ((images[i][k] & 0xff) - mean) / Math.max(Math.sqrt(variance), 1 / Math.sqrt(size));
            }
        }
        return x;
    }

    private double[] apply(final Step step, final double[] x, final int n, final ImageShape shape) {
        if (step instanceof Step.Convolution convolution) {
            return convolve(x, n, shape, convolution.filters(), convolution.side(), convolution.stride(), step.name() + "_W");
        }
        if (step instanceof Step.NormActivation activation) {
            return activate(x, shape.channels(), step.name(), "", activation.norm());
        }
        if (step instanceof Step.ResidualUnit unit) {
            return unit(unit, x, n, shape);
        }
        if (step instanceof Step.MaxPooling) {
            return largest(x, n, new Window(shape, 2, 2, false));
        }
        if (step instanceof Step.PaddedMaxPooling pooling) {
            return largest(x, n, new Window(shape, pooling.side(), 2, true));
        }
        if (step instanceof Step.GlobalAveragePooling) {
            return average(x, n, shape);
        }
        return softmax(x, n, shape.channels(), step.name());
    }

    private double[] unit(final Step.ResidualUnit unit, final double[] x, final int n, final ImageShape shape) {
        final ImageShape after = unit.output(shape);
        final double[] a = activate(x, shape.channels(), unit.name(), "1", unit.norm());
        final double[] b = convolve(a, n, shape, unit.filters(), Step.KERNEL, unit.stride(), unit.name() + "_W1");
        final double[] d = activate(b, unit.filters(), unit.name(), "2", unit.norm());
        final double[] y = convolve(d, n, after, unit.filters(), Step.KERNEL, 1, unit.name() + "_W2");
        if (unit.projection()) {
            final double[] added = convolve(a, n, shape, unit.filters(), 1, unit.stride(), unit.name() + "_Wshortcut");
            for (int k = 0; k < y.length; k++) {
                y[k] += added[k];
            }
            return y;
        }
        final double[] start = unit.activatedShortcut() ? a : x;
        final int before = (unit.filters() - shape.channels()) / 2;
        for (int k = 0; k < start.length; k++) {
            final int c = k % shape.channels();
            final int column = k / shape.channels() % shape.width() / unit.stride();
            final int row = k / shape.channels() / shape.width() % shape.height() / unit.stride();
            final int image = k / shape.size();
            y[((image * after.height() + row) * after.width() + column) * after.channels() + before + c] += start[k]
                / (Math.min(unit.stride(), shape.height() - row * unit.stride()) * Math.min(unit.stride(), shape.width() - column * unit.stride()));
        }
        return y;
    }

    private double[] activate(final double[] x, final int channels, final String step, final String half, final Normalisation norm) {
        final double[] mean = new double[channels];
        final double[] variance = new double[channels];
        for (int k = 0; k < x.length; k++) {
            mean[k % channels] += x[k] * channels / x.length;
        }
        for (int k = 0; k < x.length; k++) {
            variance[k % channels] += Math.pow(x[k] - mean[k % channels], 2) * channels / x.length;
        }
        moments.put(step + "_mean" + half, mean);
        moments.put(step + "_var" + half, variance);
        final var y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            final int c = k % channels;
            final double m = training ? mean[c] : values[offset(step + "_mean" + half) + c];
            final double v = training ? variance[c] : values[offset(step + "_var" + half) + c];
            final double z = values[offset(step + "_gamma" + half) + c] * (x[k] - m) / Math.sqrt(v + norm.eps()) + values[offset(step + "_beta" + half) + c];
            y[k] = z >= 0 ? z : norm.leak() * z;
        }
        return y;
    }

    /** What a kernel looks at; with whole, as TensorFlow's SAME says: all positions count, and zeros are as even as can be on both sides. */
    private record Window(ImageShape shape, int side, int stride, boolean whole) {

        int results(final int length) {
            return whole ? (int)Math.ceil((double)length / stride) : length / stride;
        }

        int rows() {
            return results(shape.height());
        }

        int columns() {
            return results(shape.width());
        }

        private int first(final int result, final int length) {
            return result * stride - (whole ? Math.max(0, (results(length) - 1) * stride + side - length) / 2 : 0);
        }

        /** First row of the image that a row of the result looks at; may be outside. */
        int top(final int row) {
            return first(row, shape.height());
        }

        int left(final int column) {
            return first(column, shape.width());
        }

        boolean inside(final int y, final int x) {
            return y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
        }

        int at(final int image, final int y, final int x, final int c) {
            return ((image * shape.height() + y) * shape.width() + x) * shape.channels() + c;
        }
    }

    private double[] convolve(final double[] x, final int n, final ImageShape shape, final int filters, final int side, final int stride,
        final String kernels) {
        final var window = new Window(shape, side, stride, true);
        final int start = offset(kernels);
        final var y = new double[n * window.rows() * window.columns() * filters];
        for (int at = 0; at < y.length; at++) {
            final int f = at % filters;
            final int left = window.left(at / filters % window.columns());
            final int top = window.top(at / filters / window.columns() % window.rows());
            final int image = at / filters / window.columns() / window.rows();
            for (int k = 0; k < side * side; k++) {
                for (int c = 0; c < shape.channels() && window.inside(top + k / side, left + k % side); c++) {
                    y[at] += x[window.at(image, top + k / side, left + k % side, c)] * values[start + (f * shape.channels() + c) * side * side + k];
                }
            }
        }
        return y;
    }

    private static double[] largest(final double[] x, final int n, final Window window) {
        final int channels = window.shape().channels();
        final var y = new double[n * window.rows() * window.columns() * channels];
        Arrays.fill(y, Double.NEGATIVE_INFINITY);
        for (int at = 0; at < y.length; at++) {
            final int left = window.left(at / channels % window.columns());
            final int top = window.top(at / channels / window.columns() % window.rows());
            final int image = at / channels / window.columns() / window.rows();
            for (int k = 0; k < window.side() * window.side(); k++) {
                if (window.inside(top + k / window.side(), left + k % window.side())) {
                    y[at] = Math.max(y[at], x[window.at(image, top + k / window.side(), left + k % window.side(), at % channels)]);
                }
            }
        }
        return y;
    }

    private static double[] average(final double[] x, final int n, final ImageShape shape) {
        final var y = new double[n * shape.channels()];
        for (int k = 0; k < x.length; k++) {
            y[k / shape.size() * shape.channels() + k % shape.channels()] += x[k] / shape.planeSize();
        }
        return y;
    }

    private double[] softmax(final double[] x, final int n, final int channels, final String step) {
        final int classes = plan.classes();
        final var y = new double[n * classes];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int f = 0; f < classes; f++) {
                double logit = values[offset(step + "_b") + f];
                for (int c = 0; c < channels; c++) {
                    logit += x[i * channels + c] * values[offset(step + "_W") + f * channels + c];
                }
                y[i * classes + f] = Math.exp(logit);
                sum += y[i * classes + f];
            }
            for (int f = 0; f < classes; f++) {
                y[i * classes + f] /= sum;
            }
        }
        return y;
    }
}
