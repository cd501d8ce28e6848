package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.NpyType;
import org.spectralsignatures.numpy.NumpyArray;
import org.spectralsignatures.numpy.ValueRange;

/**
 * An array of images: {@code [n, height, width]}, {@code [n, height, width, channels]} or {@code [n, channels, height, width]} with 1, 3 or 4
 * channels (gray, RGB, RGB with transparency, which is left out), and how its values become pixels.
 */
final class ImageArray {

    private static final int WHITE = 255;

    /** So much may values lie outside of 0 to 1 by rounding. */
    private static final double ROUNDING = 1e-5;

    /** Pixels of at most that in a whole set are taken neither for 0 to 1 nor for 0 to 255. */
    private static final int DARKEST_SET = 32;

    private final NumpyArray array;

    private final boolean isChannelsFirst;

    private final int channels;

    private final ImageShape shape;

    private final AtomicInteger brightest = new AtomicInteger();

    private double factor = 1;

    private String values;

    ImageArray(final NumpyArray array, final ArrayOptions.Axes axes) throws IOException {
        this.array = array;
        if (array.type().isText()) {
            throw unusable("its values are texts, not pixels");
        }
        final List<Long> lengths = array.shape();
        if (lengths.size() == 3) {
            isChannelsFirst = false;
            channels = 1;
        } else if (lengths.size() == 4) {
            isChannelsFirst = isChannelsFirst(axes);
            channels = (int)(long)lengths.get(isChannelsFirst ? 1 : 3);
        } else {
            throw unusable("its shape is %s, but images have the shape (n, height, width) or (n, height, width, channels): save a.reshape(n, height, width, channels)"
                .formatted(array.describeShape()));
        }
        final int height = isChannelsFirst ? 2 : 1;
        try {
            shape = PixelLimit.ofThisJvm().rgb(lengths.get(height + 1), lengths.get(height));
        } catch (ImageFormatException e) {
            throw new IOException("'%s' cannot be used. %s".formatted(array.place(), e.getMessage()), e);
        }
        if (array.items() == 0 || array.items() > Integer.MAX_VALUE) {
            throw unusable("its shape is %s: it holds %s images".formatted(array.describeShape(), array.items() == 0 ? "no" : "too many"));
        }
        if (isByte()) {
            values = array.type().isBoolean() ? "true is white" : "0 to 255";
            factor = array.type().isBoolean() ? WHITE : 1;
        }
    }

    private IOException unusable(final String why) {
        return new IOException("'%s' cannot be read as images: %s.".formatted(array.place(), why));
    }

    private boolean isChannelsFirst(final ArrayOptions.Axes axes) throws IOException {
        final boolean canBeLast = isChannels(array.shape().get(3));
        final boolean canBeFirst = isChannels(array.shape().get(1));
        if (axes == ArrayOptions.Axes.GUESS && canBeFirst && canBeLast) {
            throw unusable("its shape is %s, of which the second and the last axis could be the channels. Set 'Axes'".formatted(array.describeShape()));
        }
        final boolean first = axes == ArrayOptions.Axes.CHANNELS_FIRST || axes == ArrayOptions.Axes.GUESS && canBeFirst;
        if (!(first ? canBeFirst : canBeLast)) {
            throw unusable("its shape is %s, but the %s must be 1, 3 or 4 channels".formatted(array.describeShape(),
                axes == ArrayOptions.Axes.GUESS ? "second or the last axis" : first ? "second axis" : "last axis"));
        }
        return first;
    }

    private static boolean isChannels(final long length) {
        return length == 1 || length == 3 || length == 4;
    }

    private boolean isByte() {
        return array.type().bytes() == 1 && array.type().kind() != NpyType.Kind.INTEGER;
    }

    /** @return the array */
    NumpyArray array() {
        return array;
    }

    /** @return number of images */
    int count() {
        return (int)array.items();
    }

    /** @return {@code [3, height, width]} */
    ImageShape shape() {
        return shape;
    }

