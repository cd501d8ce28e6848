package org.spectralsignatures.network;

import java.util.ArrayList;

import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;

/**
 * The ResNet of 18 layers (He et al. 2015) in its pre-activation form (He et al. 2016): a stem, four groups of two residual units with
 * strides 1, 2, 2, 2 and filters f, 2f, 4f, 8f, then normalisation and rectifier, global average pooling and a dense layer. The shortcut is
 * a 1 x 1 convolution where the shape changes, and rectifiers do not leak. With 64 filters and a small stem it is what BackdoorBench
 * trains, but for the last normalisation, which it leaves out.
 */
final class ResNet18 {

    /** Number of groups of residual units. */
    static final int GROUPS = 4;

    /** Units in each group. */
    static final int UNITS = 2;

    private static final Normalisation NORM = new Normalisation(.9, 1e-5, 0);

    private ResNet18() {
    }

    static NetworkPlan plan(final ResNet18Options options) {
        final var steps = new ArrayList<>(options.stem().steps(options.filters()));
        for (int group = 1; group <= GROUPS; group++) {
            for (int unit = 1; unit <= UNITS; unit++) {
                final boolean changes = group > 1 && unit == 1;
                steps.add(new Step.ResidualUnit(ResNet.unitName(group, unit), options.filters() << group - 1, changes ? 2 : 1, changes, changes, NORM));
            }
        }
        steps.add(new Step.NormActivation(ResNet.LAST_ACTIVATION, NORM));
        steps.addAll(ResNet.lastSteps(options.classes()));
        return new NetworkPlan(options.shape(), steps);
    }
}
