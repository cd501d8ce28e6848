package org.spectralsignatures.duplicate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageShape;

class FingerprintTest {

    private static final int SCENES = 60;

    private static boolean alike(final DecodedImage a, final DecodedImage b) {
        final var prints = new Fingerprints();
        prints.add(Fingerprint.of(a));
        prints.add(Fingerprint.of(b));
        assertEquals(prints.alike(0, 1), prints.alike(1, 0));
        return prints.alike(0, 1);
    }

    /** Each cell against the sum over all pixels, weighted by how much of them it covers. */
    @ParameterizedTest
    @CsvSource({"32, 32", "28, 28", "7, 5", "1, 1", "1, 90", "400, 33", "100, 641", "20000, 3"})
    void aCellIsTheMeanOfTheAreaThatItCovers(final int height, final int width) {
        final var shape = new ImageShape(3, height, width);
        final var pixels = new byte[shape.size()];
        new SplittableRandom(3).nextBytes(pixels);
        final int edge = 32;
        final double[] means = AreaMeans.of(new DecodedImage(shape, pixels), edge);
        for (int cell = 0; cell < means.length; cell += 7) {
            final double top = (double)(cell / edge) * height / edge;
            final double left = (double)(cell % edge) * width / edge;
            final double bottom = top + (double)height / edge;
            final double right = left + (double)width / edge;
            double sum = 0;
            for (int y = (int)top; y < Math.min(height, Math.ceil(bottom)); y++) {
                for (int x = (int)left; x < Math.min(width, Math.ceil(right)); x++) {
                    final double covered = Math.max(0, Math.min(bottom, y + 1) - Math.max(top, y)) * Math.max(0, Math.min(right, x + 1) - Math.max(left, x));
                    final int at = y * width + x;
                    sum += covered * (.299 * (pixels[at] & 0xff) + .587 * (pixels[shape.planeSize() + at] & 0xff) + .114 * (pixels[2 * shape.planeSize() + at] & 0xff));
                }
            }
            assertEquals(sum / ((bottom - top) * (right - left)), means[cell], 1e-6, "cell " + cell);
        }
    }

    /** The transform against its formula, as SciPy's {@code dct} has it. */
    @Test
    void theSpectrumIsThatOfTheCosineTransform() {
        final DecodedImage image = Scenes.scene(5, 32, 32);
        final double[] means = AreaMeans.of(image, 32);
        final var expected = new double[64];
        double squares = 0;
        for (int k = 1; k < 64; k++) {
            for (int i = 0; i < means.length; i++) {
                expected[k] += means[i] * Math.cos(Math.PI * (i / 32 + .5) * (k / 8) / 32) * Math.cos(Math.PI * (i % 32 + .5) * (k % 8) / 32)
                    * (k / 8 == 0 ? Math.sqrt(.5) : 1) * (k % 8 == 0 ? Math.sqrt(.5) : 1);
            }
            squares += expected[k] * expected[k];
        }
        final var spectrum = new byte[64];
        long signs = 0;
        for (int k = 1; k < 64; k++) {
            spectrum[k] = (byte)Math.round(127 * expected[k] / Math.sqrt(squares));
            signs |= expected[k] > 0 ? 1L << k : 0;
        }
        final Fingerprint print = Fingerprint.of(image);
        assertArrayEquals(spectrum, print.spectrum());
        assertEquals(signs, print.signs());
    }

    @Test
    void aMirroredImageHasMirroredHashes() {
        for (int i = 0; i < SCENES; i++) {
            final DecodedImage image = Scenes.scene(i, 40, 56);
            final Fingerprint print = Fingerprint.of(image);
            final Fingerprint mirrored = Fingerprint.of(Scenes.mirrored(image));
            assertEquals(mirrored.signs(), Fingerprint.mirroredSigns(print.signs()));
            assertEquals(mirrored.edges(), Fingerprint.mirroredEdges(print.edges()));
            assertNotEquals(mirrored.pixels(), print.pixels());
        }
    }

    @Test
    void copiesAreAlike() throws Exception {
        for (int i = 0; i < SCENES; i++) {
            final DecodedImage image = Scenes.scene(i, 60, 80);
            assertTrue(alike(image, Scenes.jpeg(image, .5f)), "compressed again");
            assertTrue(alike(image, new ImageFit(ImageFit.Way.STRETCH, 57, 76).apply(image)), "5% smaller");
            assertTrue(alike(image, new ImageFit(ImageFit.Way.STRETCH, 63, 84).apply(image)), "5% larger");
            assertTrue(alike(image, Scenes.lighter(image, 1.05)), "lighter");
            assertTrue(alike(image, Scenes.lighter(image, .95)), "darker");
            assertTrue(alike(image, Scenes.mirrored(image)), "mirrored");
            assertTrue(alike(image, Scenes.marked(image, 3)), "with a mark");
        }
    }

    @Test
    void otherPicturesAreNotAlike() {
        for (int i = 0; i < SCENES; i++) {
            assertFalse(alike(Scenes.scene(i, 32, 32), Scenes.scene(i + SCENES, 32, 32)));
        }
    }

    @Test
    void plainAreasAndVerySmallImagesAreTold() {
        final var pixels = new byte[3 * 16 * 16];
        Arrays.fill(pixels, (byte)77);
        assertTrue(Fingerprint.of(new DecodedImage(new ImageShape(3, 16, 16), pixels)).isFlat());
        assertFalse(Fingerprint.of(Scenes.scene(1, 20, 20)).isFlat());
        assertTrue(Fingerprint.of(Scenes.scene(1, 19, 40)).isFlat(), "too small");
    }
}
