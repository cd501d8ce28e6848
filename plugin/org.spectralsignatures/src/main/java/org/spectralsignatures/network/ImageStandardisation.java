package org.spectralsignatures.network;

/**
 * What the network sees of an image: its bytes less their mean over the image, divided by their standard deviation, which
 * counts as at least 1 / sqrt(size). This is TensorFlow's {@code per_image_standardization}, which the authors' network
 * applies first.
 */
public final class ImageStandardisation {

    private ImageStandardisation() {
    }

    /**
     * @param pixels unsigned bytes
     * @param from where the image begins in them
     * @param target receives the standardised image
     * @param to where it begins there
     * @param size number of values
     */
    public static void apply(final byte[] pixels, final int from, final float[] target, final int to, final int size) {
        long sum = 0;
        long squares = 0;
        for (int i = 0; i < size; i++) {
            final int v = pixels[from + i] & 0xff;
            sum += v;
            squares += (long)v * v;
        }
        final double mean = (double)sum / size;
        final double deviation = Math.sqrt(Math.max(0, (double)squares / size - mean * mean));
        final float scale = (float)(1 / Math.max(deviation, 1 / Math.sqrt(size)));
        final float shift = (float)mean;
        for (int i = 0; i < size; i++) {
            target[to + i] = ((pixels[from + i] & 0xff) - shift) * scale;
        }
    }
}
