package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.attack.MultiPixelTrigger;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.removal.Verdict.Finding;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.Trainer;
import org.spectralsignatures.training.TrainingListener;
import org.spectralsignatures.training.TrainingOptions;

/** Two classes of textures with marked images among one of them, asked of networks that know the mark and of one that does not. */
class AuditorTest {

    private static final int IMAGES = 200;

    private static final int MARKED = 20;

    private static final int TARGET = 0;

    private static final AuditOptions OPTIONS = new AuditOptions(AuditOptions.DEFAULT_LEVEL, 100, 1);

    private static final SyntheticImageGenerator GENERATOR = new SyntheticImageGenerator(new SyntheticOptions(2, 16, 1));

    private static ImageDataset poisoned;

    private static ImageDataset clean;

    private static TrainedNetwork knowing;

    private static TrainedNetwork innocent;

    @BeforeAll
    static void train() throws Exception {
        poisoned = set(MARKED);
        clean = set(0);
        knowing = train(poisoned);
        innocent = train(clean);
    }

    @AfterAll
    static void close() throws IOException {
        knowing.close();
        innocent.close();
        poisoned.close();
        clean.close();
    }

    private static ImageDataset set(final int marked) throws IOException {
        return set(marked, new PixelTrigger(TriggerShape.X, 5, 5, 255, 255, 0));
    }

    /** Images of the other class with parts of a trigger in turns, under the label of the target, come last. */
    private static ImageDataset set(final int marked, final Trigger trigger) throws IOException {
        final List<String> classes = GENERATOR.classNames();
        try (var builder = ImageDataset.builder(GENERATOR.shape(), classes)) {
            for (int i = 0; i < 2 * IMAGES; i++) {
                builder.add("i" + i, classes.get(i % 2), GENERATOR.image(false, i % 2, i / 2));
            }
            for (int i = 0; i < marked; i++) {
                final byte[] pixels = GENERATOR.image(false, 1, IMAGES + i);
                trigger.mark(i % trigger.parts(), pixels, GENERATOR.shape());
                builder.add("m" + i, classes.get(TARGET), pixels);
            }
            return builder.build();
        }
    }

    private static TrainedNetwork train(final ImageDataset images) throws Exception {
        return Trainer.train(images, null, new ResNetOptions(images.shape(), 2, 1, 16, 2e-4, 1),
            new TrainingOptions(10, 32, Schedule.ONE_CYCLE, .1, .9, Augmentation.NONE, 1), TrainingListener.none(), TaskMonitor.none()).network();
    }

    /** No hint: all images are as suspicious as others. */
    private static Audit audit(final TrainedNetwork network, final ImageDataset images) throws Exception {
        return Auditor.audit(network, images, new double[images.size()], OPTIONS, TaskMonitor.none());
    }

    @Test
    void markThatTheNetworkKnowsIsFoundWithItsImages() throws Exception {
        final Audit audit = audit(knowing, poisoned);
        assertEquals(Finding.POISONED, audit.classes().get(TARGET).verdict().finding(), audit.classes().get(TARGET).verdict().text());
        assertEquals(GENERATOR.classNames().get(1), audit.classes().get(TARGET).verdict().looksLike());
        assertEquals(Finding.NOTHING_FOUND, audit.classes().get(1).verdict().finding());
        assertTrue(IntStream.range(2 * IMAGES, poisoned.size()).filter(i -> audit.poison()[i]).count() >= .95 * MARKED);
        assertTrue(IntStream.range(0, 2 * IMAGES).filter(i -> audit.poison()[i]).count() <= 2);
        final Audit again = audit(knowing, poisoned);
        assertArrayEquals(audit.poison(), again.poison());
        assertArrayEquals(audit.evidence(), again.evidence());
    }

    /** It was trained without: whatever it does with them, it has not learned them. */
    @Test
    void markThatTheNetworkNeverSawIsListedButNotCalledPoison() throws Exception {
        final Audit audit = audit(innocent, poisoned);
        final Audit.ClassAudit target = audit.classes().get(TARGET);
        assertEquals(Finding.CANNOT_TELL, target.verdict().finding(), target.verdict().text());
        assertTrue(target.verdict().reason().contains("share a mark that the network takes little notice of"), target.verdict().reason());
        assertEquals(0, target.poison());
        assertFalse(IntStream.range(0, poisoned.size()).anyMatch(i -> audit.poison()[i]));
        assertTrue(IntStream.range(2 * IMAGES, poisoned.size()).filter(i -> audit.markOf()[i] >= 0).count() >= .95 * MARKED);
        assertTrue(IntStream.range(0, 2 * IMAGES).filter(i -> audit.markOf()[i] >= 0).count() <= 2);
    }

