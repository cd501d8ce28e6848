package org.spectralsignatures.network.keras;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.spectralsignatures.hdf5.Hdf5Array;
import org.spectralsignatures.hdf5.Hdf5Group;

/**
 * Weights as {@code .keras} files have them: in groups that are named by the class of the layer, with a number from the second layer of that class on,
 * and in them by their order.
 */
final class ArchiveWeights implements KerasWeights {

    private final Hdf5Group layers;

    private final Map<KerasLayer, String> groups = new HashMap<>();

    /**
     * @param model the network
     * @param group of the network
     */
    ArchiveWeights(final KerasModel model, final Hdf5Group group) throws IOException {
        Hdf5Group found = group == null ? null : group.group("layers");
        if (found == null && group != null) {
            found = group.group("_layer_checkpoint_dependencies"); // of Keras 2.12 to 3.0
        }
        layers = found;
        final Map<String, Integer> used = new HashMap<>();
        for (KerasLayer layer : model.layers()) {
            final String name = snake(layer.type());
            final int before = used.merge(name, 1, Integer::sum) - 1;
            groups.put(layer, before == 0 ? name : name + "_" + before);
        }
    }

    /** As Keras makes names of classes. */
    static String snake(final String type) {
        return type.replaceAll("\\W+", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private Hdf5Group group(final KerasLayer layer) throws IOException {
        return layers == null ? null : layers.group(groups.get(layer));
    }

    @Override
    public Hdf5Array of(final KerasLayer layer, final int index, final String... names) throws IOException {
        final Hdf5Group group = group(layer);
        final Hdf5Group weights = group == null ? null : group.group("vars");
        if (weights == null) {
            return null;
        }
        final String owner = weights.text("name");
        if (owner != null && !owner.equals(layer.name())) {
            throw layer.settings().wrong("stands where the file has the weights of '%s'".formatted(KerasException.shown(owner)));
        }
        final List<Hdf5Array> arrays = weights.arrays();
        return arrays.stream().filter(array -> array.name().endsWith("/vars/" + index)).findFirst().orElse(null);
    }

    @Override
    public KerasWeights within(final KerasLayer layer) throws IOException {
        return new ArchiveWeights(layer.model(), group(layer));
    }
}
