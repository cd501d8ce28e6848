package org.spectralsignatures.network;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import org.spectralsignatures.image.ImageShape;

/**
 * What one can know of a trained network without running it.
 *
 * @param shape of the images it takes
 * @param classes their names, in the order of the outputs
 * @param layers whose activations can be extracted, in the order of the forward pass; the images come first
 * @param defaultLayer the layer that the method looks at unless told otherwise
 * @param provenance how the network was made: options, seed, size of the training set, versions; in a fixed order
 * @param training how its training went; null before it, and for networks that were saved when this was not noted
 */
public record NetworkDescription(ImageShape shape, List<String> classes, List<LayerInfo> layers, String defaultLayer,
    Map<String, String> provenance, TrainingFacts training) {

    /**
     * A network of whose training nothing is known; the other values are those of the record.
     *
     * @param shape of the images it takes
     * @param classes their names
     * @param layers whose activations can be extracted
     * @param defaultLayer the layer that the method looks at unless told otherwise
     * @param provenance how the network was made
     */
    public NetworkDescription(final ImageShape shape, final List<String> classes, final List<LayerInfo> layers, final String defaultLayer,
        final Map<String, String> provenance) {
        this(shape, classes, layers, defaultLayer, provenance, null);
    }

    /** @return the first layer behind the input */
    public LayerInfo firstLayer() {
        return layers.get(1);
    }

    /**
     * @param name of a layer; empty for the default one
     * @return the layer
     * @throws NoSuchElementException if there is none of that name; the message lists those there are
     */
    public LayerInfo layer(final String name) {
        final String wanted = name == null || name.isBlank() ? defaultLayer : name;
        return layers.stream().filter(l -> l.name().equals(wanted)).findFirst()
            .orElseThrow(() -> new NoSuchElementException("The network has no layer '%s'. It has %s.".formatted(wanted,
                String.join(", ", layers.stream().map(LayerInfo::name).toList()))));
    }
}
