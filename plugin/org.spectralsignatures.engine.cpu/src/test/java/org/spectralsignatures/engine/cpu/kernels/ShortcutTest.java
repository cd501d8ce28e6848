package org.spectralsignatures.engine.cpu.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;

import org.junit.jupiter.api.Test;

class ShortcutTest {

    private static final int IMAGES = 3;

    @Test
    void identityCopies() {
        final var shortcut = new Shortcut(4, 4, 3, 3, 1);
        final float[] x = Arrays4.random(1, 2 * 4 * 4 * 3);
        final var y = new float[x.length];
        shortcut.forward(FloatBuffer.wrap(x), FloatBuffer.wrap(y), 0, 2);
        assertTrue(shortcut.identity());
        assertArrayEquals(x, y);
    }

    @Test
    void averagesTwoByTwoAndAddsZeroChannelsOnBothSides() {
        // one image of 2 x 2 pixels with channels (1, 10), (2, 20), (3, 30), (6, 60)
        final var shortcut = new Shortcut(2, 2, 2, 4, 2);
        final var y = new float[4];
        shortcut.forward(FloatBuffer.wrap(new float[]{1, 10, 2, 20, 3, 30, 6, 60}), FloatBuffer.wrap(y), 0, 1);
        assertFalse(shortcut.identity());
        assertArrayEquals(new float[]{0, 3, 30, 0}, y);
    }

    @Test
    void averagesWhatIsThereAtTheEdgeOfOddSides() {
        // two images of 3 x 3 pixels with one channel
        final var shortcut = new Shortcut(3, 3, 1, 3, 2);
        final var x = new float[]{1, 3, 5, 5, 7, 9, 10, 20, 40, 2, 2, 4, 2, 2, 6, 1, 3, 9};
        final var y = new float[24];
        shortcut.forward(FloatBuffer.wrap(x), FloatBuffer.wrap(y), 0, 1);
        shortcut.forward(FloatBuffer.wrap(x), FloatBuffer.wrap(y), 1, 2);
        assertArrayEquals(new float[]{0, 4, 0, 0, 7, 0, 0, 15, 0, 0, 40, 0, 0, 2, 0, 0, 5, 0, 0, 2, 0, 0, 9, 0}, y);
    }

    /** The backward pass is the transposed matrix: dy . forward(x) = backward(dy) . x for all x and dy. */
    @Test
    void backwardIsTheTranspose() {
        for (Shortcut shortcut : new Shortcut[]{new Shortcut(4, 6, 4, 8, 2), new Shortcut(4, 6, 4, 6, 1), new Shortcut(4, 4, 5, 5, 2),
            new Shortcut(5, 6, 4, 8, 2), new Shortcut(4, 7, 3, 3, 2), new Shortcut(5, 7, 2, 4, 2), new Shortcut(1, 5, 2, 2, 2)}) {
            final int inputs = IMAGES * shortcut.height() * shortcut.width() * shortcut.channels();
            final int outputs = IMAGES * ((shortcut.height() + shortcut.stride() - 1) / shortcut.stride()) * ((shortcut.width() + shortcut.stride() - 1) / shortcut.stride())
                * shortcut.filters();
            final float[] x = Arrays4.random(1, inputs);
            final float[] dy = Arrays4.random(2, outputs);
            final var y = new float[outputs];
            final var dx = new float[inputs];
            for (int i = 0; i < IMAGES; i++) {
                shortcut.forward(FloatBuffer.wrap(x), FloatBuffer.wrap(y), i, i + 1);
                shortcut.backward(FloatBuffer.wrap(dy), FloatBuffer.wrap(dx), i, i + 1);
            }
            assertEquals(dot(dy, y), dot(dx, x), 1e-4, shortcut.toString());
        }
    }

    private static double dot(final float[] a, final float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double)a[k] * b[k];
        }
        return sum;
    }
}
