package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.Step;

/** The dense layer and the softmax at the end: probabilities, or in training the losses and where they lead. */
final class HeadLayer {

    /** Products or images of a block. */
    private static final int ITEMS = Kernel.THREADS / 32;

    private final Site site;

    private final int classes;

    private final int channels;

    private final String step;

    private Temporary taken;

    /** @throws IllegalArgumentException if it would take images of more than one pixel */
    HeadLayer(final Site site, final Step.Softmax softmax, final ImageShape input) {
        if (input.planeSize() != 1) {
            throw new IllegalArgumentException("The engine on the GPU takes a softmax behind an average only, not of %d x %d pixels.".formatted(input.height(),
                input.width()));
        }
        this.site = site;
        channels = input.channels();
        classes = softmax.classes();
        step = softmax.name();
    }

    private Temporary logits(final Temporary x) {
        taken = x;
        final Temporary logits = site.tape().temporary((long)site.images() * classes * Float.BYTES);
        site.tape().launch(Kernel.DENSE, Grid.blocks((long)site.images() * classes, ITEMS), x, site.value(step + "_W"), site.value(step + "_b"), logits,
            site.images(), channels, classes);
        return logits;
    }

    Temporary probabilities(final Temporary x) {
        final Temporary logits = logits(x);
        final Temporary probabilities = site.tape().temporary((long)site.images() * classes * Float.BYTES);
        site.tape().launch(Kernel.SOFTMAX, Grid.blocks(site.images(), ITEMS), logits, probabilities, site.images(), classes);
        return probabilities;
    }

    /** @return gradient of the mean loss by what the layer takes; null if it is not needed */
    Temporary learn(final Temporary x, final boolean needed) {
        final Temporary logits = logits(x);
        final Temporary gradient = site.tape().temporary((long)site.images() * classes * Float.BYTES);
        final Span labels = site.memory().labels().part(0, (long)site.images() * Integer.BYTES);
        site.tape().launch(Kernel.LOSS, Grid.blocks(site.images(), ITEMS), logits, labels, gradient,
            site.memory().losses().part(0, (long)site.images() * Double.BYTES), site.memory().correct().part(0, (long)site.images() * Integer.BYTES),
            site.images(), classes);
        site.tape().launch(Kernel.DENSE_WEIGHTS, Grid.items((long)classes * channels), gradient, taken, site.gradient(step + "_W"), site.gradient(step + "_b"),
            site.images(), channels, classes);
        if (!needed) {
            return null;
        }
        final Temporary dx = site.tape().temporary((long)site.images() * channels * Float.BYTES);
        site.tape().launch(Kernel.DENSE_INPUT, Grid.items((long)site.images() * channels), gradient, site.value(step + "_W"), dx, site.images(), channels,
            classes);
        return dx;
    }
}
