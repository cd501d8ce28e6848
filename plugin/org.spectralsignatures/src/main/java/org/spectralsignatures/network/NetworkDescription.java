package org.spectralsignatures.network;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;

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
 * @param preparation what is done to an image before the network sees it
 */
public record NetworkDescription(ImageShape shape, List<String> classes, List<LayerInfo> layers, String defaultLayer,
    Map<String, String> provenance, TrainingFacts training, ImagePreparation preparation) {

    /**
     * A network that standardises each image, as those of this library do; the other values are those of the record.
     *
     * @param shape of the images it takes
     * @param classes their names
     * @param layers whose activations can be extracted
     * @param defaultLayer the layer that the method looks at unless told otherwise
     * @param provenance how the network was made
     * @param training how its training went, null if that is not known
     */
    public NetworkDescription(final ImageShape shape, final List<String> classes, final List<LayerInfo> layers, final String defaultLayer,
        final Map<String, String> provenance, final TrainingFacts training) {
        this(shape, classes, layers, defaultLayer, provenance, training, new ImagePreparation.Standardised());
    }

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

    /**
     * Checks what holds for each network, whatever it computes.
     *
     * @throws IllegalArgumentException if no network can be as described; the message says what does not fit
     */
    public void check() {
        if (classes.size() < 2 || classes.stream().anyMatch(Objects::isNull) || Set.copyOf(classes).size() < classes.size()) {
            throw new IllegalArgumentException("its classes are not at least two different names");
        }
        final LayerInfo images = new LayerInfo(LayerInfo.INPUT, shape.channels(), shape.height(), shape.width());
        if (layers.isEmpty() || !layers.get(0).equals(images)) {
            throw new IllegalArgumentException("its first layer is not the images of %s that it takes".formatted(shape.describe()));
        }
        final var names = new HashSet<String>();
        for (LayerInfo layer : layers) {
            final boolean sound = layer.channels() > 0 && layer.height() > 0 && layer.width() > 0
                && (long)layer.height() * layer.width() <= Integer.MAX_VALUE / layer.channels();
            if (layer.name() == null || !names.add(layer.name()) || !sound) {
                throw new IllegalArgumentException("its layer '%s' (%d x %d x %d) is listed twice or can have no such size".formatted(layer.name(),
                    layer.channels(), layer.height(), layer.width()));
            }
        }
        if (!names.contains(defaultLayer)) {
            throw new IllegalArgumentException("the default layer '%s' is none of its layers".formatted(defaultLayer));
        }
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
