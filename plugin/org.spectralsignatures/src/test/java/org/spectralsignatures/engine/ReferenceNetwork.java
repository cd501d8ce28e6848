package org.spectralsignatures.engine;

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
            return convolve(x, n, shape, convolution.filters(), 1, step.name() + "_W");
        }
        if (step instanceof Step.NormActivation activation) {
            return activate(x, shape.channels(), step.name(), "", activation.norm());
        }
        if (step instanceof Step.ResidualUnit unit) {
            return unit(unit, x, n, shape);
        }
        if (step instanceof Step.MaxPooling) {
            return largest(x, n, shape);
        }
        if (step instanceof Step.GlobalAveragePooling) {
            return average(x, n, shape);
        }
        return softmax(x, n, shape.channels(), step.name());
    }

    private double[] unit(final Step.ResidualUnit unit, final double[] x, final int n, final ImageShape shape) {
        final ImageShape after = unit.output(shape);
        final double[] a = activate(x, shape.channels(), unit.name(), "1", unit.norm());
        final double[] b = convolve(a, n, shape, unit.filters(), unit.stride(), unit.name() + "_W1");
        final double[] d = activate(b, unit.filters(), unit.name(), "2", unit.norm());
        final double[] y = convolve(d, n, after, unit.filters(), 1, unit.name() + "_W2");
        final double[] start = unit.activatedShortcut() ? a : x;
        final int before = (unit.filters() - shape.channels()) / 2;
        for (int k = 0; k < start.length; k++) {
            final int c = k % shape.channels();
            final int column = k / shape.channels() % shape.width() / unit.stride();
            final int row = k / shape.channels() / shape.width() % shape.height() / unit.stride();
            final int image = k / shape.size();
            y[((image * after.height() + row) * after.width() + column) * after.channels() + before + c] += start[k] / (unit.stride() * unit.stride());
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

    private double[] convolve(final double[] x, final int n, final ImageShape shape, final int filters, final int stride, final String kernels) {
        final int padding = stride == 1 ? 1 : 0;
        final int rows = shape.height() / stride;
        final int columns = shape.width() / stride;
        final int start = offset(kernels);
        final var y = new double[n * rows * columns * filters];
        for (int at = 0; at < y.length; at++) {
            final int f = at % filters;
            final int left = at / filters % columns * stride - padding;
            final int top = at / filters / columns % rows * stride - padding;
            final int image = at / filters / columns / rows;
            for (int ky = Math.max(0, -top); ky < Step.KERNEL && top + ky < shape.height(); ky++) {
                for (int kx = Math.max(0, -left); kx < Step.KERNEL && left + kx < shape.width(); kx++) {
                    for (int c = 0; c < shape.channels(); c++) {
                        y[at] += x[((image * shape.height() + top + ky) * shape.width() + left + kx) * shape.channels() + c]
                            * values[start + ((f * shape.channels() + c) * Step.KERNEL + ky) * Step.KERNEL + kx];
                    }
                }
            }
        }
        return y;
    }

    private static double[] largest(final double[] x, final int n, final ImageShape shape) {
        final int rows = shape.height() / 2;
        final int columns = shape.width() / 2;
        final int channels = shape.channels();
        final var y = new double[n * rows * columns * channels];
        for (int at = 0; at < y.length; at++) {
            final int row = at / channels / columns % rows * 2;
            final int column = at / channels % columns * 2;
            final int first = ((at / channels / columns / rows * shape.height() + row) * shape.width() + column) * channels + at % channels;
            final int below = first + shape.width() * channels;
            y[at] = Math.max(Math.max(x[first], x[first + channels]), Math.max(x[below], x[below + channels]));
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
