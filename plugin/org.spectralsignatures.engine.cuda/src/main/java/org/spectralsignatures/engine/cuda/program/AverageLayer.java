package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;

/** The mean of each channel over all positions. */
final class AverageLayer implements Layer {

    private final Site site;

    private final ImageShape input;

    AverageLayer(final Site site, final ImageShape input) {
        this.site = site;
        this.input = input;
    }

    @Override
    public Temporary forward(final Temporary x) {
        final Temporary y = site.tape().temporary((long)site.images() * input.channels() * Float.BYTES);
        final int width = input.channels() % Kernel.WIDE == 0 ? Kernel.WIDE : 1;
        final long count = (long)site.images() * input.channels() / width;
        site.tape().launch(Kernel.AVERAGE, Grid.items(count, width), x, y, count, input.channels(), input.planeSize());
        return y;
    }

    @Override
    public Temporary backward(final Temporary dy, final boolean needed) {
        if (!needed) {
            return null;
        }
        final Temporary dx = site.array(input);
        final Grid grid = Grid.pixels(site.pixels(input), input.channels());
        site.tape().launch(Kernel.AVERAGE_GRADIENT, grid, dy, dx, site.pixels(input), input.channels(), grid.lanes(), grid.rows(), input.planeSize());
        return dx;
    }
}
