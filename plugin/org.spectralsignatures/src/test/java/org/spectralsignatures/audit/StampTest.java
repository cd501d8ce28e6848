package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.attack.BlendTrigger;
import org.spectralsignatures.attack.PatchTrigger;
import org.spectralsignatures.attack.Pattern;
import org.spectralsignatures.attack.SinusoidTrigger;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;

/** Marks of noise images, of which the last forty carry a trigger. */
class StampTest {

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private static final int CLEAN = 200;

    private static final int MARKED = 40;

    private static final int[] REST = IntStream.range(0, CLEAN).toArray();

    private static final int[] MEMBERS = IntStream.range(CLEAN, CLEAN + MARKED).toArray();

    private static ImageDataset set(final Trigger trigger) throws IOException {
        final var random = new SplittableRandom(7);
        try (var builder = ImageDataset.builder(SHAPE, List.of("a"))) {
            for (int i = 0; i < CLEAN + MARKED; i++) {
                final byte[] pixels = noise(random);
                if (i >= CLEAN) {
                    trigger.mark(pixels, SHAPE);
                }
                builder.add("i" + i, "a", pixels);
            }
            return builder.build();
        }
    }

    private static byte[] noise(final SplittableRandom random) {
        final var pixels = new byte[SHAPE.size()];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (byte)(60 + random.nextInt(120));
        }
        return pixels;
    }

    @Test
    void patchReplacesItsPixelsAndNoOthers() throws Exception {
        final var trigger = new PatchTrigger(Pattern.noise(new ImageShape(3, 3, 3), 1), 4, 6);
        try (var images = set(trigger)) {
            final Stamp stamp = Stamp.of(images, MEMBERS, REST);
            final byte[] before = noise(new SplittableRandom(9));
            final byte[] wanted = before.clone();
            trigger.mark(wanted, SHAPE);
            final byte[] stamped = before.clone();
            stamp.putOn(stamped);
            int far = 0;
            for (int k = 0; k < stamped.length; k++) {
                final boolean inside = k % 256 / 16 >= 4 && k % 256 / 16 < 7 && k % 16 >= 6 && k % 16 < 9;
                final int difference = Math.abs(Byte.toUnsignedInt(stamped[k]) - Byte.toUnsignedInt(wanted[k]));
                assertTrue(!inside || difference == 0, "value " + k + " differs by " + difference);
                far += !inside && difference > 60 ? 1 : 0;
            }
            assertEquals(0, far, "values outside are those that were there, but for what the means differ in by chance and near the patch");
            stamp.takeOff(stamped);
            final byte[] blank = before.clone();
            stamp.takeOff(blank);
            assertEquals(blank[4 * 16 + 6], stamped[4 * 16 + 6], 30, "what lay below is taken from around it");
        }
    }

    /** The sum of the squares of what is added is that of the signal; noise of forty images is far less. */
    @Test
    void signalIsAddedAndTakenOff() throws Exception {
        final var trigger = new SinusoidTrigger(20, 4);
        try (var images = set(trigger)) {
            final Stamp stamp = Stamp.of(images, MEMBERS, REST);
            final byte[] grey = new byte[SHAPE.size()];
            Arrays.fill(grey, (byte)128);
            final byte[] stamped = grey.clone();
            stamp.putOn(stamped);
            final byte[] wanted = grey.clone();
            trigger.mark(wanted, SHAPE);
            double product = 0;
            double length = 0;
            for (int k = 0; k < grey.length; k++) {
                product += (Byte.toUnsignedInt(stamped[k]) - 128.) * (Byte.toUnsignedInt(wanted[k]) - 128.);
                length += Math.pow(Byte.toUnsignedInt(wanted[k]) - 128., 2);
            }
            assertEquals(1, product / length, .1);
            stamp.takeOff(stamped);
            for (int k = 0; k < grey.length; k++) {
                assertEquals(128, Byte.toUnsignedInt(stamped[k]), 1);
            }
        }
    }

    /** Low frequencies belong to a mark where members and others look alike. */
    @Test
    void theWholeDifferenceIsAddedOnceOrTwice() throws Exception {
        final var white = new byte[SHAPE.size()];
        Arrays.fill(white, (byte)255);
        try (var images = set(new BlendTrigger(new Pattern(SHAPE, white), .1))) {
            assertEquals(128, grey(Stamp.of(images, MEMBERS, REST)), 1.5);
            assertEquals(141.5, grey(Stamp.of(images, MEMBERS, REST, Stamp.Form.WHOLE)), 1.5);
            assertEquals(155, grey(Stamp.of(images, MEMBERS, REST, Stamp.Form.TWICE)), 3);
            assertEquals(134.7, grey(Stamp.difference(images, MEMBERS, REST, .5)), 1.5);
        }
    }

    private static double grey(final Stamp stamp) {
        final byte[] grey = new byte[SHAPE.size()];
        Arrays.fill(grey, (byte)128);
        stamp.putOn(grey);
        return IntStream.range(0, grey.length).map(k -> grey[k] & 0xff).average().orElseThrow();
    }

    @Test
    void patternIsFoundFromHalfOfThoseThatCarryIt() throws Exception {
        try (var images = set(new SinusoidTrigger(20, 4)); var pixels = WhitenedPixels.of(images, TaskMonitor.none())) {
            final int[] start = IntStream.concat(IntStream.range(0, 20), IntStream.range(CLEAN, CLEAN + MARKED / 2)).toArray();
            final int[] own = IntStream.concat(IntStream.range(0, 150), IntStream.of(MEMBERS)).toArray();
            final List<MatchedFilter> found = MatchedFilter.of(pixels, List.of(start), own, IntStream.range(150, CLEAN).toArray(), TaskMonitor.none());
            assertEquals(1, found.size());
            final long marked = IntStream.of(found.get(0).members()).filter(i -> i >= CLEAN).count();
            assertEquals(MARKED, marked);
            assertTrue(found.get(0).members().length - marked <= 3, found.get(0).members().length + " members");
            assertTrue(found.get(0).width() < 2, "a fifth of the class carries it, and widens it little");
            assertTrue(found.get(0).opposite() < .1);
            assertTrue(found.get(0).strength() > 2 * found.get(0).threshold());
        }
    }
}
