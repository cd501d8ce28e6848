package org.spectralsignatures.network.keras;

/**
 * How a kernel or a pool moves over an image, with zeros around it as Keras has them: none ({@code valid}), or as many that the result has one
 * position for each stride ({@code same}), where an odd number puts one more below and right.
 *
 * @param side height and width of the kernel
 * @param stride of rows and columns
 * @param dilation of rows and columns
 * @param same whether there are zeros
 */
record Window(int[] side, int[] stride, int[] dilation, boolean same) {

    static Window of(final KerasSettings layer, final String sideName, final int otherwise) throws KerasException {
        final int[] side = layer.pair(sideName, otherwise);
        final boolean pool = sideName.equals("pool_size");
        final int[] stride = pool && !layer.has("strides") ? side : layer.pair("strides", 1);
        final String padding = layer.text("padding", "valid");
        if (!padding.equals("valid") && !padding.equals("same")) {
            throw layer.wrong("has the padding '%s', but valid and same are read".formatted(KerasException.shown(padding)));
        }
        if (!layer.text("data_format", "channels_last").equals("channels_last")) {
            throw layer.wrong("takes channels first, but networks with channels last are read");
        }
        return new Window(side, stride, layer.pair("dilation_rate", 1), padding.equals("same"));
    }

    private int reach(final int axis) {
        return (side[axis] - 1) * dilation[axis] + 1;
    }

    /** @return length of the result */
    int output(final int axis, final int length) {
        return same ? (length + stride[axis] - 1) / stride[axis] : (length - reach(axis)) / stride[axis] + (length < reach(axis) ? -1 : 1);
    }

    /** @return zeros above, left, below and right */
    long[] pads(final KerasShape shape) {
        final int vertical = zeros(0, shape.height());
        final int horizontal = zeros(1, shape.width());
        return new long[]{vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2};
    }

    private int zeros(final int axis, final int length) {
        return same ? Math.max(0, (output(axis, length) - 1) * stride[axis] + reach(axis) - length) : 0;
    }

    static long[] longs(final int... pair) {
        return new long[]{pair[0], pair[1]};
    }
}
