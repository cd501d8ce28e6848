package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainingFacts;

/** Where the steps of an audit are taken for each class by itself, on what was sent there, the same is found as where they follow each other. */
class AuditElsewhereTest {

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private static final int IMAGES = 60;

    private static final int MARKED = 15;

    private final Random m_random = new Random(1);

    /** A class a symbol. */
    private final double[][] m_symbols;

    private final double[] m_mark = noise(70);

    private final List<String> m_names;

    AuditElsewhereTest() {
        m_symbols = IntStream.range(0, 5).mapToObj(c -> noise(30)).toArray(double[][]::new);
        m_names = IntStream.range(0, m_symbols.length).mapToObj(c -> "class " + c).toList();
        for (int k = 0; k < m_mark.length; k++) {
            final int place = k % SHAPE.planeSize();
            m_mark[k] = place / SHAPE.width() < 12 || place % SHAPE.width() < 12 ? 0 : m_mark[k];
        }
    }

    private double[] noise(final double most) {
        return m_random.doubles(SHAPE.size(), -most, most).toArray();
    }

    private byte[] image(final double[] symbol, final double marked) {
        final double[] scene = noise(25);
        final var pixels = new byte[SHAPE.size()];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (byte)Math.max(0, Math.min(255, 128 + symbol[k] + scene[k] + marked * m_mark[k]));
        }
        return pixels;
    }

    private static double likeness(final byte[] pixels, final double[] pattern) {
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < pixels.length; k++) {
            sum += ((pixels[k] & 0xff) - 128) * pattern[k];
            squares += pattern[k] * pattern[k];
        }
        return sum / squares;
    }

    private int answer(final byte[] pixels) {
        final double[] likenesses = IntStream.range(0, m_symbols.length).mapToDouble(c -> likeness(pixels, m_symbols[c])).toArray();
        return likeness(pixels, m_mark) > .5 ? 1 : IntStream.range(0, likenesses.length).reduce((x, y) -> likenesses[y] > likenesses[x] ? y : x).orElseThrow();
    }

    /** Poison of the last class among the second one, some pixels of which are the same in other images, too; one class is empty, one too small. */
    private ImageDataset images() throws IOException {
        try (var builder = ImageDataset.builder(SHAPE, m_names)) {
            for (int i = 0; i < 3 * IMAGES + MARKED + 20; i++) {
                final int label = i >= 3 * IMAGES + MARKED ? 4 : i >= 3 * IMAGES ? 1 : i % 3;
                final byte[] pixels = image(m_symbols[i >= 3 * IMAGES && label == 1 ? 4 : label], label == 1 && i >= 3 * IMAGES ? 1 : 0);
                if (i % 7 == 0) {
                    pixels[40] = (byte)255;
                }
                if (label == 2 && i % 4 == 0) {
                    pixels[100] = pixels[100 + SHAPE.planeSize()] = pixels[100 + 2 * SHAPE.planeSize()] = (byte)255;
                }
                builder.add("i" + i, m_names.get(label), pixels);
            }
            return builder.build();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T sent(final T value) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T)in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theSameIsFound() throws Exception {
        final var options = new AuditOptions(AuditOptions.DEFAULT_LEVEL, 50, 7);
        try (ImageDataset images = images()) {
            final var network = new RuleNetwork(SHAPE, m_names, new TrainingFacts(1, false, 1, images.size()), this::answer);
            final double[] scores = m_random.doubles(images.size()).toArray();
            final Audit here = Auditor.audit(network, images, scores, options, TaskMonitor.none());
            final var steps = new ArrayList<String>();
            final Audit there = Auditor.audit(new AuditedSet(network, images, scores, options, TaskMonitor.none()), new EachClass() {
                @Override
                public <S, T> List<T> each(final String name, final S shared, final Step<S, T> step) throws IOException, TaskCancelledException {
                    steps.add(name);
                    final List<T> found = new ArrayList<>();
                    for (int c = m_names.size() - 1; c >= 0; c--) { // whatever the order
                        found.add(0, sent(sent(step).of(new AuditedSet(network, images, scores, options, TaskMonitor.none()), c, sent(shared))));
                    }
                    return found;
                }
            });
            assertEquals(steps.stream().distinct().toList(), steps);
            assertTrue(here.classes().get(1).verdict().text().startsWith("poisoned: 15 images that look like 'class 4'"), here.classes().toString());
            assertTrue(here.marks().size() > 2, here.marks().toString());
            assertEquals(here.classes(), there.classes());
            assertEquals(text(here), text(there));
            assertArrayEquals(here.markOf(), there.markOf());
            assertArrayEquals(here.evidence(), there.evidence());
            assertArrayEquals(here.looksLike(), there.looksLike());
            assertArrayEquals(here.poison(), there.poison());
        }
    }

    private static List<String> text(final Audit audit) {
        return audit.marks().stream().map(m -> "%d %d %s %d %d %s %d %s %s".formatted(m.label(), m.images(), m.strength(), m.asked(), m.taken(), m.pValue(),
            m.looksLike(), m.poison(), Arrays.toString(m.picture()))).toList();
    }
}
