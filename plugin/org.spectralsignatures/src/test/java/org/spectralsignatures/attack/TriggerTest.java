package org.spectralsignatures.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageShape;

class TriggerTest {

    private static final ImageShape SHAPE = new ImageShape(3, 5, 6);

    private static Set<Integer> marked(final TriggerShape shape, final int row, final int column) {
        final var pixels = new byte[SHAPE.size()];
        new PixelTrigger(shape, row, column, 1, 2, 255).mark(pixels, SHAPE);
        final Set<Integer> positions = new HashSet<>();
        for (int i = 0; i < SHAPE.planeSize(); i++) {
            if (pixels[i] != 0) {
                assertArrayEquals(new byte[]{1, 2, (byte)255}, new byte[]{pixels[i], pixels[30 + i], pixels[60 + i]});
                positions.add(i);
            }
        }
        return positions;
    }

    @Test
    void pixelMarksOnePixelInAllPlanes() {
        assertEquals(Set.of(2 * 6 + 3), marked(TriggerShape.PIXEL, 2, 3));
    }

    @Test
    void xMarksCentreAndDiagonalNeighbours() {
        assertEquals(Set.of(15, 8, 10, 20, 22), marked(TriggerShape.X, 2, 3));
    }

    @Test
    void lMarksCornerBelowAndRight() {
        assertEquals(Set.of(15, 21, 16), marked(TriggerShape.L, 2, 3));
    }

    @Test
    void triggerOffTheImageIsRefusedWithThePossiblePositions() {
        final var error = assertThrows(IllegalArgumentException.class, () -> new PixelTrigger(TriggerShape.X, 0, 3, 0, 0, 0).validate(SHAPE));
        assertTrue(error.getMessage().contains("row from 1 to 3 and a column from 1 to 4"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new PixelTrigger(TriggerShape.L, 4, 0, 0, 0, 0).validate(SHAPE));
        assertThrows(IllegalArgumentException.class, () -> new PixelTrigger(TriggerShape.PIXEL, 0, 6, 0, 0, 0).validate(SHAPE));
    }

    @Test
    void colourOutsideOfBytesIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PixelTrigger(TriggerShape.PIXEL, 0, 0, 256, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PixelTrigger(TriggerShape.PIXEL, 0, 0, 0, -1, 0));
    }

    @Test
    void randomTriggersFitAndDependOnTheSeedAlone() {
        final Set<Trigger> distinct = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            final Trigger trigger = PixelTrigger.random(SHAPE, seed);
            trigger.validate(SHAPE);
            assertEquals(trigger, PixelTrigger.random(SHAPE, seed));
            distinct.add(trigger);
        }
        assertTrue(distinct.size() > 190);
    }

    private static byte[] bytes(final int... values) {
        final var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte)values[i];
        }
        return bytes;
    }

    @Test
    void mWayMarksOnePixelInTrainingAndAllInUse() {
        final MultiPixelTrigger trigger = MultiPixelTrigger.random(4, SHAPE, 3);
        final var all = new byte[SHAPE.size()];
        trigger.mark(all, SHAPE);
        final var joined = new byte[SHAPE.size()];
        for (int part = 0; part < 4; part++) {
            final var one = new byte[SHAPE.size()];
            trigger.mark(part, one, SHAPE);
            final PixelTrigger pixel = trigger.pixels().get(part);
            final int at = pixel.row() * 6 + pixel.column();
            assertArrayEquals(bytes(pixel.red(), pixel.green(), pixel.blue()), new byte[]{one[at], one[30 + at], one[60 + at]});
            for (int i = 0; i < one.length; i++) {
                assertTrue(one[i] == 0 || i % 30 == at);
                joined[i] |= one[i];
            }
        }
        assertArrayEquals(joined, all);
        assertEquals(30, MultiPixelTrigger.random(30, SHAPE, 1).pixels().stream().map(p -> p.row() * 6 + p.column()).distinct().count());
        assertThrows(IllegalArgumentException.class, () -> MultiPixelTrigger.random(31, SHAPE, 1));
        assertThrows(IllegalArgumentException.class, () -> MultiPixelTrigger.random(0, SHAPE, 1));
    }

    @Test
    void patchCoversItsPlaceAndNothingElse() {
        final var pattern = new Pattern(new ImageShape(3, 2, 2), bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        final var pixels = new byte[SHAPE.size()];
        new PatchTrigger(pattern, 3, 4).mark(pixels, SHAPE);
        final var expected = new byte[SHAPE.size()];
        for (int c = 0; c < 3; c++) {
            expected[30 * c + 22] = (byte)(4 * c + 1);
            expected[30 * c + 23] = (byte)(4 * c + 2);
            expected[30 * c + 28] = (byte)(4 * c + 3);
            expected[30 * c + 29] = (byte)(4 * c + 4);
        }
        assertArrayEquals(expected, pixels);
        final var error = assertThrows(IllegalArgumentException.class, () -> new PatchTrigger(pattern, 4, 0).validate(SHAPE));
        assertTrue(error.getMessage().contains("row from 0 to 3 and a column from 0 to 4"), error.getMessage());
        final var large = Pattern.noise(new ImageShape(3, 6, 2), 1);
        assertThrows(IllegalArgumentException.class, () -> PatchTrigger.random(large, SHAPE, 1));
        PatchTrigger.random(Pattern.noise(SHAPE, 1), SHAPE, 1).validate(SHAPE);
    }

    @Test
    void blendIsTheWeightedMean() {
        final var shape = new ImageShape(3, 1, 1);
        final var pixels = bytes(0, 100, 255);
        new BlendTrigger(new Pattern(shape, bytes(255, 200, 0)), .2).mark(pixels, shape);
        assertArrayEquals(bytes(51, 120, 204), pixels); // .2 * 255; 80 + 40; .8 * 255
        assertThrows(IllegalArgumentException.class, () -> new BlendTrigger(Pattern.noise(shape, 1), 0));
        assertThrows(IllegalArgumentException.class, () -> new BlendTrigger(Pattern.noise(shape, 1), .5).validate(SHAPE));
    }

    @Test
    void sinusoidIsTheSameInEachRowAndStaysInRange() {
        final var shape = new ImageShape(3, 2, 8);
        final var pixels = new byte[shape.size()];
        java.util.Arrays.fill(pixels, (byte)100);
        pixels[1] = (byte)250;
        pixels[3] = 5;
        new SinusoidTrigger(20, 2).mark(pixels, shape);
        // sin(2 pi c 2 / 8) = 0, 1, 0, -1, 0, 1, 0, -1
        final int[] row = {100, 120, 100, 80, 100, 120, 100, 80};
        for (int i = 0; i < pixels.length; i++) {
            assertEquals(i == 1 ? 255 : i == 3 ? 0 : row[i % 8], Byte.toUnsignedInt(pixels[i]), "at " + i);
        }
        assertThrows(IllegalArgumentException.class, () -> new SinusoidTrigger(20, 4).validate(shape));
        assertThrows(IllegalArgumentException.class, () -> new SinusoidTrigger(0, 2));
    }
}
