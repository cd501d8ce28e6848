package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageShape;

class ScheduleTest {

    @Test
    void oneCycleRisesForThirtyPercentAndFallsToZero() {
        assertEquals(.2 / 25, Schedule.ONE_CYCLE.rate(.2, 0, 1000), 1e-12);
        assertEquals(.2, Schedule.ONE_CYCLE.rate(.2, 300, 1000), 1e-12);
        assertEquals(.1, Schedule.ONE_CYCLE.rate(.2, 650, 1000), 1e-12);
        assertEquals(.2 / 700, Schedule.ONE_CYCLE.rate(.2, 999, 1000), 1e-12);
    }

    @Test
    void stepsAreThoseOfTheAuthors() {
        assertEquals(.1, Schedule.STEP.rate(.1, 29_999, 80_000));
        assertEquals(.01, Schedule.STEP.rate(.1, 30_000, 80_000), 1e-12);
        assertEquals(.001, Schedule.STEP.rate(.1, 60_000, 80_000), 1e-12);
    }

    @Test
    void augmentationShiftsByTwoAtMostMirrorsAndFillsWithZeros() {
        final var shape = new ImageShape(1, 4, 4);
        final var image = new byte[16];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte)(i + 1);
        }
        final var random = new SplittableRandom(1);
        final var changed = new byte[16];
        Augmentation.apply(image, shape, Augmentation.NONE.draw(random), changed);
        assertArrayEquals(image, changed);
        final var rows = new boolean[5];
        boolean mirrored = false;
        for (int n = 0; n < 200; n++) {
            Augmentation.apply(image, shape, Augmentation.CROP_AND_FLIP.draw(random), changed);
            int found = 0;
            for (int down = -2; down <= 2; down++) {
                for (int right = -2; right <= 2; right++) {
                    for (int mirror = 0; mirror < 2; mirror++) {
                        if (Arrays.equals(changed, moved(image, down, right, mirror == 1))) {
                            found++;
                            rows[down + 2] = true;
                            mirrored |= mirror == 1;
                        }
                    }
                }
            }
            assertEquals(1, found);
        }
        assertTrue(mirrored && rows[0] && rows[1] && rows[2] && rows[3] && rows[4]);
    }

    private static byte[] moved(final byte[] image, final int down, final int right, final boolean mirror) {
        final var padded = new byte[8][8];
        for (int i = 0; i < 16; i++) {
            padded[2 + i / 4][2 + i % 4] = image[i];
        }
        final var result = new byte[16];
        for (int i = 0; i < 16; i++) {
            final int column = mirror ? 3 - i % 4 : i % 4;
            result[i] = padded[2 + down + i / 4][2 + right + column];
        }
        return result;
    }
}
