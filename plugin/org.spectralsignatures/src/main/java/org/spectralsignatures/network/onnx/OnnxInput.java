package org.spectralsignatures.network.onnx;

import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.onnx.OnnxModel.Value;

/**
 * The images that a model takes.
 *
 * @param shape of the images that are given to it, in colour
 * @param layout in which it takes them
 * @param order of their channels
 * @param batch images at a time, 0 for any number
 */
record OnnxInput(ImageShape shape, Layout layout, ColourOrder order, int batch) {

    private static final int SIDES = 4;

    private static final int COLOURS = 3;

    /**
     * @param input of a model
     * @param options what the file does not say
     * @return the images
     * @throws OnnxFormatException if it takes no images, or the options do not fit it
     */
    static OnnxInput of(final Value input, final OnnxOptions options) throws OnnxFormatException {
        final List<Long> shape = input.shape();
        final String name = OnnxText.shown(input.name());
        if (shape == null || shape.size() != SIDES) {
            throw new OnnxFormatException("its input '%s' has %s, but images have 4 sides: their number, channels, height and width".formatted(name,
                shape == null ? "no shape" : "the shape " + shown(shape)));
        }
        final Layout layout = layout(name, shape, options.layout());
        final boolean planes = layout == Layout.NCHW;
        final long channels = shape.get(planes ? 1 : 3);
        if (channels != 1 && channels != COLOURS && channels != OnnxModel.DYNAMIC) {
            throw new OnnxFormatException(("its input '%s' has the shape %s, that is %d channels, but images have 3, or 1 if they are gray; set 'Layout of images' if"
                + " it is read in the wrong order").formatted(name, shown(shape), channels));
        }
        final ColourOrder order = channels == 1 ? ColourOrder.GRAY : options.colours() == null ? ColourOrder.RGB : options.colours();
        final int height = side(name, "height", shape.get(planes ? 2 : 1), options.height());
        final int width = side(name, "width", shape.get(planes ? 3 : 2), options.width());
        try {
            return new OnnxInput(new ImageShape(COLOURS, height, width), layout, order, batch(name, shape));
        } catch (IllegalArgumentException e) {
            throw new OnnxFormatException("its input '%s' has the shape %s: %s".formatted(name, shown(shape), OnnxNetwork.sentence(e)));
        }
    }

    private static Layout layout(final String name, final List<Long> shape, final Layout wanted) throws OnnxFormatException {
        if (wanted != null) {
            return wanted;
        }
        final boolean planes = isChannels(shape.get(1));
        final boolean pixels = isChannels(shape.get(3));
        if (planes == pixels) {
            throw new OnnxFormatException("it cannot be seen by the shape %s of its input '%s' where the channels are: set 'Layout of images'"
                .formatted(shown(shape), name));
        }
        return planes ? Layout.NCHW : Layout.NHWC;
    }

    private static boolean isChannels(final long side) {
        return side == 1 || side == COLOURS;
    }

    private static int side(final String name, final String side, final long fixed, final int wanted) throws OnnxFormatException {
        if (fixed == OnnxModel.DYNAMIC) {
            if (wanted == 0) {
                throw new OnnxFormatException("its input '%s' leaves the %s of images open: set 'Width' and 'Height' to those it was trained on".formatted(name, side));
            }
            return wanted;
        }
        if (wanted != 0 && wanted != fixed) {
            throw new OnnxFormatException("it takes images with a %s of %d pixels, but %d is set: set 0, which takes the file's".formatted(side, fixed, wanted));
        }
        if (fixed > OnnxOptions.LARGEST_SIDE) {
            throw new OnnxFormatException("its input '%s' has a %s of %d, but images may have %d".formatted(name, side, fixed, OnnxOptions.LARGEST_SIDE));
        }
        return (int)fixed;
    }

    private static int batch(final String name, final List<Long> shape) throws OnnxFormatException {
        final long batch = shape.get(0);
        if (batch > 1 << 12) {
            throw new OnnxFormatException("its input '%s' has %d images at a time".formatted(name, batch));
        }
        return batch == OnnxModel.DYNAMIC ? 0 : (int)batch;
    }

    private static String shown(final List<Long> shape) {
        return shape.toString().replace("-1", "any");
    }
}