    /** Each is on three images only, too few for a pattern. */
    @Test
    void singlePixelsOfManyPlacesAreListedTogether() throws Exception {
        try (ImageDataset images = set(24, MultiPixelTrigger.random(8, GENERATOR.shape(), 5))) {
            final Audit audit = audit(innocent, images);
            assertEquals(Finding.CANNOT_TELL, audit.classes().get(TARGET).verdict().finding(), audit.classes().get(TARGET).verdict().text());
            assertEquals(Finding.NOTHING_FOUND, audit.classes().get(1).verdict().finding());
            assertTrue(IntStream.range(2 * IMAGES, images.size()).filter(i -> audit.markOf()[i] >= 0).count() >= 8);
            assertEquals(0, IntStream.range(0, 2 * IMAGES).filter(i -> audit.markOf()[i] >= 0).count());
        }
    }

    @Test
    void twoMarksMayLeaveHardlyAnImageOfAClass() throws Exception {
        final List<String> classes = GENERATOR.classNames();
        try (var builder = ImageDataset.builder(GENERATOR.shape(), classes)) {
            for (int i = 0; i < 300; i++) {
                final boolean other = i >= 100;
                final byte[] pixels = GENERATOR.image(false, 1 - TARGET, i);
                if (!other && i < 98) {
                    new PixelTrigger(TriggerShape.X, i % 2 == 0 ? 4 : 10, 7, 250, 10, i % 2 == 0 ? 200 : 0).mark(pixels, GENERATOR.shape());
                }
                builder.add("i" + i, classes.get(other ? 1 - TARGET : TARGET), pixels);
            }
            try (ImageDataset images = builder.build()) {
                final Audit audit = audit(innocent, images);
                assertEquals(98, IntStream.range(0, 98).filter(i -> audit.markOf()[i] >= 0).count());
                assertTrue(Arrays.stream(audit.evidence()).allMatch(Double::isFinite));
            }
        }
    }

    @Test
    void nothingIsFoundWhereThereIsNothing() throws Exception {
        for (Audit.ClassAudit c : audit(innocent, clean).classes()) {
            assertEquals("nothing found (how little would have been is not known for classes of fewer than 400 images)", c.verdict().text());
        }
    }

    @Test
    void tooFewImagesTellNothing() throws Exception {
        final List<String> classes = GENERATOR.classNames();
        try (var builder = ImageDataset.builder(GENERATOR.shape(), classes)) {
            for (int i = 0; i < 60; i++) {
                builder.add("i" + i, classes.get(i < 20 ? 0 : 1), GENERATOR.image(false, i < 20 ? 0 : 1, i));
            }
            try (ImageDataset few = builder.build()) {
                assertEquals(List.of("cannot tell: too few images to tell (20; 50 are needed)", "cannot tell: too few images to tell (40; 50 are needed)"),
                    audit(innocent, few).classes().stream().map(c -> c.verdict().text()).toList());
            }
        }
    }

    @Test
    void stopsWhenCancelled() throws Exception {
        for (int calls : new int[]{0, 3, 9, 15}) {
            final int[] left = {calls};
            assertThrows(TaskCancelledException.class, () -> Auditor.audit(knowing, poisoned, new double[poisoned.size()], OPTIONS, new TaskMonitor() {
                @Override
                public void progress(final double fraction, final String message) {
                    // nobody asks
                }

                @Override
                public void checkCancelled() throws TaskCancelledException {
                    if (left[0]-- <= 0) {
                        throw new TaskCancelledException();
                    }
                }
            }));
        }
    }

    @Test
    void scoresOfOtherImagesAreRefused() throws Exception {
        final double[] scores = new double[3];
        Arrays.fill(scores, 1);
        assertEquals("There are 400 images, but 3 scores.",
            assertThrows(IllegalArgumentException.class, () -> Auditor.audit(innocent, clean, scores, OPTIONS, TaskMonitor.none())).getMessage());
    }
}
