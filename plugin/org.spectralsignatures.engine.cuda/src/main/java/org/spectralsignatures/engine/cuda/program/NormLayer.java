package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.Normalisation;

/** Batch normalisation and leaky rectifier; in training with the moments of the batch, which the running ones follow. */
final class NormLayer implements Layer {

    /** Arrays of one value a channel that are kept for the backward pass: mean, inverse deviation, factor. */
    private static final int MOMENTS = 3;

    /** Channels of a block of the kernels that add up what the blocks found. */
    private static final int CHANNELS = 32;

    private final Site site;

    private final ImageShape shape;

    private final Normalisation norm;

    private final String step;

    private final String half;

    private Temporary taken;

    private Temporary moments;

    /**
     * @param half what the names of its parameters end with
     */
    NormLayer(final Site site, final ImageShape shape, final Normalisation norm, final String step, final String half) {
        this.site = site;
        this.shape = shape;
        this.norm = norm;
        this.step = step;
        this.half = half;
    }

    private Object value(final String name) {
        return site.value(name(name));
    }

    private String name(final String name) {
        return step + "_" + name + half;
    }

    private Temporary perChannel(final int arrays, final int bytes) {
        return site.tape().temporary((long)arrays * shape.channels() * bytes);
    }

    @Override
    public Temporary forward(final Temporary x) {
        taken = x;
        if (site.training()) {
            addUp(x);
        } else {
            moments = perChannel(MOMENTS, Float.BYTES);
            site.tape().launch(Kernel.NORM_RUNNING, Grid.items(shape.channels()), value("gamma"), value("mean"), value("var"), moments, shape.channels(),
                (float)norm.eps());
        }
        final Temporary y = site.array(shape);
        final Grid grid = Grid.pixels(site.pixels(shape), shape.channels());
        site.tape().launch(Kernel.NORM_APPLY, grid, x, moments, value("beta"), y, site.pixels(shape), shape.channels(), grid.lanes(), grid.rows(),
            (float)norm.leak());
        return y;
    }

    private void addUp(final Temporary x) {
        final Grid grid = Grid.sums(site.pixels(shape), shape.channels());
        final Temporary partial = perChannel(2 * grid.blocks(), Double.BYTES);
        site.tape().launch(Kernel.NORM_SUMS, grid, x, partial, site.pixels(shape), shape.channels(), grid.lanes(), grid.rows());
        moments = perChannel(MOMENTS, Float.BYTES);
        site.tape().launch(Kernel.NORM_MOMENTS, Grid.blocks(shape.channels(), CHANNELS), partial, value("gamma"), value("mean"), value("var"), moments,
            site.pixels(shape), shape.channels(), grid.rows(), grid.blocks(), (float)norm.eps(), (float)(1 - norm.decay()));
    }

    @Override
    public Temporary backward(final Temporary dy, final boolean needed) {
        return backward(dy, null, needed);
    }

    /**
     * @param dy gradient by the result
     * @param added is added to the gradient by what the step took; null for nothing
     * @param needed whether that gradient is needed
     * @return that gradient; null if it is not needed
     */
    Temporary backward(final Temporary dy, final Temporary added, final boolean needed) {
        final Grid sums = Grid.sums(site.pixels(shape), shape.channels());
        final Temporary partial = perChannel(2 * sums.blocks(), Double.BYTES);
        site.tape().launch(Kernel.NORM_GRADIENT_SUMS, sums, taken, dy, moments, value("beta"), partial, site.pixels(shape), shape.channels(), sums.lanes(),
            sums.rows(), (float)norm.leak());
        final Temporary slopes = perChannel(2, Float.BYTES);
        site.tape().launch(Kernel.NORM_GRADIENT_TOTALS, Grid.blocks(shape.channels(), CHANNELS), partial, moments, site.gradient(name("gamma")),
            site.gradient(name("beta")), slopes, site.pixels(shape), shape.channels(), sums.blocks());
        if (!needed) {
            return null;
        }
        final Temporary dx = site.array(shape);
        final Grid grid = Grid.pixels(site.pixels(shape), shape.channels());
        site.tape().launch(Kernel.NORM_GRADIENT, grid, taken, dy, moments, value("beta"), slopes, added, dx, site.pixels(shape), shape.channels(), grid.lanes(),
            grid.rows(), (float)norm.leak());
        return dx;
    }
}
