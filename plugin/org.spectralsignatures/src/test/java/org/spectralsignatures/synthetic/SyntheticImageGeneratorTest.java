package org.spectralsignatures.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageShape;

class SyntheticImageGeneratorTest {

    @Test
    void anImageDependsOnSeedPartClassAndIndexAlone() {
        final var one = new SyntheticImageGenerator(new SyntheticOptions(4, 16, 1));
        final var two = new SyntheticImageGenerator(new SyntheticOptions(4, 16, 2));
        assertArrayEquals(one.image(false, 2, 7), one.image(false, 2, 7));
        assertFalse(Arrays.equals(one.image(false, 2, 7), one.image(true, 2, 7)));
        assertFalse(Arrays.equals(one.image(false, 2, 7), one.image(false, 2, 8)));
        assertFalse(Arrays.equals(one.image(false, 2, 7), two.image(false, 2, 7)));
    }

    @Test
    void meanColourDoesNotTellTheClass() {
        final var generator = new SyntheticImageGenerator(new SyntheticOptions(6, 32, 1));
        for (int c = 0; c < 6; c++) {
            double sum = 0;
            for (int i = 0; i < 200; i++) {
                for (byte b : generator.image(false, c, i)) {
                    sum += b & 0xff;
                }
            }
            assertEquals(128, sum / 200 / generator.shape().size(), 8, generator.classNames().get(c));
        }
    }

    @Test
    void namesAreDistinctAndOptionsChecked() {
        assertEquals(24, new HashSet<>(new SyntheticImageGenerator(new SyntheticOptions(24, 16, 1)).classNames()).size());
        assertThrows(IllegalArgumentException.class, () -> new SyntheticOptions(1, 16, 1));
        assertEquals(new ImageShape(3, 17, 17), new SyntheticImageGenerator(new SyntheticOptions(4, 17, 1)).shape());
        assertEquals(3 * 256 * 256, new SyntheticImageGenerator(new SyntheticOptions(4, 256, 1)).image(false, 3, 0).length);
        assertEquals("The size must lie between 16 and 256 pixels, not 257.",
            assertThrows(IllegalArgumentException.class, () -> new SyntheticOptions(4, 257, 1)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new SyntheticOptions(4, 15, 1));
    }
}
