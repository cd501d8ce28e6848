package org.spectralsignatures.network;

import java.util.HashSet;
import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;

/** The architecture that a network's description tells of: which options make exactly the layers that it lists. */
public final class DescribedArchitecture {

    private static final String FIRST_OF_VGG = "group1-activation1";

    /** Convolutions of a VGG and three dense layers give it its name. */
    private static final int DENSE_LAYERS = 3;

    /** A ResNet's layers that belong to no group: images, small stem, final activation, average, softmax. */
    private static final int OUTSIDE_GROUPS = 5;

    private DescribedArchitecture() {
    }

    /**
     * @param description of a network
     * @param weightDecay of its training
     * @param seed of its initial weights
     * @return options whose network has these layers, of these sizes, for as many classes
     * @throws IllegalArgumentException if no network can be as described; the message says what does not fit
     */
    public static NetworkOptions of(final NetworkDescription description, final double weightDecay, final long seed) {
        checkClasses(description.classes());
        final NetworkOptions options = options(description.shape(), description.classes().size(), description.layers(), weightDecay, seed);
        checkLayers(description, options.layers(), options.describe());
        return options;
    }

    /**
     * @param description of a network
     * @param plan what the network computes
     * @throws IllegalArgumentException if they do not fit together, or no network can take such images; the message says what does not fit
     */
    public static void check(final NetworkDescription description, final NetworkPlan plan) {
        NetworkOptions.check(description.shape());
        checkClasses(description.classes());
        if (description.classes().size() != plan.classes()) {
            throw new IllegalArgumentException("it has %d classes, but its last step tells %d apart".formatted(description.classes().size(), plan.classes()));
        }
        checkLayers(description, LayerInfo.of(plan), "network of its steps");
    }

    private static void checkLayers(final NetworkDescription description, final List<LayerInfo> right, final String network) {
        final List<LayerInfo> layers = description.layers();
        for (int i = 0; i < Math.max(layers.size(), right.size()); i++) {
            final LayerInfo found = i < layers.size() ? layers.get(i) : null;
            final LayerInfo expected = i < right.size() ? right.get(i) : null;
            if (found == null || !found.equals(expected)) {
                throw new IllegalArgumentException("layer %d is %s, but in a %s with %d classes it is %s".formatted(i + 1, text(found), network,
                    description.classes().size(), text(expected)));
            }
        }
        if (layers.stream().noneMatch(l -> l.name().equals(description.defaultLayer()))) {
            throw new IllegalArgumentException("the default layer '%s' is none of its layers".formatted(description.defaultLayer()));
        }
    }

    private static void checkClasses(final List<String> classes) {
        final var seen = new HashSet<String>();
        for (String name : classes) {
            if (name == null || !seen.add(name)) {
                throw new IllegalArgumentException(name == null ? "a class has no name" : "the class '%s' is listed twice".formatted(name));
            }
        }
    }

    private static NetworkOptions options(final ImageShape shape, final int classes, final List<LayerInfo> layers, final double weightDecay,
        final long seed) {
        if (layers.size() > 1 && layers.get(1).name().equals(Stem.NAME)) {
            final int filters = layers.get(1).channels();
            final Stem stem = has(layers, Stem.POOL) ? Stem.LARGE : Stem.SMALL;
            final int outside = OUTSIDE_GROUPS + (stem == Stem.LARGE ? 1 : 0);
            return has(layers, ResNet.unitName(ResNet18.GROUPS, 1)) ? new ResNet18Options(shape, classes, filters, stem, weightDecay, seed)
                : new ResNetOptions(shape, classes, (layers.size() - outside) / ResNet.GROUPS, filters, stem, weightDecay, seed);
        }
        if (layers.size() > 1 && layers.get(1).name().equals(FIRST_OF_VGG)) {
            final long convolutions = layers.stream().filter(l -> l.name().contains("-activation")).count();
            return new VggOptions(shape, classes, (int)convolutions + DENSE_LAYERS, layers.get(1).channels(), weightDecay, seed);
        }
        throw new IllegalArgumentException("its layers are those of no architecture that this version knows: it begins with %s"
            .formatted(layers.stream().limit(2).map(LayerInfo::name).toList()));
    }

    private static boolean has(final List<LayerInfo> layers, final String name) {
        return layers.stream().anyMatch(layer -> layer.name().equals(name));
    }

    private static String text(final LayerInfo layer) {
        return layer == null ? "missing" : "'%s' (%d x %d x %d)".formatted(layer.name(), layer.channels(), layer.height(), layer.width());
    }
}
