package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.Step;

/** A residual unit: a = f1(x), b = conv1(a), d = f2(b), y = conv2(d) + shortcut(x or a), where f is normalisation and rectifier. */
final class UnitLayer implements Layer {

    private final Site site;

    private final Step.ResidualUnit unit;

    private final ImageShape input;

    private final ImageShape output;

    private final NormLayer norm1;

    private final NormLayer norm2;

    private final ConvolutionLayer convolution1;

    private final ConvolutionLayer convolution2;

    private final ConvolutionLayer projection;

    UnitLayer(final Site site, final Step.ResidualUnit unit, final ImageShape input) {
        this.site = site;
        this.unit = unit;
        this.input = input;
        output = unit.output(input);
        norm1 = new NormLayer(site, input, unit.norm(), unit.name(), "1");
        norm2 = new NormLayer(site, output, unit.norm(), unit.name(), "2");
        convolution1 = new ConvolutionLayer(site, input, unit.filters(), Step.KERNEL, unit.stride(), unit.name() + "_W1");
        convolution2 = new ConvolutionLayer(site, output, unit.filters(), Step.KERNEL, 1, unit.name() + "_W2");
        projection = unit.projection() ? new ConvolutionLayer(site, input, unit.filters(), 1, unit.stride(), unit.name() + "_Wshortcut") : null;
    }

    private boolean identity() {
        return unit.stride() == 1 && unit.filters() == input.channels();
    }

    @Override
    public Temporary forward(final Temporary x) {
        final Temporary a = norm1.forward(x);
        final Temporary y = convolution2.forward(norm2.forward(convolution1.forward(a)));
        if (projection != null) {
            site.add(projection.forward(a), y, output);
        } else {
            addShortcut(unit.activatedShortcut() ? a : x, y);
        }
        return y;
    }

    private void addShortcut(final Temporary start, final Temporary y) {
        if (identity()) {
            site.add(start, y, output);
        } else {
            launch(Kernel.SHORTCUT, start, y, site.pixels(output));
        }
    }

    private void launch(final Kernel kernel, final Temporary from, final Temporary to, final long pixels) {
        final int before = (unit.filters() - input.channels()) / 2;
        final boolean wide = input.channels() % Kernel.WIDE == 0 && unit.filters() % Kernel.WIDE == 0 && before % Kernel.WIDE == 0;
        final Grid grid = Grid.pixels(pixels, input.channels(), wide);
        site.tape().launch(kernel, grid, from, to, pixels, input.channels(), grid.lanes(), grid.rows(), input.height(), input.width(), unit.filters(),
            unit.stride());
    }

    @Override
    public Temporary backward(final Temporary dy, final boolean needed) {
        final Temporary db = norm2.backward(convolution2.backward(dy, true), true);
        final Temporary da = convolution1.backward(db, true);
        if (projection != null) {
            site.add(projection.backward(dy, true), da, input);
            return norm1.backward(da, needed);
        }
        if (unit.activatedShortcut()) {
            addGradient(dy, da);
            return norm1.backward(da, needed);
        }
        final Temporary dx = norm1.backward(da, identity() ? dy : null, needed);
        if (needed && !identity()) {
            addGradient(dy, dx);
        }
        return dx;
    }

    private void addGradient(final Temporary dy, final Temporary target) {
        if (identity()) {
            site.add(dy, target, input);
        } else {
            launch(Kernel.SHORTCUT_GRADIENT, dy, target, site.pixels(input));
        }
    }
}
