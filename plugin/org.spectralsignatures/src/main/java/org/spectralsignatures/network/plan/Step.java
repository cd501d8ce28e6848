package org.spectralsignatures.network.plan;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.Parameter.Kind;

/** One step of a network: it takes the result of the step before it, {@code [n, h, w, c]}. */
public sealed interface Step {

    /** Side of all kernels. */
    int KERNEL = 3;

    /** @return a name that is unique in its network */
    String name();

    /**
     * @param input shape of an image's values before the step
     * @return their shape behind it
     * @throws IllegalArgumentException if it cannot take that input; the message says why
     */
    ImageShape output(ImageShape input);

    /**
     * @param input shape of an image's values before the step
     * @return its parameters, in the order in which they are kept
     */
    List<Parameter> parameters(ImageShape input);

    /** How kernels start: normally distributed around 0 with variance 2 / n (He et al. 2015). */
    enum Start {

        /** n is 9 times the filters, as in the authors' residual network. */
        FAN_OUT,

        /** n is 9 times the channels of the input. */
        FAN_IN
    }

    /**
     * A 3 x 3 convolution of stride 1 without bias, with zeros around the image.
     *
     * @param name of the step
     * @param filters channels of the result
     * @param start how its kernels start
     */
    record Convolution(String name, int filters, Start start) implements Step {

        @Override
        public ImageShape output(final ImageShape input) {
            return new ImageShape(filters, input.height(), input.width());
        }

        @Override
        public List<Parameter> parameters(final ImageShape input) {
            return List.of(Parameter.of(name, "W", Kind.KERNEL, filters, input.channels(), KERNEL, KERNEL));
        }
    }

    /**
     * Batch normalisation and leaky rectifier.
     *
     * @param name of the step
     * @param norm its constants
     */
    record NormActivation(String name, Normalisation norm) implements Step {

        @Override
        public ImageShape output(final ImageShape input) {
            return input;
        }

        @Override
        public List<Parameter> parameters(final ImageShape input) {
            final int c = input.channels();
            return List.of(Parameter.of(name, "gamma", Kind.SCALE, c), Parameter.of(name, "beta", Kind.SHIFT, c), Parameter.of(name, "mean", Kind.MEAN, c),
                Parameter.of(name, "var", Kind.VARIANCE, c));
        }
    }

    /**
     * A pre-activation residual unit (He et al. 2016): twice normalisation, leaky rectifier and 3 x 3 convolution, plus a shortcut without
     * parameters: the input itself, or where the shape changes 2 x 2 averages and as many zero channels before as behind. The first
     * convolution has the stride; with stride 2 there are zeros only below and on the right, as in TensorFlow's "SAME". Kernels start as
     * {@link Start#FAN_OUT}.
     *
     * @param name of the step
     * @param filters channels of the result: those of the input, or an even number more
     * @param stride 1, or 2 to halve the image
     * @param activatedShortcut whether the shortcut starts behind the first rectifier
     * @param norm the constants of both normalisations
     */
    record ResidualUnit(String name, int filters, int stride, boolean activatedShortcut, Normalisation norm) implements Step {

        @Override
        public ImageShape output(final ImageShape input) {
            if (input.height() % stride != 0 || input.width() % stride != 0 || input.channels() > filters
                || (filters - input.channels()) % 2 != 0) {
                throw new IllegalArgumentException("A unit of stride %d with %d filters cannot take %s.".formatted(stride, filters, input.describe()));
            }
            return new ImageShape(filters, input.height() / stride, input.width() / stride);
        }

        @Override
        public List<Parameter> parameters(final ImageShape input) {
            final int[] channels = {input.channels(), filters};
            final var all = new ArrayList<Parameter>();
            for (int half = 1; half <= 2; half++) {
                all.add(Parameter.of(name, "gamma" + half, Kind.SCALE, channels[half - 1]));
                all.add(Parameter.of(name, "beta" + half, Kind.SHIFT, channels[half - 1]));
                all.add(Parameter.of(name, "W" + half, Kind.KERNEL, filters, channels[half - 1], KERNEL, KERNEL));
            }
            for (int half = 1; half <= 2; half++) {
                all.add(Parameter.of(name, "mean" + half, Kind.MEAN, channels[half - 1]));
                all.add(Parameter.of(name, "var" + half, Kind.VARIANCE, channels[half - 1]));
            }
            return all;
        }
    }

    /**
     * The largest of each 2 x 2 values, channel by channel.
     *
     * @param name of the step
     */
    record MaxPooling(String name) implements Step {

        @Override
        public ImageShape output(final ImageShape input) {
            return new ImageShape(input.channels(), input.height() / 2, input.width() / 2);
        }

        @Override
        public List<Parameter> parameters(final ImageShape input) {
            return List.of();
        }
    }

    /**
     * The mean of each channel over all positions.
     *
     * @param name of the step
     */
    record GlobalAveragePooling(String name) implements Step {

        @Override
        public ImageShape output(final ImageShape input) {
            return new ImageShape(input.channels(), 1, 1);
        }

        @Override
        public List<Parameter> parameters(final ImageShape input) {
            return List.of();
        }
    }

    /**
     * A dense layer with softmax, the last step: its result are the probabilities of the classes. Weights start uniformly distributed
     * between -3 / sqrt(c) and 3 / sqrt(c) for c channels, biases at 0.
     *
     * @param name of the step
     * @param classes their number
     */
    record Softmax(String name, int classes) implements Step {

        @Override
        public ImageShape output(final ImageShape input) {
            return new ImageShape(classes, 1, 1);
        }

        @Override
        public List<Parameter> parameters(final ImageShape input) {
            return List.of(Parameter.of(name, "W", Kind.KERNEL, classes, input.channels()), Parameter.of(name, "b", Kind.BIAS, classes));
        }
    }
}
