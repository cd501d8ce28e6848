package org.spectralsignatures.network;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;

/**
 * A VGG (Simonyan and Zisserman 2015, configurations A, B, D and E) as it is used for small images: five groups of 3 x 3
 * convolutions with f, 2f, 4f, 8f and 8f filters, each with batch normalisation and rectifier behind it, 2 x 2 maximum pooling
 * after each group but the last as long as both sides are even or one has more than 15 pixels, then global average pooling and one dense
 * layer in place of three. Nothing is lost where an odd side is halved.
 */
final class Vgg {

    /** Number of convolutions of each group, by the number of layers. */
    static final Map<Integer, int[]> CONVOLUTIONS = new TreeMap<>(Map.of(11, new int[]{1, 1, 2, 2, 2}, 13, new int[]{2, 2, 2, 2, 2},
        16, new int[]{2, 2, 3, 3, 3}, 19, new int[]{2, 2, 4, 4, 4}));

    /** Longest side that is left as it is where it is odd. */
    private static final int LONGEST_ODD = 15;

    private static final int[] WIDTHS = {1, 2, 4, 8, 8};

    private static final Normalisation NORM = new Normalisation(.9, 1e-3, 0);

    private Vgg() {
    }

    static NetworkPlan plan(final VggOptions options) {
        final var steps = new ArrayList<Step>();
        final int[] convolutions = CONVOLUTIONS.get(options.depth());
        ImageShape shape = options.shape();
        for (int group = 1; group <= convolutions.length; group++) {
            for (int i = 1; i <= convolutions[group - 1]; i++) {
                steps.add(new Step.Convolution("group" + group + "-convolution" + i, options.filters() * WIDTHS[group - 1], Step.Start.FAN_IN));
                steps.add(new Step.NormActivation(activation(group, i), NORM));
            }
            final boolean even = shape.height() % 2 == 0 && shape.width() % 2 == 0;
            if (group < convolutions.length && (even || Math.max(shape.height(), shape.width()) > LONGEST_ODD)) {
                final String name = "group" + group + "-pool";
                final Step pool = even ? new Step.MaxPooling(name) : new Step.PaddedMaxPooling(name, 2);
                steps.add(pool);
                shape = pool.output(shape);
            }
        }
        steps.addAll(ResNet.lastSteps(options.classes()));
        return new NetworkPlan(options.shape(), steps);
    }

    private static String activation(final int group, final int convolution) {
        return "group" + group + "-activation" + convolution;
    }

    /** The last activation: what comes before the average, as in the ResNet. */
    static String defaultLayer(final VggOptions options) {
        final int[] convolutions = CONVOLUTIONS.get(options.depth());
        return activation(convolutions.length, convolutions[convolutions.length - 1]);
    }
}
