package org.spectralsignatures.network;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * The choices that make a pre-activation ResNet-18.
 *
 * @param shape of the images: 1 or 3 channels, height and width from 16 to 256 pixels
 * @param classes number of classes, at least 2
 * @param filters channels of the first group, 64 in the original; the following have 2, 4 and 8 times as many
 * @param stem what it begins with
 * @param weightDecay lambda of the penalty lambda / 2 * |w|^2 on the kernels
 * @param seed of the initial weights
 */
public record ResNet18Options(ImageShape shape, int classes, int filters, Stem stem, double weightDecay, long seed) implements NetworkOptions {

    /** @throws IllegalArgumentException if a choice is out of range; the message says which and what is allowed */
    public ResNet18Options {
        NetworkOptions.check(shape, classes, filters, weightDecay);
    }

    @Override
    public NetworkPlan plan() {
        return ResNet18.plan(this);
    }

    /** The output of the last unit, as in the paper's network with as few units a group. */
    @Override
    public String defaultLayer() {
        return ResNet.unitName(ResNet18.GROUPS, ResNet18.UNITS);
    }

    @Override
    public String describe() {
        return "pre-activation ResNet-18, " + filters + " filters" + stem.describe();
    }
}
