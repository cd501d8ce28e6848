package org.spectralsignatures.network;

import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;

/** The choices that make an untrained network of one architecture. */
public sealed interface NetworkOptions permits ResNetOptions, ResNet18Options, VggOptions {

    /** Smallest side of an image. */
    int MIN_SIDE = 16;

    /** Largest side of an image. */
    int MAX_SIDE = 256;

    /** @return shape of the images: 1 or 3 channels, height and width each from {@value #MIN_SIDE} to {@value #MAX_SIDE} pixels */
    ImageShape shape();

    /** @return number of classes, at least 2 */
    int classes();

    /** @return lambda of the penalty lambda / 2 * |w|^2 on the kernels, 2e-4 in the paper */
    double weightDecay();

    /** @return seed of the initial weights */
    long seed();

    /** @return what the network computes; its parameters start from {@link #seed()} */
    NetworkPlan plan();

    /** @return the layers whose activations serve as a representation, in the order of the forward pass; the images come first */
    default List<LayerInfo> layers() {
        return LayerInfo.of(plan());
    }

    /** @return name of the layer that the method looks at unless told otherwise */
    String defaultLayer();

    /** @return the architecture in words, for example {@code VGG-16, 64 filters} */
    String describe();

    /**
     * @param shape of images
     * @throws IllegalArgumentException if no network can take such images; the message says what it takes
     */
    static void check(final ImageShape shape) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException("The network takes gray or RGB images, but these have %d channels.".formatted(shape.channels()));
        }
        if (Math.min(shape.height(), shape.width()) < MIN_SIDE || Math.max(shape.height(), shape.width()) > MAX_SIDE) {
            throw new IllegalArgumentException("The network takes images with a height and a width of %d to %d pixels, but these are %s. Resize the images first."
                .formatted(MIN_SIDE, MAX_SIDE, shape.describe()));
        }
    }

    /**
     * Checks what all architectures share.
     *
     * @param shape of the images
     * @param classes their number
     * @param filters channels of the first convolution
     * @param weightDecay on the kernels
     * @throws IllegalArgumentException if a choice is out of range; the message says which and what is allowed
     */
    static void check(final ImageShape shape, final int classes, final int filters, final double weightDecay) {
        check(shape);
        if (classes < 2) {
            throw new IllegalArgumentException("A classifier needs at least 2 classes, but there is %d.".formatted(classes));
        }
        if (filters < 2 || filters > 256 || filters % 2 != 0) {
            throw new IllegalArgumentException("The number of filters must be even and lie between 2 and 256, not %d.".formatted(filters));
        }
        if (!(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("The weight decay must lie between 0 and 1, not %s.".formatted(weightDecay));
        }
    }
}
