package org.spectralsignatures.network.plan;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.Parameter.Kind;

/** One step of a network: it takes the result of the step before it, {@code [n, h, w, c]}. */
public sealed interface Step {

    /** Side of the kernels of residual units, and of a convolution unless it says another. */
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

        /** n is the filters times the places of a kernel, 9 if its side is 3, as in the authors' residual network. */
        FAN_OUT,

        /** n is the channels of the input times the places of a kernel. */
        FAN_IN
    }

    /**
     * @param side of an image
     * @param stride 1, or 2 to halve it
     * @return the side behind a step of that stride: an odd one is halved to the larger part
     */
    static int halved(final int side, final int stride) {
        return (side + stride - 1) / stride;
    }

    private static ImageShape halved(final ImageShape input, final int channels, final int stride) {
        return new ImageShape(channels, halved(input.height(), stride), halved(input.width(), stride));
    }

    private static void requireStride(final int stride) {
        if (stride != 1 && stride != 2) {
            throw new IllegalArgumentException("A stride must be 1 or 2, not %d.".formatted(stride));
        }
    }

    /**
     * A convolution without bias, with zeros around the image as in TensorFlow's "SAME": s * (ceil(h / s) - 1) + k - h of them for side h,
     * kernel k and stride s, as many before as behind, or one more behind.
     *
     * @param name of the step
     * @param filters channels of the result
     * @param side of its kernels, odd, up to {@value #LARGEST}
     * @param stride 1, or 2 to halve the image
     * @param start how its kernels start
     */
    record Convolution(String name, int filters, int side, int stride, Start start) implements Step {

        /** Largest side of a kernel. */
        public static final int LARGEST = 7;

        /** @throws IllegalArgumentException if there is no such kernel or stride; the message says what there is */
        public Convolution {
            if (side < 1 || side > LARGEST || side % 2 == 0) {
                throw new IllegalArgumentException("The side of a kernel must be odd and at most %d, not %d.".formatted(LARGEST, side));
            }
            requireStride(stride);
        }

        /**
         * A 3 x 3 convolution of stride 1.
         *
         * @param name of the step
         * @param filters channels of the result
         * @param start how its kernels start
         */
        public Convolution(final String name, final int filters, final Start start) {
            this(name, filters, KERNEL, 1, start);
        }

        /** @return whether it is a 3 x 3 convolution of stride 1 */
        public boolean plain() {
            return side == KERNEL && stride == 1;
        }

        @Override
        public ImageShape output(final ImageShape input) {
            return halved(input, filters, stride);
        }

        @Override
        public List<Parameter> parameters(final ImageShape input) {
            return List.of(Parameter.of(name, "W", Kind.KERNEL, filters, input.channels(), side, side));
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
     * A pre-activation residual unit (He et al. 2016): twice normalisation, leaky rectifier and 3 x 3 convolution, plus a shortcut. That
     * is either without parameters: the input itself, or where the shape changes 2 x 2 averages (at an odd edge of the values that are
     * there) and as many zero channels before as behind; or a projection, a 1 x 1 convolution with the unit's stride. The first 3 x 3
     * convolution has the stride, with zeros around the image as for {@link Convolution}. Kernels start as {@link Start#FAN_OUT}.
     *
     * @param name of the step
     * @param filters channels of the result: without projection those of the input, or an even number more
     * @param stride 1, or 2 to halve the image
     * @param activatedShortcut whether the shortcut starts behind the first rectifier, as a projection always does
     * @param projection whether the shortcut is a convolution
     * @param norm the constants of both normalisations
     */
    record ResidualUnit(String name, int filters, int stride, boolean activatedShortcut, boolean projection, Normalisation norm) implements Step {

        /** @throws IllegalArgumentException if there is no such stride or shortcut; the message says what there is */
        public ResidualUnit {
            requireStride(stride);
            if (projection && !activatedShortcut) {
                throw new IllegalArgumentException("A projection starts behind the first rectifier.");
            }
        }

        /**
         * A unit whose shortcut has no parameters.
         *
         * @param name of the step
         * @param filters channels of the result
         * @param stride 1, or 2 to halve the image
         * @param activatedShortcut whether the shortcut starts behind the first rectifier
         * @param norm the constants of both normalisations
         */
        public ResidualUnit(final String name, final int filters, final int stride, final boolean activatedShortcut, final Normalisation norm) {
            this(name, filters, stride, activatedShortcut, false, norm);
        }

        @Override
        public ImageShape output(final ImageShape input) {
            if (!projection && (input.channels() > filters || (filters - input.channels()) % 2 != 0)) {
                throw new IllegalArgumentException("A unit with %d filters cannot take %d channels.".formatted(filters, input.channels()));
            }
            return halved(input, filters, stride);
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
            if (projection) {
                all.add(Parameter.of(name, "Wshortcut", Kind.KERNEL, filters, channels[0], 1, 1));
            }
            for (int half = 1; half <= 2; half++) {
                all.add(Parameter.of(name, "mean" + half, Kind.MEAN, channels[half - 1]));
                all.add(Parameter.of(name, "var" + half, Kind.VARIANCE, channels[half - 1]));
            }
            return all;
        }
    }

    /**
     * The largest of each 2 x 2 values, channel by channel; the last row or column of an odd side is left out.
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
     * The largest of the values around each second position, channel by channel, none left out: as in TensorFlow's "SAME", with the places
     * of {@link Convolution}, where places outside the image do not count.
     *
     * @param name of the step
     * @param side of what each value is the largest of, 2 or 3
     */
    record PaddedMaxPooling(String name, int side) implements Step {

        /** Largest side. */
        public static final int LARGEST = 3;

        /** @throws IllegalArgumentException if there is no such side; the message says which there are */
        public PaddedMaxPooling {
            if (side < 2 || side > LARGEST) {
                throw new IllegalArgumentException("The side of a pooling must be 2 or %d, not %d.".formatted(LARGEST, side));
            }
        }

        @Override
        public ImageShape output(final ImageShape input) {
            return halved(input, input.channels(), 2);
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
