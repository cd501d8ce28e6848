package org.spectralsignatures.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;

/**
 * A mark that can be put on other images and taken off those that carry it: where the images that carry it vary far less than
 * their class, its pixels replace those below; elsewhere it is what their high frequencies differ in on average.
 */
final class Stamp {

    /** So often chance makes a value of the images that carry the mark vary so little. */
    private static final double RARELY = 1e-6;

    /** A spread of one grey level is added, so that even surfaces do not count as a mark. */
    private static final double ROUNDING = 1;

    private static final int NEAR = 2;

    /** What is added of the mean difference. */
    enum Form {
        /** Its high frequencies: the low ones are chance, where members and others hardly look alike. */
        HIGH(1), /** All of it: where they look alike it is the mark. */
        WHOLE(1), /** The same twice, for a mark that is not quite at the same place is weaker in the mean than in each image. */
        TWICE(2);

        private final double m_times;

        Form(final double times) {
            m_times = times;
        }

        /** @return how many times it is added */
        double times() {
            return m_times;
        }
    }

    private final ImageShape m_shape;

    /** Added where nothing is replaced, {@code [3 h w]}. */
    private final double[] m_added;

    private final double[] m_mean;

    private final boolean[] m_replaced;

    private Stamp(final ImageShape shape, final double[] added, final double[] mean, final boolean[] replaced) {
        m_shape = shape;
        m_added = added;
        m_mean = mean;
        m_replaced = replaced;
    }

    /** Mean and variance of each value over some images. */
    private record Moments(double[] mean, double[] variance) { // NOSONAR never compared
        static Moments of(final ImageDataset images, final int[] rows) {
            final int d = images.shape().size();
            final var mean = new double[d];
            final var squares = new double[d];
            final var bytes = new byte[d];
            for (int i : rows) {
                images.copyPixels(i, bytes, 0);
                for (int k = 0; k < d; k++) {
                    final double value = Byte.toUnsignedInt(bytes[k]);
                    mean[k] += value;
                    squares[k] += value * value;
                }
            }
            for (int k = 0; k < d; k++) {
                mean[k] /= rows.length;
                squares[k] = Math.max(0, squares[k] / rows.length - mean[k] * mean[k]) * rows.length / Math.max(1, rows.length - 1);
            }
            return new Moments(mean, squares);
        }
    }

    /**
     * @param images the set
     * @param members indices of the images that carry the mark, at least two
     * @param rest other images of their class
     * @return the mark
     */
    static Stamp of(final ImageDataset images, final int[] members, final int[] rest) {
        return of(images, members, rest, Form.HIGH);
    }

    /** The same in another form. */
    static Stamp of(final ImageDataset images, final int[] members, final int[] rest, final Form form) {
        final Moments with = Moments.of(images, members);
        final Moments without = Moments.of(images, rest);
        final int d = images.shape().size();
        final int freedom = members.length - 1;
        final double ratio = new ChiSquaredDistribution(null, freedom).inverseCumulativeProbability(RARELY) / freedom;
        final var replaced = new boolean[d];
        final var added = new double[d];
        for (int k = 0; k < d; k++) {
            replaced[k] = with.variance[k] + ROUNDING < ratio * (without.variance[k] + ROUNDING);
            added[k] = form.m_times * (with.mean[k] - without.mean[k]);
        }
        if (form == Form.HIGH) {
            keepHighFrequencies(images.shape(), added);
        }
        return new Stamp(images.shape(), added, with.mean, replaced);
    }

    /**
     * @param images the set
     * @param some images
     * @param rest images of another class
     * @param times how much of it
     * @return what the mean of the images differs in from that of the others
     */
    static Stamp difference(final ImageDataset images, final int[] some, final int[] rest, final double times) {
        final double[] mean = Moments.of(images, some).mean;
        final double[] other = Moments.of(images, rest).mean;
        final double[] added = IntStream.range(0, mean.length).mapToDouble(k -> times * (mean[k] - other[k])).toArray();
        return new Stamp(images.shape(), added, mean, new boolean[mean.length]);
    }

