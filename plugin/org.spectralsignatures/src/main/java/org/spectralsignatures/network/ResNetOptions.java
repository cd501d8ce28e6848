package org.spectralsignatures.network;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * The choices that make a pre-activation ResNet.
 *
 * @param shape of the images: 1 or 3 channels, height and width from 16 to 256 pixels
 * @param classes number of classes, at least 2
 * @param unitsPerGroup residual units in each of the three groups, 5 in the paper
 * @param filters channels of the first group, 16 in the paper; the second and third have twice and four times as many
 * @param stem what it begins with, small in the paper
 * @param weightDecay lambda of the penalty lambda / 2 * |w|^2 on the kernels, 2e-4 in the paper
 * @param seed of the initial weights
 */
public record ResNetOptions(ImageShape shape, int classes, int unitsPerGroup, int filters, Stem stem, double weightDecay, long seed)
    implements NetworkOptions {

    /** @throws IllegalArgumentException if a choice is out of range; the message says which and what is allowed */
    public ResNetOptions {
        NetworkOptions.check(shape, classes, filters, weightDecay);
        if (unitsPerGroup < 1 || unitsPerGroup > 18) {
            throw new IllegalArgumentException("The number of units a group must lie between 1 and 18, not %d.".formatted(unitsPerGroup));
        }
    }

    /**
     * A network with a small stem, as the paper's.
     *
     * @param shape of the images
     * @param classes number of classes
     * @param unitsPerGroup residual units in each of the three groups
     * @param filters channels of the first group
     * @param weightDecay lambda of the penalty on the kernels
     * @param seed of the initial weights
     */
    public ResNetOptions(final ImageShape shape, final int classes, final int unitsPerGroup, final int filters, final double weightDecay, final long seed) {
        this(shape, classes, unitsPerGroup, filters, Stem.SMALL, weightDecay, seed);
    }

    @Override
    public NetworkPlan plan() {
        return ResNet.plan(this);
    }

    @Override
    public String defaultLayer() {
        return ResNet.defaultLayer(unitsPerGroup);
    }

    @Override
    public String describe() {
        return "pre-activation ResNet, " + unitsPerGroup + (unitsPerGroup == 1 ? " unit a group, " : " units a group, ") + filters + " filters" + stem.describe();
    }
}
