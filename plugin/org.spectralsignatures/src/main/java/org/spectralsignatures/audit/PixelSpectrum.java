package org.spectralsignatures.audit;

import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;

/** Turns RGB images into their high spatial frequencies. */
final class PixelSpectrum {

    private final ImageDataset m_images;

    private final CosineTransform m_transform;

    private final int[] m_kept;

    private final int m_size;

    /** @param images RGB */
    PixelSpectrum(final ImageDataset images) {
        final ImageShape shape = images.shape();
        m_images = images;
        m_size = shape.planeSize();
        m_transform = new CosineTransform(shape.height(), shape.width());
        m_kept = IntStream.range(0, shape.size()).filter(k -> m_transform.frequency(k % m_size) >= WhitenedPixels.LOWEST).toArray();
    }

    /** @return number of coefficients */
    int columns() {
        return m_kept.length;
    }

    /**
     * The grey axis and two of colour, so that grey and coloured marks both stay together.
     *
     * @param image index of an image
     * @param target receives its coefficients
     */
    void of(final int image, final float[] target) {
        final var bytes = new byte[m_images.shape().size()];
        m_images.copyPixels(image, bytes, 0);
        final var planes = new double[3][m_size];
        for (int k = 0; k < m_size; k++) {
            final double red = Byte.toUnsignedInt(bytes[k]);
            final double green = Byte.toUnsignedInt(bytes[m_size + k]);
            final double blue = Byte.toUnsignedInt(bytes[2 * m_size + k]);
            planes[0][k] = (red + green + blue) / Math.sqrt(3);
            planes[1][k] = (red - blue) / Math.sqrt(2);
            planes[2][k] = (red - 2 * green + blue) / Math.sqrt(6);
        }
        for (double[] plane : planes) {
            m_transform.forward(plane);
        }
        for (int j = 0; j < m_kept.length; j++) {
            target[j] = (float)planes[m_kept[j] / m_size][m_kept[j] % m_size];
        }
    }
}
