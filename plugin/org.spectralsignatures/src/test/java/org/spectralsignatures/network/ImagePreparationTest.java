package org.spectralsignatures.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

/** Against the formulas, worked out by hand. */
class ImagePreparationTest {

    private static final byte[] PIXELS = {0, 127, (byte)255, 0, 127, (byte)255};

    private static float[] prepared(final ImagePreparation preparation, final int channels) {
        final var target = new float[PIXELS.length];
        preparation.apply(PIXELS, target, channels);
        return target;
    }

    @Test
    void channelsAreScaledOneByOne() {
        assertArrayEquals(new float[]{0, 127 / 255f, 1, 0, 127 / 255f, 1}, prepared(ImagePreparation.SHARES, 3), 1e-7f);
        assertArrayEquals(new float[]{-1, 127 / 127.5f - 1, 1, -1, 127 / 127.5f - 1, 1}, prepared(ImagePreparation.SYMMETRIC, 3), 1e-6f);
        assertArrayEquals(new float[]{0, 127, 255, 0, 127, 255}, prepared(ImagePreparation.BYTES, 3), 0);
        assertArrayEquals(new float[]{(0 - .485f) / .229f, (127 / 255f - .485f) / .229f, (1 - .456f) / .224f, (0 - .456f) / .224f, (127 / 255f - .406f) / .225f,
            (1 - .406f) / .225f}, prepared(ImagePreparation.IMAGENET, 3), 1e-5f);
        assertArrayEquals(new float[]{(0 - .485f) / .229f, (127 / 255f - .485f) / .229f, (1 - .485f) / .229f, (0 - .485f) / .229f, (127 / 255f - .485f) / .229f,
            (1 - .485f) / .229f}, prepared(ImagePreparation.IMAGENET, 1), 1e-5f);
    }

    @Test
    void standardisedImagesAreThoseOfOurNetworks() {
        final var expected = new float[PIXELS.length];
        ImageStandardisation.apply(PIXELS, 0, expected, 0, PIXELS.length);
        assertArrayEquals(expected, prepared(new ImagePreparation.Standardised(), 3), 0);
    }

    @Test
    void numbersThatNothingIsScaledByAreRefused() {
        final List<Double> ones = List.of(1., 1., 1.);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new ImagePreparation.Scaled(List.of(1.), ones)).getMessage().contains("3 means"));
        for (double wrong : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new ImagePreparation.Scaled(ones, List.of(1., 1., wrong)));
        }
        assertEquals("(value - (0.00000, 0.00000, 0.00000)) / (255.000, 255.000, 255.000) of values from 0 to 255", ImagePreparation.SHARES.describe());
    }
}
