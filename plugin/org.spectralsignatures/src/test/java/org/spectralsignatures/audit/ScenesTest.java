package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;

/** A class of 60 images: films of some frames, in which a scene changes little by little. */
class ScenesTest {

    private static final int IMAGES = 60;

    private static final int[] ALL = IntStream.range(0, IMAGES).toArray();

    private static ImageDataset films(final int frames, final ImageShape shape) throws Exception {
        final var random = new Random(1);
        double[] scene = null;
        double[] next = null;
        try (var builder = ImageDataset.builder(shape, List.of("a", "b"))) {
            for (int i = 0; i < IMAGES; i++) {
                if (i % frames == 0) {
                    scene = random.doubles(shape.size(), 0, 200).toArray();
                    next = random.doubles(shape.size(), 0, 200).toArray();
                }
                final var pixels = new byte[shape.size()];
                for (int k = 0; k < pixels.length; k++) {
                    final double way = .6 * (i % frames) / frames;
                    pixels[k] = (byte)((1 - way) * scene[k] + way * next[k] + 20 * random.nextDouble());
                }
                builder.add("i" + i, "a", pixels);
            }
            return builder.build();
        }
    }

    private static int count(final int frames, final ImageShape shape) throws Exception {
        try (ImageDataset images = films(frames, shape)) {
            return Scenes.count(images, ALL, ALL);
        }
    }

    @Test
    void framesOfAFilmAreOneScene() throws Exception {
        final var shape = new ImageShape(3, 12, 12);
        assertEquals(60, count(1, shape));
        assertEquals(20, count(3, shape));
        assertEquals(4, count(15, shape));
        assertEquals(4, count(15, new ImageShape(3, 60, 60)));
    }

    @Test
    void fewAreHalfAsManyScenesAsImages() throws Exception {
        try (ImageDataset images = films(3, new ImageShape(3, 12, 12))) {
            assertTrue(Scenes.few(images, ALL, ALL));
            assertFalse(Scenes.few(images, IntStream.range(0, 20).map(k -> 3 * k).toArray(), ALL));
        }
    }
}
