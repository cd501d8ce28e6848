package org.spectralsignatures.network;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

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
    public static final String INPUT = NetworkPlan.INPUT;

    /**
     * @param plan of a network
     * @return its layers in the order of the forward pass; the images come first
     */
    public static List<LayerInfo> of(final NetworkPlan plan) {
        final var layers = new ArrayList<>(List.of(of(INPUT, plan.input())));
        for (Step step : plan.representations()) {
            layers.add(of(step.name(), plan.behind(step.name())));
        }
        return layers;
    }

    private static LayerInfo of(final String name, final ImageShape shape) {
        return new LayerInfo(name, shape.channels(), shape.height(), shape.width());
    }

    /** @return whether this is the image itself */
    public boolean isInput() {
        return name.equals(INPUT);
    }
}
