package org.spectralsignatures.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/** What the architectures make of images of any size, in gray or colour. */
class AnySizeTest {

    private static final int CLASSES = 3;

    private static List<NetworkOptions> all(final ImageShape shape) {
        return List.of(new ResNetOptions(shape, CLASSES, 1, 4, 2e-4, 1), new ResNetOptions(shape, CLASSES, 5, 4, Stem.LARGE, 2e-4, 1),
            new ResNet18Options(shape, CLASSES, 4, Stem.SMALL, 2e-4, 1), new ResNet18Options(shape, CLASSES, 4, Stem.LARGE, 2e-4, 1),
            new VggOptions(shape, CLASSES, 11, 4, 2e-4, 1), new VggOptions(shape, CLASSES, 16, 4, 2e-4, 1));
    }

    private static String sizes(final NetworkOptions options, final String... steps) {
        final NetworkPlan plan = options.plan();
        return String.join(" ", List.of(steps).stream().map(plan::behind).map(ImageShape::toString).toList());
    }

    @Test
    void everySizeMakesANetworkThatItsDescriptionTellsOf() {
        for (int height : new int[]{16, 17, 31, 64, 65, 127, 255, 256}) {
            for (int width : new int[]{16, 23, 256}) {
                for (int channels : new int[]{1, 3}) {
                    final var shape = new ImageShape(channels, height, width);
                    for (NetworkOptions options : all(shape)) {
                        final var description = new NetworkDescription(shape, List.of("a", "b", "c"), options.layers(), options.defaultLayer(), Map.of());
                        assertEquals(options, DescribedArchitecture.of(description, 2e-4, 1));
                        assertDoesNotThrow(() -> DescribedArchitecture.check(description, options.plan()));
                    }
                }
            }
        }
    }

    @Test
    void oddSidesAreHalvedToTheLargerPart() {
        final var odd = new ImageShape(1, 17, 23);
        assertEquals("4x17x23 4x17x23 8x9x12 16x5x6", sizes(new ResNetOptions(odd, CLASSES, 1, 4, 0, 1), "stem", "group1-unit1", "group2-unit1", "group3-unit1"));
        assertEquals("4x17x23 8x9x12 16x5x6 32x3x3",
            sizes(new ResNet18Options(odd, CLASSES, 4, Stem.SMALL, 0, 1), "group1-unit2", "group2-unit1", "group3-unit1", "group4-unit2"));
        final var photo = new ImageShape(3, 225, 150);
        assertEquals("4x113x75 4x57x38 4x57x38 32x8x5",
            sizes(new ResNet18Options(photo, CLASSES, 4, Stem.LARGE, 0, 1), "stem", "stem-pool", "group1-unit1", "group4-unit2"));
        assertEquals("4x113x75 8x57x38 16x29x19 32x15x10", sizes(new VggOptions(photo, CLASSES, 11, 4, 0, 1), "group1-pool", "group2-pool", "group3-pool", "group4-pool"));
    }

    /** A VGG of an earlier workflow must not change: it stopped to pool where the side became odd. */
    @Test
    void theVggsOfEarlierSizesAreAsTheyWere() {
        for (int size = 16; size <= 64; size += 4) {
            int side = size;
            for (int group = 1; group <= 5; group++) {
                final NetworkPlan plan = new VggOptions(new ImageShape(3, size, size), CLASSES, 11, 4, 0, 1).plan();
                final String pool = "group" + group + "-pool";
                final boolean pools = group < 5 && side % 2 == 0;
                assertEquals(pools, plan.steps().stream().anyMatch(s -> s.name().equals(pool)), size + " " + pool);
                if (pools) {
                    side /= 2;
                    assertEquals(side, plan.behind(pool).height());
                }
            }
            assertTrue(new VggOptions(new ImageShape(3, size, size), CLASSES, 11, 4, 0, 1).plan().steps().stream().noneMatch(Step.PaddedMaxPooling.class::isInstance));
        }
    }

    /** As counted by the definition: 3 x 3 kernels of the stem and of 16 convolutions, three projections, normalisations, and the dense layer. */
    @Test
    void resNet18HasTheParametersOfTheOriginal() {
        final NetworkPlan plan = new ResNet18Options(new ImageShape(3, 32, 32), 10, 64, Stem.SMALL, 0, 1).plan();
        final long[] f = {64, 128, 256, 512};
        long kernels = 3 * f[0] * 9 + 4 * f[0] * f[0] * 9;
        long channels = 4 * f[0];
        for (int g = 1; g < f.length; g++) {
            kernels += f[g - 1] * f[g] * 9 + 3 * f[g] * f[g] * 9 + f[g - 1] * f[g];
            channels += f[g - 1] + 3 * f[g];
        }
        channels += f[3];
        assertEquals(kernels + 4 * channels + 512 * 10 + 10, plan.size()); // running moments count as parameters here
        assertEquals("group4-unit2", new ResNet18Options(new ImageShape(3, 32, 32), 10, 64, Stem.SMALL, 0, 1).defaultLayer());
        assertEquals("pre-activation ResNet-18, 64 filters, large stem", new ResNet18Options(new ImageShape(3, 224, 224), 10, 64, Stem.LARGE, 0, 1).describe());
    }

    @Test
    void theStemGoesByTheLongerSide() {
        assertEquals(Stem.SMALL, Stem.of(new ImageShape(3, 64, 64)));
        assertEquals(Stem.LARGE, Stem.of(new ImageShape(3, 16, 65)));
        assertEquals(Stem.LARGE, Stem.of(new ImageShape(1, 65, 16)));
    }

    @Test
    void otherImagesAreRefused() {
        for (ImageShape shape : List.of(new ImageShape(3, 15, 40), new ImageShape(3, 40, 15), new ImageShape(3, 257, 40), new ImageShape(1, 40, 257))) {
            final var error = assertThrows(IllegalArgumentException.class, () -> NetworkOptions.check(shape));
            assertEquals("The network takes images with a height and a width of 16 to 256 pixels, but these are %s. Resize the images first.".formatted(shape.describe()),
                error.getMessage());
        }
        assertEquals("The network takes gray or RGB images, but these have 2 channels.",
            assertThrows(IllegalArgumentException.class, () -> NetworkOptions.check(new ImageShape(2, 32, 32))).getMessage());
    }
}
