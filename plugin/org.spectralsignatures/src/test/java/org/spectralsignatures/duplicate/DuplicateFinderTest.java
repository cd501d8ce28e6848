package org.spectralsignatures.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

class DuplicateFinderTest {

    private final DuplicateFinder finder = new DuplicateFinder();

    private void add(final String key, final String label, final String part, final DecodedImage image) {
        finder.add(key, label, part, Fingerprint.of(image));
    }

    private static String text(final DuplicateCount count) {
        return "%s %s %s %d %s".formatted(count.likeness(), count.relation(), count.label(), count.images(),
            count.examples().stream().map(p -> p.first().key() + "=" + p.second().key()).toList());
    }

    @Test
    void pairsAreCountedByWhereTheyStand() throws Exception {
        final DecodedImage a = Scenes.scene(1, 32, 32);
        final DecodedImage b = Scenes.scene(2, 32, 32);
        final DecodedImage c = Scenes.scene(3, 32, 32);
        add("1", "cat", "training", a);
        add("2", "dog", "training", a);
        add("3", "cat", "training", b);
        add("4", "cat", "training", Scenes.mirrored(b));
        add("5", "dog", "training", c);
        add("6", "dog", "test", Scenes.jpeg(c, .8f));
        add("7", "dog", "test", Scenes.scene(4, 32, 32));
        assertEquals(List.of("SAME OTHER_CLASS cat 1 [1=2]", "SAME OTHER_CLASS dog 1 [1=2]", "NEAR OTHER_PART dog 2 [5=6]", "NEAR SAME_CLASS cat 2 [3=4]"),
            finder.find(TaskMonitor.none()).counts().stream().map(DuplicateFinderTest::text).toList());
    }

    /** A poisoned image whose source stays in the set is found, whatever its mark. */
    @Test
    void poisonWithItsSourceIsFound() throws Exception {
        final int images = 40;
        for (int i = 0; i < images; i++) {
            add("clean" + i, "airplane", "", Scenes.scene(i, 32, 32));
        }
        for (int i = 0; i < images; i += 4) {
            add("poison" + i, "bird", "", Scenes.marked(Scenes.scene(i, 32, 32), i % 8 == 0 ? 1 : 2));
        }
        final Duplicates found = finder.find(TaskMonitor.none());
        assertEquals(20, found.images(Likeness.NEAR, Relation.OTHER_CLASS));
        assertEquals(2, found.counts().size());
        assertEquals("clean0=poison0", found.counts().get(1).examples().stream().map(p -> p.first().key() + "=" + p.second().key()).findFirst().orElseThrow());
    }

    @Test
    void manyCopiesAreOneGroupWithFewExamples() throws Exception {
        for (int i = 0; i < 1000; i++) {
            add("copy" + i, i % 2 == 0 ? "cat" : "dog", i < 500 ? "training" : "test", Scenes.scene(1, 16, 16));
        }
        final Duplicates found = finder.find(TaskMonitor.none());
        for (Relation relation : Relation.values()) {
            assertEquals(1000, found.images(Likeness.SAME, relation));
        }
        found.counts().forEach(count -> assertTrue(count.examples().size() <= 20 && !count.examples().isEmpty()));
        assertEquals(0, found.images(Likeness.NEAR, Relation.OTHER_CLASS));
    }

    /** Against a comparison of all images with all. */
    @Test
    void theIndexFindsWhatAllPairsFind() throws Exception {
        final var random = new SplittableRandom(8);
        final var prints = new Fingerprints();
        final int n = 400;
        for (int i = 0; i < n; i++) {
            final DecodedImage scene = Scenes.scene(random.nextInt(250), 24, 24);
            final DecodedImage image = switch (random.nextInt(4)) {
                case 0 -> Scenes.mirrored(scene);
                case 1 -> Scenes.marked(scene, 1 + random.nextInt(6));
                case 2 -> Scenes.jpeg(scene, .3f);
                default -> scene;
            };
            add("image" + i, "class" + i, "", image);
            prints.add(Fingerprint.of(image));
        }
        final var expected = new TreeSet<String>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j && prints.compare(i, j) != 0 && prints.alike(i, j)) {
                    expected.add("class" + i);
                }
            }
        }
        final var found = new TreeSet<String>();
        finder.find(TaskMonitor.none()).counts().stream().filter(c -> c.likeness() == Likeness.NEAR).forEach(c -> found.add(c.label()));
        assertTrue(expected.size() > 50, expected.size() + " have twins");
        assertEquals(expected, found);
    }

    @Test
    void plainAreasAreComparedByTheirPixelsAlone() throws Exception {
        for (int value : new int[]{10, 10, 20, 30}) {
            final var pixels = new byte[3 * 8 * 8];
            Arrays.fill(pixels, (byte)value);
            add("plain", "wall", "", new DecodedImage(new ImageShape(3, 8, 8), pixels));
        }
        final Duplicates found = finder.find(TaskMonitor.none());
        assertEquals(4, found.flat());
        assertEquals(2, found.images(Likeness.SAME, Relation.SAME_CLASS));
        assertEquals(1, found.counts().size());
    }

    /** Images that are alike by their hashes and not by their pixels would make the search quadratic. */
    @Test
    void aSearchThatTakesTooLongEndsAndSaysSo() throws Exception {
        final var limited = new DuplicateFinder(1000);
        final DecodedImage scene = Scenes.scene(1, 32, 32);
        for (int i = 0; i < 500; i++) {
            final byte[] pixels = scene.pixels().clone();
            pixels[i] ^= 1;
            limited.add("i" + i, "cat", "", Fingerprint.of(new DecodedImage(scene.shape(), pixels)));
        }
        final Duplicates found = limited.find(TaskMonitor.none());
        assertTrue(found.notCompared() > 400 && found.notCompared() < 500, found.notCompared() + " were not compared");
        assertEquals(500, found.images(Likeness.NEAR, Relation.SAME_CLASS));
    }

    @Test
    void theSearchCanBeCancelled() {
        add("1", "cat", "", Scenes.scene(1, 8, 8));
        assertThrows(TaskCancelledException.class, () -> finder.find(new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // not looked at
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                throw new TaskCancelledException();
            }
        }));
    }

    @Test
    void anEmptySetHasNone() throws Exception {
        assertEquals(new Duplicates(new ArrayList<>(), 0, 0), finder.find(TaskMonitor.none()));
    }
}
