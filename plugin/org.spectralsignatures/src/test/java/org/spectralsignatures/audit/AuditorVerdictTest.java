package org.spectralsignatures.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainingFacts;

/** What the verdicts promise, by the set and by what is known of the training: asked of a network that goes by brightness alone. */
class AuditorVerdictTest {

    private static final int IMAGES = 60;

    private static final ImageShape SMALL = new ImageShape(3, 16, 16);

    private static final int MARKED = 12;

    private static final int STEP = 15;

    /** Class k has images of brightness 40 + 15 k. */
    private static int byBrightness(final byte[] pixels, final int classes) {
        final double brightness = IntStream.range(0, pixels.length).map(k -> pixels[k] & 0xff).average().orElseThrow();
        return (int)Math.max(0, Math.min(classes - 1, Math.round((brightness - 40) / STEP)));
    }

    private static List<String> verdicts(final int classes, final int each, final ImageShape shape, final double accuracy, final int marked) throws Exception {
        return verdicts(classes, each, shape, new TrainingFacts(accuracy, false, 1, classes * each), marked, 0);
    }

    /** @param darker what the images lack of the brightness by which the network tells them */
    private static List<String> verdicts(final int classes, final int each, final ImageShape shape, final TrainingFacts training, final int marked, final int darker)
        throws Exception {
        final List<String> names = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
        final var random = new Random(1);
        final var mark = new PixelTrigger(TriggerShape.X, 5, 5, 255, 255, 0);
        try (var builder = ImageDataset.builder(shape, names)) {
            for (int i = 0; i < classes * each; i++) {
                final var pixels = new byte[shape.size()];
                for (int k = 0; k < pixels.length; k++) {
                    pixels[k] = (byte)(40 - darker + STEP * (i % classes) + 8 * random.nextGaussian());
                }
                if (i % classes == 0 && i / classes < marked) {
                    mark.mark(pixels, shape);
                }
                builder.add("i" + i, names.get(i % classes), pixels);
            }
            try (ImageDataset images = builder.build()) {
                final var network = new RuleNetwork(shape, names, training, pixels -> byBrightness(pixels, classes));
                return Auditor.audit(network, images, new double[images.size()], new AuditOptions(AuditOptions.DEFAULT_LEVEL, 100, 1), TaskMonitor.none())
                    .classes().stream().map(c -> c.verdict().text()).toList();
            }
        }
    }

    @Test
    void theShareThatWouldHaveBeenFoundIsToldWhereItWasMeasured() throws Exception {
        final String share = "nothing found (2.5% of poison or more would have been)";
        assertEquals(List.of(share, share), verdicts(2, 400, SMALL, 1, 0));
    }

    @Test
    void noShareIsToldOfMoreClassesLargerImagesOrSmallerClasses() throws Exception {
        assertEquals(Collections.nCopies(11, "nothing found (how little would have been is not known for sets of more than 10 classes)"), verdicts(11, IMAGES, SMALL, 1, 0));
        assertEquals(Collections.nCopies(2, "nothing found (how little would have been is not known for images of more than 64 pixels a side)"),
            verdicts(2, IMAGES, new ImageShape(3, 16, 65), 1, 0));
        final String few = "nothing found (how little would have been is not known for classes of fewer than 400 images)";
        assertEquals(Collections.nCopies(10, few), verdicts(10, IMAGES, SMALL, 1, 0));
        assertEquals(List.of(few, few), verdicts(2, 399, SMALL, 1, 0));
    }

    /** Of a network that was read nobody knows how its training went, and what its user said of it may be wrong: then its answers mean nothing. */
    @Test
    void aNetworkOfOthersHasToKnowTheImages() throws Exception {
        final String doubt = "cannot tell: the network takes only 50.0% of the images for what they are labelled (at least 90% are needed): see that preparation, colours"
            + " and order of the classes are those of its training, and that it was trained on these images long enough";
        assertEquals(Collections.nCopies(2, doubt), verdicts(2, 400, SMALL, null, 0, STEP));
        final String share = "nothing found (2.5% of poison or more would have been)";
        assertEquals(Collections.nCopies(2, share), verdicts(2, 400, SMALL, null, 0, 0));
    }

    /** The reason comes first, but what can be seen is not kept back. */
    @Test
    void aMarkIsToldThoughTheTrainingIsDoubted() throws Exception {
        final String doubt = "cannot tell: the training accuracy is only 50.0%, so that a backdoor may not have been learned (at least 90% are needed): "
            + "train more epochs, or more filters or hidden units";
        assertEquals(List.of(doubt + "; 12 images share a mark all the same: look at them among the suspicious images", doubt), verdicts(2, IMAGES, SMALL, .5, MARKED));
        assertTrue(verdicts(2, IMAGES, SMALL, 1, MARKED).get(0).startsWith("cannot tell: 12 images share a mark that the network takes little notice of"));
    }
}