    /**
     * Finds out which values black and white have: looks at all of them, unless they are bytes.
     *
     * @throws IOException if they are none of pixels; the message says which they are
     */
    void findRange(final ArrayOptions.Range told, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (isByte() && told != ArrayOptions.Range.UNIT || array.type().isBoolean()) {
            return;
        }
        monitor.progress(0, "Looking at the values of '%s'".formatted(array.place()));
        final ValueRange range = ValueRange.of(array, monitor);
        if (range.smallest() > range.largest()) {
            throw unusable("none of its values is a number");
        }
        final boolean isUnit = told == ArrayOptions.Range.UNIT
            || told == ArrayOptions.Range.GUESS && array.type().isFloat() && range.largest() <= 1 + ROUNDING;
        final boolean isInside = range.smallest() >= -ROUNDING && range.largest() <= (isUnit ? 1 : WHITE) + ROUNDING;
        if (!isInside) {
            throw unusable(("its values lie between %s and %s, but those of pixels between 0 and %s. If they were normalised, undo it first: a * std + mean;"
                + " if some stick out, save numpy.clip(a, 0, %3$s)").formatted(number(range.smallest()), number(range.largest()),
                    told == ArrayOptions.Range.GUESS && array.type().isFloat() ? "1 or 255" : isUnit ? "1" : "255"));
        }
        if (told == ArrayOptions.Range.GUESS && array.type().isFloat() && !isUnit && range.largest() < DARKEST_SET) {
            throw unusable("its values lie between %s and %s, so that it cannot be told whether white is 1 or 255. Set 'Value range'".formatted(
                number(range.smallest()), number(range.largest())));
        }
        factor = isUnit ? WHITE : 1;
        values = "%s to %s%s".formatted(number(range.smallest()), number(range.largest()), isUnit ? ", times 255" : array.type().isFloat() ? ", rounded" : "");
    }

    private static String number(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long)value) : String.format(Locale.ROOT, "%.4g", value);
    }

    /**
     * @param item values of an image in C order
     * @return its pixels
     */
    DecodedImage decode(final ByteBuffer item) throws ImageFormatException {
        final int plane = shape.planeSize();
        final byte[] pixels = new byte[3 * plane];
        int most = 0;
        for (int channel = 0; channel < (channels == 1 ? 1 : 3); channel++) {
            for (int i = 0; i < plane; i++) {
                final int value = pixel(item, isChannelsFirst ? channel * plane + i : i * channels + channel);
                pixels[channel * plane + i] = (byte)value;
                most = Math.max(most, value);
            }
        }
        if (channels == 1) {
            System.arraycopy(pixels, 0, pixels, plane, plane);
            System.arraycopy(pixels, 0, pixels, 2 * plane, plane);
        }
        brightest.accumulateAndGet(most, Math::max);
        return new DecodedImage(shape, pixels);
    }

    private int pixel(final ByteBuffer item, final int index) throws ImageFormatException {
        if (factor == 1 && isByte()) {
            return item.get(index) & 0xff;
        }
        final double value = array.type().number(item, index * array.type().bytes());
        if (!Double.isFinite(value)) {
            throw new ImageFormatException(ImageFault.DAMAGED, "One of its values is %s, which is no pixel.".formatted(value));
        }
        return (int)Math.max(0, Math.min(WHITE, Math.round(value * factor)));
    }

    /** @return how the pixels are stored, as {@link org.spectralsignatures.image.ImageMode} says it */
    String mode() {
        return channels == 1 ? "gray" : channels == 3 ? "RGB" : "RGB, transparent";
    }

    /** @return how the array was read, for the report */
    String describe() throws IOException {
        return ReportLine.ARRAY + "%s of %s, %s%s".formatted(array.describeShape(), array.type().describe(),
            channels == 1 && array.shape().size() == 3 ? "gray" : channels + (channels == 1 ? " channel " : " channels ") + (isChannelsFirst ? "first" : "last"),
            values == null ? "" : ", " + values);
    }

    /** @return what is odd about the pixels that were read, null if nothing is */
    String doubt() {
        return factor == 1 && brightest.get() <= 1
            ? "'%s': no pixel is brighter than 1 of 255. If 1 stands for white, set 'Value range'.".formatted(array.place()) : null;
    }
}
