package org.spectralsignatures.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class RandomDrawTest {

    /** Attacks, sets that are read in part and audits are to draw the same images for the same seed for ever. */
    @Test
    void drawsTheSameForTheSameSeed() {
        final int[] indices = IntStream.range(100, 120).toArray();
        final var random = new SplittableRandom(11);
        assertArrayEquals(new int[]{105, 116, 114, 115, 104}, RandomDraw.of(indices, 5, random));
        assertArrayEquals(new int[]{101, 112, 116, 110, 106}, RandomDraw.of(indices, 5, random));
        assertArrayEquals(new int[]{106, 108, 100, 111, 119, 110, 117, 112, 102, 105, 107, 109, 113, 104, 114, 103, 118, 101, 116, 115},
            RandomDraw.of(indices, 30, random), "all, where more are asked for");
        assertArrayEquals(IntStream.range(100, 120).toArray(), indices, "left as they were");
        assertArrayEquals(new int[0], RandomDraw.of(new int[0], 3, random));
        assertArrayEquals(new int[0], RandomDraw.of(indices, 0, random));
    }

    /** Each of 10 is among 3 drawn ones in 3 of 10 draws; the limits are five standard deviations off. */
    @Test
    void drawsEachAsOften() {
        final var random = new SplittableRandom(1);
        final var times = new int[10];
        for (int k = 0; k < 10_000; k++) {
            Arrays.stream(RandomDraw.of(IntStream.range(0, 10).toArray(), 3, random)).forEach(i -> times[i]++);
        }
        assertArrayEquals(new int[10], Arrays.stream(times).map(t -> Math.abs(t - 3000) < 230 ? 0 : t).toArray());
    }
}
