package org.spectralsignatures.network;

import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.Step;

/** What a residual network begins with, before its groups of units. */
public enum Stem {

    /** A 3 x 3 convolution: the units see the image as large as it is. */
    SMALL {
        @Override
        List<Step> steps(final int filters) {
            return List.of(new Step.Convolution(NAME, filters, Step.Start.FAN_OUT));
        }
    },

    /**
     * A 7 x 7 convolution of stride 2, then 3 x 3 maximum pooling of stride 2 (He et al. 2015): the units see a quarter of the height and
     * width. There is no normalisation between them: that of the first unit follows, as in TensorFlow's pre-activation ResNet.
     */
    LARGE {
        @Override
        List<Step> steps(final int filters) {
            return List.of(new Step.Convolution(NAME, filters, Step.Convolution.LARGEST, 2, Step.Start.FAN_OUT),
                new Step.PaddedMaxPooling(POOL, Step.PaddedMaxPooling.LARGEST));
        }
    };

    /** Name of the convolution. */
    static final String NAME = "stem";

    /** Name of the pooling behind a large one. */
    static final String POOL = "stem-pool";

    /** Longest side of an image that is taken as it is. */
    private static final int LONGEST_AS_IT_IS = 64;

    /** @return the first steps of a network */
    abstract List<Step> steps(int filters);

    /**
     * @param shape of images
     * @return the one that suits them: small for sides of up to 64 pixels, large if one is longer
     */
    public static Stem of(final ImageShape shape) {
        return Math.max(shape.height(), shape.width()) > LONGEST_AS_IT_IS ? LARGE : SMALL;
    }

    /** @return what a network's description says of it, nothing of a small one */
    String describe() {
        return this == LARGE ? ", large stem" : "";
    }
}
