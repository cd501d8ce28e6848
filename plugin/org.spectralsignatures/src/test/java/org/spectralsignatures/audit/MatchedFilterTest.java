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

class MatchedFilterTest {

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private static final int OWN = 200;

    private static final int OTHERS = 400;

    private static final int MEMBERS = 12;

    private final Random m_random = new Random(1);

    private double[] texture() {
        return m_random.doubles(SHAPE.size(), -20, 20).toArray();
    }

    private byte[] image(final double[] texture, final double height) {
        final var pixels = new byte[SHAPE.size()];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (byte)Math.max(0, Math.min(255, 128 + height * texture[k] + 8 * m_random.nextGaussian()));
        }
        return pixels;
    }

    /** @return what the last images of the class 'own' turn out to share; images of the other class have textures of their own */
    private MatchedFilter filter(final List<byte[]> own) throws Exception {
        try (var builder = ImageDataset.builder(SHAPE, List.of("own", "other"))) {
            for (byte[] image : own) {
                builder.add("own " + builder.size(), "own", image);
            }
            for (int i = 0; i < OTHERS; i++) {
                builder.add("other " + i, "other", image(texture(), 1));
            }
            try (var images = builder.build(); var pixels = WhitenedPixels.of(images, TaskMonitor.none())) {
                final int[] members = IntStream.range(OWN - MEMBERS, OWN).toArray();
                return MatchedFilter.of(pixels, List.of(members), IntStream.range(0, OWN).toArray(), IntStream.range(OWN, OWN + OTHERS).toArray(),
                    TaskMonitor.none()).get(0);
            }
        }
    }

    /** The whole class lies on the other side of such images, which does not make what they share natural. */
    @Test
    void aClassOfImagesThatAreAllAlikeDoesNotLieOppositeToThoseThatAreNot() throws Exception {
        final double[] sign = texture();
        final double[] other = texture();
        final var own = new ArrayList<byte[]>();
        for (int i = 0; i < OWN; i++) {
            own.add(image(i < OWN - MEMBERS ? sign : other, 1));
        }
        final MatchedFilter filter = filter(own);
        assertArrayEquals(IntStream.range(OWN - MEMBERS, OWN).toArray(), filter.members());
        assertEquals(0, filter.opposite());
    }

    /** A texture that comes light and dark. */
    @Test
    void imagesThatVaryToBothSidesLieOppositeToEachOther() throws Exception {
        final double[] varying = texture();
        final var own = new ArrayList<byte[]>();
        for (int i = 0; i < OWN; i++) {
            own.add(image(varying, i < OWN - 2 * MEMBERS ? 0 : i < OWN - MEMBERS ? -1 : 1));
        }
        assertTrue(filter(own).opposite() > .5);
    }
}
