package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;

/** Maxima over windows of stride 2, with or without places outside the image. */
final class MaxPoolLayer implements Layer {

    private final Site site;

    private final ImageShape input;

    private final ImageShape output;

    private final int side;

    private final int top;

    private final int left;

    private Temporary which;

    /** @param padded whether windows may reach over the edges */
    MaxPoolLayer(final Site site, final ImageShape input, final ImageShape output, final int side, final boolean padded) {
        this.site = site;
        this.input = input;
        this.output = output;
        this.side = side;
        top = padded ? before(input.height(), output.height(), side) : 0;
        left = padded ? before(input.width(), output.width(), side) : 0;
    }

    private static int before(final int length, final int results, final int side) {
        return Math.max(0, (results - 1) * 2 + side - length) / 2;
    }

    @Override
    public Temporary forward(final Temporary x) {
        final Temporary y = site.array(output);
        which = site.training() ? site.tape().temporary((long)site.images() * output.size()) : null;
        final Grid grid = Grid.pixels(site.pixels(output), input.channels());
        site.tape().launch(Kernel.MAX_POOL, grid, x, y, which, site.pixels(output), input.channels(), grid.lanes(), grid.rows(), input.height(), input.width(),
            output.height(), output.width(), side, top, left);
        return y;
    }

    @Override
    public Temporary backward(final Temporary dy, final boolean needed) {
        if (!needed) {
            return null;
        }
        final Temporary dx = site.array(input);
        final Grid grid = Grid.pixels(site.pixels(input), input.channels());
        site.tape().launch(Kernel.MAX_POOL_GRADIENT, grid, dy, which, dx, site.pixels(input), input.channels(), grid.lanes(), grid.rows(), input.height(),
            input.width(), output.height(), output.width(), side, top, left);
        return dx;
    }
}
