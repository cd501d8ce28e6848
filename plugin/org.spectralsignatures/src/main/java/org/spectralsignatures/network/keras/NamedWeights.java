package org.spectralsignatures.network.keras;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.hdf5.Hdf5Array;
import org.spectralsignatures.hdf5.Hdf5Group;

/**
 * Weights as {@code .h5} files have them: a group for each layer of the outermost network, and in it by their names, for example
 * {@code conv2d/conv2d/kernel:0}; those of a network in a layer lie in the group of that layer, by the names of its layers.
 */
final class NamedWeights implements KerasWeights {

    private final Hdf5Group all;

    private final Map<String, List<Hdf5Array>> known = new HashMap<>();

    /** The group of the layer that this is in; null in the outermost network. */
    private final String outer;

    private NamedWeights(final Hdf5Group all, final String outer) {
        this.all = all;
        this.outer = outer;
    }

    /** @param all the group of the weights */
    NamedWeights(final Hdf5Group all) {
        this(all, null);
    }

    @Override
    public Hdf5Array of(final KerasLayer layer, final int index, final String... names) throws IOException {
        final String group = outer == null ? layer.name() : outer;
        if (!known.containsKey(group)) {
            final Hdf5Group found = all.group(group);
            known.put(group, found == null ? List.of() : found.arrays());
        }
        Hdf5Array result = null;
        for (Hdf5Array array : known.get(group)) {
            final String[] path = array.name().replaceAll(":\\d+$", "").split("/");
            final boolean right = Arrays.asList(names).contains(path[path.length - 1]) && (outer == null || path.length > 1 && isOf(layer, path));
            if (right && result != null) {
                throw layer.settings().wrong("has several weights '%s' in the file".formatted(names[0]));
            }
            result = right ? array : result;
        }
        return result;
    }

    /** A name may have slashes itself. */
    private static boolean isOf(final KerasLayer layer, final String[] path) {
        final String[] name = layer.name().split("/");
        return path.length > name.length && Arrays.equals(path, path.length - 1 - name.length, path.length - 1, name, 0, name.length);
    }

    @Override
    public KerasWeights within(final KerasLayer layer) {
        return new NamedWeights(all, outer == null ? layer.name() : outer);
    }
}
