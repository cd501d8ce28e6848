package org.spectralsignatures.engine.cpu.layers;

import java.util.HashMap;
import java.util.Map;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A residual unit by its definition, in double precision, one value after the other. */
final class ReferenceUnit {

    private final ResidualUnit unit;

    private final int images;

    private final int height;

    private final int width;

    private final Map<String, double[]> parameters = new HashMap<>();

    ReferenceUnit(final ResidualUnit unit, final int images, final int height, final int width, final Map<String, INDArray> parameters) {
        this.unit = unit;
        this.images = images;
        this.height = height;
        this.width = width;
        parameters.forEach((name, array) -> this.parameters.put(name, array.dup('c').data().asDouble()));
    }

    double[] parameter(final String name) {
        return parameters.get(name);
    }

    double loss(final double[] x, final double[] weights) {
        final double[] y = forward(x);
        double loss = 0;
        for (int k = 0; k < y.length; k++) {
            loss += weights[k] * y[k];
        }
        return loss;
    }

    double[] forward(final double[] x) {
        final int channels = (int)unit.getNIn();
        final int filters = (int)unit.getNOut();
        final int stride = unit.getStride();
        final double[] a = activate(x, channels, 1);
        final double[] b = convolve(a, height, width, channels, filters, stride, parameter("W1"));
        final double[] d = activate(b, filters, 2);
        final double[] y = convolve(d, height / stride, width / stride, filters, filters, 1, parameter("W2"));
        final double[] start = unit.isActivatedShortcut() ? a : x;
        final int before = (filters - channels) / 2;
        for (int i = 0; i < images; i++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    for (int c = 0; c < channels; c++) {
                        y[((i * height / stride + row / stride) * (width / stride) + column / stride) * filters + before + c] +=
                            start[((i * height + row) * width + column) * channels + c] / (stride * stride);
                    }
                }
            }
        }
        return y;
    }

    private double[] activate(final double[] x, final int channels, final int half) {
        final var mean = new double[channels];
        final var variance = new double[channels];
        final double pixels = (double)x.length / channels;
        for (int k = 0; k < x.length; k++) {
            mean[k % channels] += x[k] / pixels;
        }
        for (int k = 0; k < x.length; k++) {
            variance[k % channels] += Math.pow(x[k] - mean[k % channels], 2) / pixels;
        }
        final var y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            final int c = k % channels;
            final double z = parameter("gamma" + half)[c] * (x[k] - mean[c]) / Math.sqrt(variance[c] + unit.getEps())
                + parameter("beta" + half)[c];
            y[k] = z >= 0 ? z : unit.getLeak() * z;
        }
        return y;
    }

    private double[] convolve(final double[] x, final int rows, final int columns, final int channels, final int filters,
        final int stride, final double[] kernels) {
        final int before = stride == 1 ? 1 : 0;
        final var y = new double[images * (rows / stride) * (columns / stride) * filters];
        for (int at = 0; at < y.length; at++) {
            final int f = at % filters;
            final int column = at / filters % (columns / stride) * stride - before;
            final int row = at / filters / (columns / stride) % (rows / stride) * stride - before;
            final int image = at / filters / (columns / stride) / (rows / stride);
            for (int ky = Math.max(0, -row); ky < 3 && row + ky < rows; ky++) {
                for (int kx = Math.max(0, -column); kx < 3 && column + kx < columns; kx++) {
                    for (int c = 0; c < channels; c++) {
                        y[at] += x[((image * rows + row + ky) * columns + column + kx) * channels + c]
                            * kernels[((f * channels + c) * 3 + ky) * 3 + kx];
                    }
                }
            }
        }
        return y;
    }
}
