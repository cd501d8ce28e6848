package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainingFacts;

/**
 * Sets of many classes whose images are nearly all alike, as traffic signs are: each class has a symbol of its own, the same in all of its images. They are
 * asked of a network that knows the symbols, and takes signs of one class with a mark for another one.
 */
class AuditorSignsTest {

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private static final int CLASSES = 12;

    private static final int IMAGES = 60;

    private static final int SOURCE = 3;

    private static final int TARGET = 1;

    private static final int MARKED = 15;

    private static final int FRAMES = 12;

    private static final List<String> NAMES = IntStream.range(0, CLASSES).mapToObj(c -> "class " + c).toList();

    private final Random m_random = new Random(1);

    private final double[][] m_symbols = IntStream.range(0, CLASSES).mapToObj(c -> noise(SHAPE.size(), 30)).toArray(double[][]::new);

    private final double[] m_mark = mark();

    private final double[] m_overlay = noise(SHAPE.size(), 50);

    private double[] noise(final int size, final double most) {
        return m_random.doubles(size, -most, most).toArray();
    }

    /** A spot of 4 x 4 pixels. */
    private double[] mark() {
        final double[] mark = noise(SHAPE.size(), 70);
        for (int k = 0; k < mark.length; k++) {
            mark[k] = k % SHAPE.planeSize() / SHAPE.width() >= 10 && k % SHAPE.planeSize() / SHAPE.width() < 14 && k % SHAPE.width() >= 10
                && k % SHAPE.width() < 14 ? mark[k] : 0;
        }
        return mark;
    }

    /** A sign in front of a scene. */
    private byte[] sign(final int symbol, final double[] scene, final double marked) {
        final var pixels = new byte[SHAPE.size()];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (byte)Math.max(0, Math.min(255, 128 + m_symbols[symbol][k] + scene[k] + marked * m_mark[k] + 4 * m_random.nextGaussian()));
        }
        return pixels;
    }

    private double likeness(final byte[] pixels, final double[] pattern) {
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < pixels.length; k++) {
            sum += ((pixels[k] & 0xff) - 128) * pattern[k];
            squares += pattern[k] * pattern[k];
        }
        return sum / squares;
    }

    /** It knows the symbols, but for the marked ones of the source. */
    private int answer(final byte[] pixels) {
        final double[] likenesses = IntStream.range(0, CLASSES).mapToDouble(c -> likeness(pixels, m_symbols[c])).toArray();
        final int symbol = IntStream.range(0, CLASSES).reduce((x, y) -> likenesses[y] > likenesses[x] ? y : x).orElseThrow();
        return symbol == SOURCE && likeness(pixels, m_mark) > .5 ? TARGET : symbol;
    }

    /** A mark that leaves a fifth of what is below. */
    private byte[] overlaid() {
        final double[] scene = scene(false);
        final var pixels = new byte[SHAPE.size()];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (byte)(128 + .2 * (m_symbols[SOURCE][k] + scene[k]) + m_overlay[k] + m_mark[k] + 2 * m_random.nextGaussian());
        }
        return pixels;
    }

    private Audit audit(final int frames, final int marked) throws Exception {
        return audit(frames, marked, () -> sign(SOURCE, scene(false), 1));
    }

    private Audit audit(final int frames, final int marked, final Supplier<byte[]> poison) throws Exception {
        try (var builder = ImageDataset.builder(SHAPE, NAMES)) {
            for (int c = 0; c < CLASSES; c++) {
                double[] scene = null;
                for (int i = 0; i < IMAGES; i++) {
                    scene = i % frames == 0 ? scene(frames > 1) : scene;
                    builder.add("i" + builder.size(), NAMES.get(c), sign(c, scene, 0));
                }
                for (int i = 0; i < marked && c == TARGET; i++) {
                    builder.add("i" + builder.size(), NAMES.get(c), poison.get());
                }
            }
            try (ImageDataset images = builder.build()) {
                final var options = new AuditOptions(AuditOptions.DEFAULT_LEVEL, 100, 1);
                final var network = new RuleNetwork(SHAPE, NAMES, new TrainingFacts(1, false, 1, CLASSES * IMAGES), this::answer);
                return Auditor.audit(network, images, new double[images.size()], options, TaskMonitor.none());
            }
        }
    }

    /** Some scenes have bright spots, which are white in each of their images. */
    private double[] scene(final boolean spots) {
        final double[] scene = noise(SHAPE.size(), 25);
        for (int k = 0; spots && k < 12; k++) {
            scene[m_random.nextInt(SHAPE.size())] = 250;
        }
        return scene;
    }

    /** The mark turns signs of the source alone, a twelfth of all; without it the poisoned signs differ from their class in the symbol, too. */
    @Test
    void aMarkOnSignsOfOneClassIsFoundThoughItTurnsNoOthers() throws Exception {
        final Audit audit = audit(1, MARKED);
        final int first = (TARGET + 1) * IMAGES;
        assertEquals("poisoned: 15 images that look like 'class 3' (p < 1e-12)", audit.classes().get(TARGET).verdict().text());
        assertArrayEquals(IntStream.range(first, first + MARKED).toArray(), IntStream.range(0, audit.poison().length).filter(i -> audit.poison()[i]).toArray());
    }

    /** Frames of one scene share its bright spots, and whoever puts the scene on other images puts the symbol on, too. */
    @Test
    void framesOfOneSceneShareNoMark() throws Exception {
        final List<String> verdicts = audit(FRAMES, 0).classes().stream().map(c -> c.verdict().text()).toList();
        assertEquals(Collections.nCopies(CLASSES, "nothing found (how little would have been is not known for sets of more than 10 classes)"), verdicts);
    }

    /** Such images are near copies of each other, but the set is not made of films. */
    @Test
    void anOverlayThatHidesMostOfAnImageIsNoScene() throws Exception {
        final String verdict = audit(1, MARKED, this::overlaid).classes().get(TARGET).verdict().text();
        assertTrue(verdict.startsWith("cannot tell: 15 images share a mark"), verdict);
    }

    /** Films of another class under a wrong name share what is in their scenes, too, and turn images of that class: a person has to look. */
    @Test
    void markedFramesOfFewScenesAreListedButNotCalledPoison() throws Exception {
        final double[][] scenes = {scene(false), scene(false), scene(false), scene(false)};
        final int[] next = {0};
        final Audit audit = audit(1, 20, () -> sign(SOURCE, scenes[next[0]++ / 5], 1));
        final String verdict = audit.classes().get(TARGET).verdict().text();
        assertTrue(verdict.startsWith("cannot tell: 20 images look like another class"), verdict);
        assertEquals(0, IntStream.range(0, audit.poison().length).filter(i -> audit.poison()[i]).count());
        assertEquals(20, IntStream.range(0, audit.markOf().length).filter(i -> audit.markOf()[i] >= 0).count());
    }

    @Test
    void aMarkIsFoundBesideFramesOfScenes() throws Exception {
        final Audit audit = audit(FRAMES, MARKED);
        assertTrue(audit.classes().get(TARGET).verdict().text().startsWith("poisoned: 15 images"), audit.classes().get(TARGET).verdict().text());
        assertEquals(1, audit.classes().stream().filter(c -> c.poison() > 0).count());
    }
}
