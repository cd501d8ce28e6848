package org.spectralsignatures.engine.cuda;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;

/** Networks for tests: every kind of step, with channels that are multiples of four and such that are not. */
public final class TestPlans {

    private static final Normalisation LEAKY = new Normalisation(.9, 1e-3, .1);

    private static final Normalisation PLAIN = new Normalisation(.8, 1e-5, 0);

    private TestPlans() {
    }

    /** A few steps only. */
    public static NetworkPlan small() {
        return new NetworkPlan(new ImageShape(3, 5, 6), List.of( //
            new Step.Convolution("stem", 2, Step.Start.FAN_OUT), //
            new Step.ResidualUnit("unit", 4, 2, false, LEAKY), //
            new Step.NormActivation("activation", PLAIN), //
            new Step.GlobalAveragePooling("average"), //
            new Step.Softmax("softmax", 3)));
    }

    /** Gray images of odd sides, nothing a multiple of four. */
    public static NetworkPlan odd() {
        return new NetworkPlan(new ImageShape(1, 13, 9), List.of( //
            new Step.Convolution("stem", 3, 7, 2, Step.Start.FAN_OUT), //
            new Step.PaddedMaxPooling("pool", 3), //
            new Step.ResidualUnit("unit", 5, 2, true, LEAKY), //
            new Step.ResidualUnit("projected", 3, 1, true, true, PLAIN), //
            new Step.Convolution("convolution", 6, 5, 1, Step.Start.FAN_IN), //
            new Step.NormActivation("activation", PLAIN), //
            new Step.PaddedMaxPooling("half-pool", 2), //
            new Step.GlobalAveragePooling("average"), //
            new Step.Softmax("softmax", 7)));
    }

    /** All in multiples of four, so that wide kernels run, shortcuts and their gradients, too. */
    public static NetworkPlan wide() {
        return new NetworkPlan(new ImageShape(3, 9, 11), List.of( //
            new Step.Convolution("stem", 8, Step.Start.FAN_OUT), //
            new Step.ResidualUnit("same", 8, 1, true, LEAKY), //
            new Step.ResidualUnit("plain", 8, 1, false, LEAKY), //
            new Step.ResidualUnit("half", 16, 2, false, LEAKY), //
            new Step.ResidualUnit("activated", 24, 1, true, PLAIN), //
            new Step.ResidualUnit("projected", 16, 2, true, true, PLAIN), //
            new Step.PaddedMaxPooling("pool", 3), //
            new Step.NormActivation("activation", LEAKY), //
            new Step.GlobalAveragePooling("average"), //
            new Step.Softmax("softmax", 35)));
    }

    /** Normalisation and pooling first, a convolution last. */
    public static NetworkPlan reversed() {
        return new NetworkPlan(new ImageShape(3, 8, 7), List.of( //
            new Step.MaxPooling("pool"), //
            new Step.NormActivation("activation", LEAKY), //
            new Step.Convolution("convolution", 4, 3, 2, Step.Start.FAN_IN), //
            new Step.GlobalAveragePooling("average"), //
            new Step.Softmax("softmax", 2)));
    }

    /** So many pixels that the sums of a normalisation are those of several blocks. */
    public static NetworkPlan large() {
        return new NetworkPlan(new ImageShape(3, 48, 50), List.of( //
            new Step.NormActivation("first", LEAKY), //
            new Step.Convolution("convolution", 4, Step.Start.FAN_OUT), //
            new Step.NormActivation("second", PLAIN), //
            new Step.MaxPooling("pool"), //
            new Step.GlobalAveragePooling("average"), //
            new Step.Softmax("softmax", 3)));
    }

    /** So many channels that several blocks lie beside each other. */
    public static NetworkPlan broad(final int channels) {
        return new NetworkPlan(new ImageShape(3, 3, 4), List.of( //
            new Step.Convolution("convolution", channels, 1, 1, Step.Start.FAN_OUT), //
            new Step.NormActivation("activation", LEAKY), //
            new Step.PaddedMaxPooling("pool", 3), //
            new Step.GlobalAveragePooling("average"), //
            new Step.Softmax("softmax", 3)));
    }

    /** The paper's network in small. */
    public static NetworkPlan residual(final int units, final int filters) {
        final var steps = new ArrayList<Step>(List.of(new Step.Convolution("stem", filters, Step.Start.FAN_OUT)));
        for (int group = 0; group < 3; group++) {
            for (int unit = 0; unit < units; unit++) {
                steps.add(new Step.ResidualUnit("unit" + group + "-" + unit, filters << group, group > 0 && unit == 0 ? 2 : 1, group + unit == 0, LEAKY));
            }
        }
        steps.addAll(List.of(new Step.NormActivation("activation", LEAKY), new Step.GlobalAveragePooling("average"), new Step.Softmax("softmax", 10)));
        return new NetworkPlan(new ImageShape(3, 16, 16), steps);
    }

    /** All of them. */
    public static List<NetworkPlan> all() {
        return List.of(small(), odd(), wide(), reversed(), residual(2, 4), large(), broad(1032), broad(1030));
    }
}
