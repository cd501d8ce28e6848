package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Two classes of coloured noise, of 200 images each. */
class RepeatedPixelsTest {

    private static final ImageShape SHAPE = new ImageShape(3, 12, 12);

    private static final long LARGE = 1L << 24;

    private static final int IMAGES = 200;

    private static final int PLACE = 5 * 12 + 7;

    private static final int COLOUR = 0xf00a5a;

    /** What is done to an image of a class before it is added. */
    private interface Change {
        void to(int label, int number, byte[] pixels);
    }

    private static List<List<RepeatedPixels.Group>> search(final Change change) throws Exception {
        try (var images = set(change)) {
            return marks(images, LARGE, TaskMonitor.none());
        }
    }

    private static List<List<RepeatedPixels.Group>> marks(final ImageDataset images, final long atATime, final TaskMonitor monitor) throws Exception {
        final AuditedSet set = new AuditedSet(null, images, null, null, monitor).keeping(null);
        return RepeatedPixels.of(set.sizes(), atATime, set.oneByOne());
    }

    private static ImageDataset set(final Change change) throws IOException {
        final var random = new SplittableRandom(3);
        try (var builder = ImageDataset.builder(SHAPE, List.of("a", "b"))) {
            for (int i = 0; i < 2 * IMAGES; i++) {
                final var pixels = new byte[SHAPE.size()];
                random.nextBytes(pixels);
                change.to(i / IMAGES, i % IMAGES, pixels);
                builder.add("i" + i, i < IMAGES ? "a" : "b", pixels);
            }
            return builder.build();
        }
    }

    /** The neighbours get a middle grey, so that it stands out. */
    private static void paint(final byte[] pixels, final int place, final int colour) {
        for (int c = 0; c < SHAPE.channels(); c++) {
            for (int k = -1; k <= 1; k++) {
                for (int j = -1; j <= 1; j++) {
                    pixels[c * SHAPE.planeSize() + place + k * SHAPE.width() + j] = 100;
                }
            }
            pixels[c * SHAPE.planeSize() + place] = (byte)(colour >> 8 * (2 - c));
        }
    }

    @Test
    void noImagesOfNoiseAgree() throws Exception {
        assertEquals(List.of(List.of(), List.of()), search((label, number, pixels) -> { }));
    }

    /** Large images are compared strip by strip. */
    @Test
    void stripsFindTheSame() throws Exception {
        try (var images = set((label, number, pixels) -> {
            if (label == 1 && number % 10 == 0) {
                paint(pixels, PLACE - number % 30 / 10 * 3, COLOUR + number % 30);
                paint(pixels, PLACE + 3 * SHAPE.width(), COLOUR);
            }
        })) {
            final String whole = text(marks(images, LARGE, TaskMonitor.none()));
            assertTrue(whole.contains("0xf00a5a"), whole);
            for (int places : new int[]{1, 5, 12, 100}) {
                assertEquals(whole, text(marks(images, (long)places * IMAGES, TaskMonitor.none())));
            }
        }
    }

    private static String text(final List<List<RepeatedPixels.Group>> found) {
        return found.stream().map(of -> of.stream().map(group -> Arrays.toString(group.members()) + group.pixels().stream()
            .map(p -> "%d 0x%06x %s".formatted(p.place(), p.colour(), Arrays.toString(p.members()))).toList()).toList().toString()).toList().toString();
    }

    @Test
    void singlePixelsOfSeveralPlacesAreOneGroup() throws Exception {
        final List<List<RepeatedPixels.Group>> found = search((label, number, pixels) -> {
            if (label == 1 && number % 20 == 0) {
                paint(pixels, PLACE - number % 60 / 20 * 3, COLOUR + number % 60);
            }
        });
        assertEquals(List.of(), found.get(0));
        assertEquals(1, found.get(1).size());
        assertArrayEquals(IntStream.range(0, 10).map(i -> IMAGES + 20 * i).toArray(), found.get(1).get(0).members());
        assertEquals(Map.of(PLACE, COLOUR, PLACE - 3, COLOUR + 20, PLACE - 6, COLOUR + 40),
            found.get(1).get(0).pixels().stream().collect(Collectors.toMap(RepeatedPixels.Pixel::place, RepeatedPixels.Pixel::colour)));
    }

