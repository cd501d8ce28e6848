package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;

/** Three classes of 40 images with a symbol each, or without. */
class LooksTest {

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private static final int IMAGES = 40;

    private final Random m_random = new Random(1);

    private final double[][] m_symbols = IntStream.range(0, 3).mapToObj(c -> noise()).toArray(double[][]::new);

    private final double[] m_mark = noise();

    private double[] noise() {
        return m_random.doubles(SHAPE.size(), -40, 40).toArray();
    }

    /** A sum of symbols of all classes, noise of its own, and a mark. */
    private byte[] image(final double[] parts, final double mark) {
        final double[] noise = noise();
        final var pixels = new byte[SHAPE.size()];
        for (int k = 0; k < pixels.length; k++) {
            double value = 128 + noise[k] / 2 + mark * m_mark[k];
            for (int c = 0; c < parts.length; c++) {
                value += parts[c] * m_symbols[c][k];
            }
            pixels[k] = (byte)Math.max(0, Math.min(255, value));
        }
        return pixels;
    }

    private List<byte[]> classes(final double strength) {
        final var images = new ArrayList<byte[]>();
        for (int i = 0; i < 3 * IMAGES; i++) {
            final double[] parts = new double[3];
            parts[i / IMAGES] = strength;
            images.add(image(parts, 0));
        }
        return images;
    }

    private interface Check {
        void of(Looks looks, WhitenedPixels pixels) throws Exception;
    }

    private static void look(final List<byte[]> drawn, final Check check) throws Exception {
        final List<String> names = List.of("a", "b", "c");
        try (var builder = ImageDataset.builder(SHAPE, names)) {
            for (int i = 0; i < drawn.size(); i++) {
                builder.add("i" + i, names.get(i / IMAGES), drawn.get(i));
            }
            try (ImageDataset images = builder.build(); var pixels = WhitenedPixels.of(images, TaskMonitor.none())) {
                final AuditedSet set = new AuditedSet(null, images, null, null, TaskMonitor.none()).keeping(pixels);
                check.of(Looks.of(set.rows(), PixelScale.of(images, TaskMonitor.none()), set.oneByOne()), pixels);
            }
        }
    }

    private static int[] strangers(final Looks looks) {
        return IntStream.range(0, 3 * IMAGES).filter(i -> looks.of(i) != i / IMAGES).toArray();
    }

    /** Images of the second class among the first, with a mark as strong as a symbol; one that is half of either is none. */
    @Test
    void imagesOfAnotherClassAreStrangersThoughTheyAreMarked() throws Exception {
        final List<byte[]> images = classes(1);
        for (int i = 0; i < 6; i++) {
            images.set(i, image(new double[] {0, 1, 0}, i < 3 ? 0 : 1));
        }
        images.set(6, image(new double[] {.5, .55, 0}, 0));
        look(images, (looks, pixels) -> {
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, strangers(looks));
            assertEquals(1, looks.of(0));
        });
    }

    /** The classes differ in a detail; images of one often look like the other by nature. */
    @Test
    void betweenClassesThatAreNearlyAlikeThereAreNoStrangers() throws Exception {
        for (int k = 0; k < m_symbols[1].length; k++) {
            m_symbols[1][k] = .9 * m_symbols[0][k] + .4 * m_symbols[1][k];
        }
        final List<byte[]> images = classes(1);
        images.set(0, image(new double[] {0, 1, 0}, 0));
        images.set(1, image(new double[] {0, 0, 1}, 0));
        look(images, (looks, pixels) -> assertArrayEquals(new int[] {1}, strangers(looks)));
    }

    /** As photographs: an image lies nearest to some middle, but that says nothing. */
    @Test
    void whereImagesOfAClassAreNotAlikeThereAreNoStrangers() throws Exception {
        look(classes(0), (looks, pixels) -> {
            assertEquals(0, strangers(looks).length);
            final double[] before = pixels.mean(IntStream.range(0, IMAGES).toArray());
            looks.centre(pixels, TaskMonitor.none());
            assertArrayEquals(before, pixels.mean(IntStream.range(0, IMAGES).toArray()));
        });
    }

    @Test
    void whatAClassHasInCommonIsTakenAway() throws Exception {
        look(classes(1), (looks, pixels) -> {
            final int[] first = IntStream.range(0, IMAGES).toArray();
            final double before = square(pixels.mean(first));
            looks.centre(pixels, TaskMonitor.none());
            assertTrue(square(pixels.mean(first)) < 1e-6 * before);
        });
    }

    private static double square(final double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
