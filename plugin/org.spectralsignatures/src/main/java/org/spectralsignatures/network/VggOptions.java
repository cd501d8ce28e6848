package org.spectralsignatures.network;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * The choices that make a VGG.
 *
 * @param shape of the images: 1 or 3 channels, height and width from 16 to 256 pixels
 * @param classes number of classes, at least 2
 * @param depth number of layers in the names of Simonyan and Zisserman: 11, 13, 16 or 19
 * @param filters channels of the first group, 64 in theirs; the following have 2, 4, 8 and 8 times as many
 * @param weightDecay lambda of the penalty lambda / 2 * |w|^2 on the kernels
 * @param seed of the initial weights
 */
public record VggOptions(ImageShape shape, int classes, int depth, int filters, double weightDecay, long seed) implements NetworkOptions {

    /** @throws IllegalArgumentException if a choice is out of range; the message says which and what is allowed */
    public VggOptions {
        NetworkOptions.check(shape, classes, filters, weightDecay);
        if (!Vgg.CONVOLUTIONS.containsKey(depth)) {
            throw new IllegalArgumentException("There is no VGG of %d layers, only of %s.".formatted(depth,
                String.join(", ", Vgg.CONVOLUTIONS.keySet().stream().map(String::valueOf).toList())));
        }
    }

    @Override
    public NetworkPlan plan() {
        return Vgg.plan(this);
    }

    @Override
    public String defaultLayer() {
        return Vgg.defaultLayer(this);
    }

    @Override
    public String describe() {
        return "VGG-" + depth + ", " + filters + " filters";
    }
}
