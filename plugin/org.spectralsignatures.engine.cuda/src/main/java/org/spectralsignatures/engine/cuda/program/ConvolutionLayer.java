package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.Convolution.Direction;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;
import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;

/**
 * A convolution with zeros around as in TensorFlow's "SAME". Where that wants a row or column more behind than before, which devices do not know, the image
 * is copied into one with that row or column first.
 */
final class ConvolutionLayer implements Layer {

    private final Site site;

    private final ImageShape input;

    private final ImageShape padded;

    private final ImageShape output;

    private final String kernels;

    private final Convolution convolution;

    private Temporary taken;

    ConvolutionLayer(final Site site, final ImageShape input, final int filters, final int side, final int stride, final String kernels) {
        this.site = site;
        this.input = input;
        this.kernels = kernels;
        final int rows = zeros(input.height(), side, stride);
        final int columns = zeros(input.width(), side, stride);
        padded = new ImageShape(input.channels(), input.height() + rows % 2, input.width() + columns % 2);
        convolution = site.convolutions()
            .apply(new ConvolutionShape(site.images(), padded.height(), padded.width(), padded.channels(), filters, side, stride, rows / 2, columns / 2));
        output = new ImageShape(filters, convolution.shape().newHeight(), convolution.shape().newWidth());
    }

    private static int zeros(final int length, final int side, final int stride) {
        return Math.max(0, ((length + stride - 1) / stride - 1) * stride + side - length);
    }

    @Override
    public Temporary forward(final Temporary x) {
        taken = resized(x, input, padded);
        final Temporary y = site.array(output);
        site.tape().convolve(convolution, Direction.FORWARD, taken, site.value(kernels), y);
        return y;
    }

    @Override
    public Temporary backward(final Temporary dy, final boolean needed) {
        site.tape().convolve(convolution, Direction.KERNELS, taken, dy, site.gradient(kernels));
        if (!needed) {
            return null;
        }
        final Temporary dx = site.array(padded);
        site.tape().convolve(convolution, Direction.INPUT, dy, site.value(kernels), dx);
        return resized(dx, padded, input);
    }

    private Temporary resized(final Temporary x, final ImageShape from, final ImageShape to) {
        if (from.equals(to)) {
            return x;
        }
        final Temporary y = site.array(to);
        final Grid grid = Grid.pixels(site.pixels(to), to.channels());
        site.tape().launch(Kernel.RESIZE, grid, x, y, site.pixels(to), to.channels(), grid.lanes(), grid.rows(), from.height(), from.width(), to.height(), to.width());
        return y;
    }
}
