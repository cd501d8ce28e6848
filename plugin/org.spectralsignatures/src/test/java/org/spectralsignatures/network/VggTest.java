package org.spectralsignatures.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageShape;

class VggTest {

    @Test
    void hasTheConvolutionsOfTheNamedConfiguration() {
        for (int depth : new int[]{11, 13, 16, 19}) {
            final var options = new VggOptions(new ImageShape(3, 32, 32), 10, depth, 64, 5e-4, 1);
            final long activations = options.layers().stream().filter(l -> l.name().contains("activation")).count();
            assertEquals(depth - 3, activations, "all but the three dense layers");
            final LayerInfo last = options.layers().stream().filter(l -> l.name().equals(options.defaultLayer())).findFirst().orElseThrow();
            assertEquals(new LayerInfo(options.defaultLayer(), 512, 2, 2), last);
        }
        final var error = assertThrows(IllegalArgumentException.class, () -> new VggOptions(new ImageShape(3, 32, 32), 10, 12, 64, 5e-4, 1));
        assertTrue(error.getMessage().contains("only of 11, 13, 16, 19"), error.getMessage());
    }
}
