package org.spectralsignatures.benchmarks.power;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import org.spectralsignatures.attack.AttackMode;
import org.spectralsignatures.attack.Backdoor;
import org.spectralsignatures.attack.BlendTrigger;
import org.spectralsignatures.attack.MultiPixelTrigger;
import org.spectralsignatures.attack.PatchTrigger;
import org.spectralsignatures.attack.Pattern;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.PoisonSelection;
import org.spectralsignatures.attack.SinusoidTrigger;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageDatasetBuilder;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.LabelledImage;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReaderOptions;
import org.spectralsignatures.reader.Split;

/** The images of a run: drawn, and poisoned as the run says. */
final class PoisonedSet {

    private static final int CHECKER = 3;

    private static final int PATCH = 4;

    private static final int WAYS = 8;

    private final GridRun m_run;

    private final List<LabelledImage> m_clean;

    private final List<LabelledImage> m_poison = new ArrayList<>();

    /** For each poisoned image its attack. */
    private final List<Integer> m_attacks = new ArrayList<>();

    private final List<Trigger> m_triggers = new ArrayList<>();

    PoisonedSet(final Path cifar, final GridRun run) throws Exception {
        m_run = run;
        m_clean = read(cifar, Split.TRAINING, run.classes(), run.images(), run.seed());
        final ImageShape shape = m_clean.get(0).shape();
        final List<String> labels = m_clean.stream().map(LabelledImage::label).toList();
        final var used = new BitSet();
        final var gone = new BitSet();
        for (int a = 0; a < run.attacks().size(); a++) {
            final GridRun.Attack attack = run.attacks().get(a);
            final Trigger trigger = trigger(attack.kind(), shape, run.seed() * 31 + a);
            m_triggers.add(trigger);
            final var backdoor = new Backdoor(trigger, attack.source(), attack.target(), attack.epsilon(), attack.mode(), run.seed() * 17 + a);
            int part = 0;
            for (int chosen : PoisonSelection.select(labels, used, backdoor)) {
                used.set(chosen);
                final LabelledImage image = m_clean.get(chosen);
                final byte[] marked = image.pixels().clone();
                trigger.mark(part++ % trigger.parts(), marked, shape);
                m_poison.add(new LabelledImage(image.key() + "_poisoned", attack.target(), shape, marked));
                m_attacks.add(a);
                if (attack.mode() != AttackMode.ADD) {
                    gone.set(chosen);
                }
            }
        }
        for (int i = gone.length() - 1; i >= 0; i = gone.previousSetBit(i - 1)) {
            m_clean.remove(i);
        }
    }

    static List<LabelledImage> read(final Path cifar, final Split split, final List<String> classes, final int images, final long seed)
        throws Exception {
        final var read = new ArrayList<LabelledImage>();
        LabelledImageReader.read(new ReaderOptions(cifar, ImageSetFormat.GUESS, split, classes, images, List.of(), seed, false), read::add,
            TaskMonitor.none());
        return read;
    }

    private static Trigger trigger(final String kind, final ImageShape shape, final long seed) {
        return switch (kind) {
            case "pixel" -> PixelTrigger.random(TriggerShape.PIXEL, shape, seed);
            case "x" -> PixelTrigger.random(TriggerShape.X, shape, seed);
            case "l" -> PixelTrigger.random(TriggerShape.L, shape, seed);
            case "patch" -> PatchTrigger.random(Pattern.noise(new ImageShape(3, PATCH, PATCH), seed), shape, seed);
            case "checker" -> new PatchTrigger(checker(), shape.height() - CHECKER - 1, shape.width() - CHECKER - 1);
            case "blend.1" -> new BlendTrigger(Pattern.noise(shape, seed), .1);
            case "blend.2" -> new BlendTrigger(Pattern.noise(shape, seed), .2);
            case "sinusoid" -> new SinusoidTrigger(20, 6);
            case "m-way" -> MultiPixelTrigger.random(WAYS, shape, seed);
            default -> throw new IllegalArgumentException("There is no trigger '%s'.".formatted(kind));
        };
    }

    /** A checkerboard in black and white. */
    private static Pattern checker() {
        final var pixels = new byte[3 * CHECKER * CHECKER];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)(i % (CHECKER * CHECKER) % 2 == 0 ? 255 : 0);
        }
        return new Pattern(new ImageShape(3, CHECKER, CHECKER), pixels);
    }

    List<Trigger> triggers() {
        return m_triggers;
    }

    int size() {
        return m_clean.size() + m_poison.size();
    }

    /** @return the attack of an image; -1 for none */
    int attack(final int image) {
        return image < m_clean.size() ? -1 : m_attacks.get(image - m_clean.size());
    }

    LabelledImage image(final int index) {
        return index < m_clean.size() ? m_clean.get(index) : m_poison.get(index - m_clean.size());
    }

    /** @return the images that are chosen, all where it is null */
    ImageDataset build(final boolean[] chosen) throws IOException {
        try (ImageDatasetBuilder builder = ImageDataset.builder(m_clean.get(0).shape(), m_run.classes())) {
            for (int i = 0; i < size(); i++) {
                if (chosen == null || chosen[i]) {
                    builder.add(image(i).key(), image(i).label(), image(i).pixels());
                }
            }
            return builder.build();
        }
    }

    /** @return test images of a class with the trigger, all parts of it */
    static ImageDataset marked(final List<LabelledImage> test, final List<String> classes, final String source, final Trigger trigger)
        throws IOException {
        final ImageShape shape = test.get(0).shape();
        try (ImageDatasetBuilder builder = ImageDataset.builder(shape, classes)) {
            for (LabelledImage image : test) {
                if (image.label().equals(source)) {
                    final byte[] pixels = image.pixels().clone();
                    trigger.mark(pixels, shape);
                    builder.add(image.key(), image.label(), pixels);
                }
            }
            return builder.build();
        }
    }

    static ImageDataset plain(final List<LabelledImage> test, final List<String> classes) throws IOException {
        try (ImageDatasetBuilder builder = ImageDataset.builder(test.get(0).shape(), classes)) {
            for (LabelledImage image : test) {
                builder.add(image.key(), image.label(), image.pixels());
            }
            return builder.build();
        }
    }

    /** @return labels as indices, of all images */
    int[] labels() {
        return java.util.stream.IntStream.range(0, size()).map(i -> m_run.classes().indexOf(image(i).label())).toArray();
    }

    List<String> keys() {
        return java.util.stream.IntStream.range(0, size()).mapToObj(i -> image(i).key()).toList();
    }

    @Override
    public String toString() {
        return "%d clean, %d poisoned, %s".formatted(m_clean.size(), m_poison.size(), Arrays.toString(m_triggers.toArray()));
    }
}
