package org.spectralsignatures.network;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;

/**
 * The paper's network: a pre-activation ResNet (He et al. 2016) for small images. A stem, in the paper a 3 x 3 convolution, three groups of
 * residual units with strides 1, 2, 2 and filters f, 2f, 4f, two 3 x 3 convolutions a unit with batch normalisation and
 * leaky rectifier before each, then both once more, global average pooling and a dense layer. Shortcuts have no parameters:
 * average pooling and zero channels where the shape changes.
 */
public final class ResNet {

    /** Number of groups of residual units. */
    public static final int GROUPS = 3;

    /** Name of what comes behind the last unit. */
    static final String LAST_ACTIVATION = "final-activation";

    private static final Normalisation NORM = new Normalisation(.9, 1e-3, .1);

    private ResNet() {
    }

    static NetworkPlan plan(final ResNetOptions options) {
        final var steps = new ArrayList<>(options.stem().steps(options.filters()));
        for (int group = 1; group <= GROUPS; group++) {
            for (int unit = 1; unit <= options.unitsPerGroup(); unit++) {
                final int stride = group > 1 && unit == 1 ? 2 : 1;
                final boolean first = group == 1 && unit == 1; // activates before the branch
                steps.add(new Step.ResidualUnit(unitName(group, unit), options.filters() << group - 1, stride, first, NORM));
            }
        }
        steps.add(new Step.NormActivation(LAST_ACTIVATION, NORM));
        steps.addAll(lastSteps(options.classes()));
        return new NetworkPlan(options.shape(), steps);
    }

    /** What all architectures end with. */
    static List<Step> lastSteps(final int classes) {
        return List.of(new Step.GlobalAveragePooling("global-pool"), new Step.Softmax("softmax", classes));
    }

    /**
     * @param group from 1
     * @param unit from 1
     * @return the name of the layer that holds the unit's output (after the addition)
     */
    public static String unitName(final int group, final int unit) {
        return "group" + group + "-unit" + unit;
    }

    /**
     * The layer that the method looks at unless told otherwise: with three or more units a group the input of unit 3 of group 3
     * (the authors' code), else the output of the last unit, which in shallow networks separates better.
     *
     * @param unitsPerGroup residual units a group
     * @return the name of a layer
     */
    public static String defaultLayer(final int unitsPerGroup) {
        return unitName(GROUPS, unitsPerGroup >= 3 ? 2 : unitsPerGroup);
    }
}
