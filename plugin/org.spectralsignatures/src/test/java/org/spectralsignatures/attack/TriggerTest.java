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
        new Trigger(shape, row, column, 1, 2, 255).mark(pixels, SHAPE);
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
        final var error = assertThrows(IllegalArgumentException.class, () -> new Trigger(TriggerShape.X, 0, 3, 0, 0, 0).validate(SHAPE));
        assertTrue(error.getMessage().contains("row from 1 to 3 and a column from 1 to 4"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Trigger(TriggerShape.L, 4, 0, 0, 0, 0).validate(SHAPE));
        assertThrows(IllegalArgumentException.class, () -> new Trigger(TriggerShape.PIXEL, 0, 6, 0, 0, 0).validate(SHAPE));
    }

    @Test
    void colourOutsideOfBytesIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Trigger(TriggerShape.PIXEL, 0, 0, 256, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Trigger(TriggerShape.PIXEL, 0, 0, 0, -1, 0));
    }

    @Test
    void randomTriggersFitAndDependOnTheSeedAlone() {
        final Set<Trigger> distinct = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            final Trigger trigger = Trigger.random(SHAPE, seed);
            trigger.validate(SHAPE);
            assertEquals(trigger, Trigger.random(SHAPE, seed));
            distinct.add(trigger);
        }
        assertTrue(distinct.size() > 190);
    }
}
