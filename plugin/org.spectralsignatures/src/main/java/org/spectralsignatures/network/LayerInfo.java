package org.spectralsignatures.network;

import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.spectralsignatures.representation.Pooling;

/**
 * A layer whose activations can be extracted; also the input, whose values are the image itself.
 *
 * @param name unique in its network
 * @param channels of its activations
 * @param height of its activations
 * @param width of its activations
 */
public record LayerInfo(String name, int channels, int height, int width) {

    /** Name of the input. */
    public static final String INPUT = "images";

    /** @return whether this is the image itself */
    @JsonIgnore
    public boolean isInput() {
        return name.equals(INPUT);
    }

    /**
     * @param pooling how the activations become a vector
     * @return number of values of an image's vector, d
     */
    public int dimensions(final Pooling pooling) {
        return pooling == Pooling.GLOBAL_AVERAGE ? channels : channels * height * width;
    }
}