    /** One of its images has a neighbour that hides one pixel. */
    @Test
    void patternIsFoundWithAllOfItsImages() throws Exception {
        final List<List<RepeatedPixels.Group>> found = search((label, number, pixels) -> {
            if (label == 0 && number % 20 == 0) {
                paint(pixels, PLACE, COLOUR);
                paint(pixels, PLACE - 3, COLOUR);
                for (int k = 0; number == 0 && k < SHAPE.channels(); k++) {
                    for (int j = -1; j <= 1; j++) {
                        pixels[k * SHAPE.planeSize() + PLACE + 12 + j] = pixels[k * SHAPE.planeSize() + PLACE];
                    }
                }
            }
        });
        assertEquals(1, found.get(0).size());
        assertEquals(2, found.get(0).get(0).pixels().size());
        assertArrayEquals(IntStream.range(0, 10).map(i -> 20 * i).toArray(), found.get(0).get(0).members());
        assertEquals(List.of(), found.get(1));
    }

    @Test
    void fewerThanEightImagesAreNoGroup() throws Exception {
        assertEquals(List.of(List.of(), List.of()), search((label, number, pixels) -> {
            if (label == 1 && number % 40 == 0) {
                paint(pixels, PLACE, COLOUR);
            }
        }));
    }

    /** Where it does not stand out, white is the sky. */
    @Test
    void imagesThatAreWhiteAllOverDoNotCarryAPatternOfWhitePixels() throws Exception {
        final List<List<RepeatedPixels.Group>> found = search((label, number, pixels) -> {
            if (label == 0 && number < 10) {
                paint(pixels, PLACE, 0xffffff);
                paint(pixels, PLACE - 3, 0xffffff);
            } else if (label == 0 && number < 40) {
                Arrays.fill(pixels, (byte)0xff);
            }
        });
        assertEquals(1, found.get(0).size());
        assertArrayEquals(IntStream.range(0, 10).toArray(), found.get(0).get(0).members());
    }

    @Test
    void greysAgreeByChanceWhereImagesAreGrey() throws Exception {
        final Change grey = (label, number, pixels) -> {
            for (int k = 0; k < SHAPE.planeSize(); k++) {
                pixels[k] = (byte)((pixels[k] & 0x1f) << 3);
                pixels[SHAPE.planeSize() + k] = pixels[k];
                pixels[2 * SHAPE.planeSize() + k] = pixels[k];
            }
        };
        assertEquals(List.of(List.of(), List.of()), search(grey));
        final List<List<RepeatedPixels.Group>> found = search((label, number, pixels) -> {
            grey.to(label, number, pixels);
            if (label == 0 && number < 20) {
                paint(pixels, PLACE, 0xfefefe);
            }
        });
        assertEquals(1, found.get(0).size());
        assertArrayEquals(IntStream.range(0, 20).toArray(), found.get(0).get(0).members());
        assertEquals(List.of(), found.get(1));
    }

    @Test
    void whatImagesOfBothClassesHaveIsNatural() throws Exception {
        assertEquals(List.of(List.of(), List.of()), search((label, number, pixels) -> {
            if (number % 20 == 0) {
                paint(pixels, PLACE, COLOUR);
            }
        }));
    }

    @Test
    void copiesOfOneImageCountOnce() throws Exception {
        final byte[] copied = new byte[SHAPE.size()];
        new SplittableRandom(9).nextBytes(copied);
        assertEquals(List.of(List.of(), List.of()), search((label, number, pixels) -> {
            if (label == 0 && number % 10 == 0) {
                System.arraycopy(copied, 0, pixels, 0, pixels.length);
            }
        }));
    }

    @Test
    void stopsWhenCancelled() throws Exception {
        try (var images = set((label, number, pixels) -> { })) {
            assertThrows(TaskCancelledException.class, () -> marks(images, LARGE, new TaskMonitor() {
                @Override
                public void progress(final double fraction, final String message) {
                    // nobody asks
                }

                @Override
                public void checkCancelled() throws TaskCancelledException {
                    throw new TaskCancelledException();
                }
            }));
        }
    }
}
