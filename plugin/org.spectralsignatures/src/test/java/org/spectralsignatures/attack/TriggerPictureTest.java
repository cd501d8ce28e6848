package org.spectralsignatures.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.ImageShape;

class TriggerPictureTest {

    private static final ImageShape IMAGE = new ImageShape(3, 8, 12);

    private static PixelTrigger pixel(final int row, final int column, final int grey) {
        return new PixelTrigger(TriggerShape.PIXEL, row, column, grey, grey, grey);
    }

    @Test
    void regionHoldsAllThatCanChange() {
        assertEquals(new ImageRegion(1, 2, 3, 3), TriggerPicture.region(new PixelTrigger(TriggerShape.X, 2, 3, 0, 0, 0), TriggerPicture.WHOLE, IMAGE));
        assertEquals(new ImageRegion(4, 5, 1, 1), TriggerPicture.region(pixel(4, 5, 128), TriggerPicture.WHOLE, IMAGE), "the colour of the grey background");
        assertEquals(new ImageRegion(0, 1, 8, 11), TriggerPicture.region(new SinusoidTrigger(20, 1.2), TriggerPicture.WHOLE, IMAGE));
    }

    @Test
    void partsHaveRegionsOfTheirOwn() {
        final var both = new MultiPixelTrigger(List.of(pixel(1, 1, 0), pixel(6, 9, 255)));
        assertEquals(new ImageRegion(1, 1, 6, 9), TriggerPicture.region(both, TriggerPicture.WHOLE, IMAGE));
        assertEquals(new ImageRegion(6, 9, 1, 1), TriggerPicture.region(both, 1, IMAGE));
        assertEquals(pixel(6, 9, 255).describe(), both.describe(1));
        final byte[] second = TriggerPicture.onGrey(both, 1, IMAGE).pixels();
        assertEquals((byte)128, second[1 * 12 + 1]);
        assertEquals((byte)255, second[6 * 12 + 9]);
    }

    @Test
    void differenceIsSignedAndEnlarged() {
        final var shape = new ImageShape(3, 1, 1);
        final var found = TriggerPicture.difference(new DecodedImage(shape, new byte[]{100, 100, (byte)200}), new DecodedImage(shape, new byte[]{110, 95, (byte)200}));
        assertEquals(12.7, found.factor(), 1e-9);
        assertArrayEquals(new byte[]{(byte)255, 65, (byte)128}, found.picture().pixels());
        assertThrows(IllegalArgumentException.class, () -> TriggerPicture.difference(TriggerPicture.grey(IMAGE), TriggerPicture.grey(shape)));
    }

    @Test
    void withoutAChangeTheDifferenceIsGrey() {
        final var found = TriggerPicture.difference(TriggerPicture.grey(IMAGE), TriggerPicture.grey(IMAGE));
        assertEquals(1, found.factor());
        assertArrayEquals(TriggerPicture.grey(IMAGE).pixels(), found.picture().pixels());
    }
}