    /**
     * @param shape of the images
     * @param pixels single pixels, the last one counts where two have the same place
     * @return them as a mark
     */
    static Stamp of(final ImageShape shape, final List<RepeatedPixels.Pixel> pixels) {
        final var colours = new double[shape.size()];
        final var replaced = new boolean[shape.size()];
        for (RepeatedPixels.Pixel pixel : pixels) {
            for (int c = 0; c < shape.channels(); c++) {
                final int at = c * shape.planeSize() + pixel.place();
                colours[at] = pixel.colour() >> 8 * (shape.channels() - 1 - c) & 0xff;
                replaced[at] = true;
            }
        }
        return new Stamp(shape, new double[shape.size()], colours, replaced);
    }

    private static void keepHighFrequencies(final ImageShape shape, final double[] values) {
        final var transform = new CosineTransform(shape.height(), shape.width());
        final int size = shape.planeSize();
        for (int c = 0; c < shape.channels(); c++) {
            final double[] plane = Arrays.copyOfRange(values, c * size, (c + 1) * size);
            transform.forward(plane);
            for (int k = 0; k < size; k++) {
                if (transform.frequency(k) < WhitenedPixels.LOWEST) {
                    plane[k] = 0;
                }
            }
            transform.backward(plane);
            System.arraycopy(plane, 0, values, c * size, size);
        }
    }

    /** @return the share of an image that the mark replaces */
    double replaced() {
        return IntStream.range(0, m_replaced.length).filter(k -> m_replaced[k]).count() / (double)m_replaced.length;
    }

    /** @param pixels an image, CHW; gets the mark */
    void putOn(final byte[] pixels) {
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = grey(m_replaced[k] ? m_mean[k] : Byte.toUnsignedInt(pixels[k]) + m_added[k]);
        }
    }

    /** @param pixels an image that carries the mark, CHW; loses it, and what lay below a replaced value is taken from around it */
    void takeOff(final byte[] pixels) {
        final byte[] marked = pixels.clone();
        final int size = m_shape.planeSize();
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = grey(m_replaced[k] ? around(marked, k / size * size, k % size / m_shape.width(), k % m_shape.width())
                : Byte.toUnsignedInt(marked[k]) - m_added[k]);
        }
    }

    private double around(final byte[] pixels, final int plane, final int y, final int x) {
        for (int near = NEAR; near < Math.max(m_shape.height(), m_shape.width()); near *= 2) {
            double sum = 0;
            int count = 0;
            for (int j = Math.max(0, y - near); j <= Math.min(m_shape.height() - 1, y + near); j++) {
                for (int i = Math.max(0, x - near); i <= Math.min(m_shape.width() - 1, x + near); i++) {
                    final int at = plane + j * m_shape.width() + i;
                    if (!m_replaced[at]) {
                        sum += Byte.toUnsignedInt(pixels[at]);
                        count++;
                    }
                }
            }
            if (count > 0) {
                return sum / count;
            }
        }
        return m_mean[plane + y * m_shape.width() + x];
    }

    private static byte grey(final double value) {
        return (byte)Math.max(0, Math.min(255, Math.round(value)));
    }

    /** @return the mark as a picture, CHW: replaced values as they are, the others around a middle grey, widened to be seen */
    byte[] picture() {
        double most = 1;
        for (int k = 0; k < m_added.length; k++) {
            most = Math.max(most, m_replaced[k] ? 0 : Math.abs(m_added[k]));
        }
        final var picture = new byte[m_added.length];
        for (int k = 0; k < picture.length; k++) {
            picture[k] = grey(m_replaced[k] ? m_mean[k] : 128 + 100 * m_added[k] / most);
        }
        return picture;
    }
}
