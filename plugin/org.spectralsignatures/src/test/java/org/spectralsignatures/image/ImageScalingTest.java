package org.spectralsignatures.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ImageScalingTest {

    private static DecodedImage ramp(final int height, final int width) {
        final var shape = new ImageShape(3, height, width);
        final var pixels = new byte[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)i;
        }
        return new DecodedImage(shape, pixels);
    }

    @Test
    void smallImagesStayAsTheyAre() {
        final DecodedImage image = ramp(4, 3);
        assertSame(image, ImageScaling.fit(image, 4));
    }

    @Test
    void pixelsAreMeansOfThoseTheyCover() {
        final DecodedImage half = ImageScaling.fit(ramp(2, 4), 2);
        assertEquals(new ImageShape(3, 1, 2), half.shape());
        // (0 + 1 + 4 + 5) / 4 = 2.5, rounded up; each plane is 8 further on
        assertArrayEquals(new byte[]{3, 5, 11, 13, 19, 21}, half.pixels());
    }

    @Test
    void valuesAboveTheByteRangeAreUnsigned() {
        final var shape = new ImageShape(1, 2, 2);
        assertArrayEquals(new byte[]{(byte)201}, ImageScaling.fit(new DecodedImage(shape, new byte[]{(byte)200, (byte)202, (byte)200, (byte)202}), 1).pixels());
    }

    @Test
    void thinImagesKeepAPixel() {
        assertEquals(new ImageShape(3, 1, 5), ImageScaling.fit(ramp(1, 400), 5).shape());
        assertThrows(IllegalArgumentException.class, () -> ImageScaling.fit(ramp(2, 2), 0));
    }

    @Test
    void cropTakesARegion() {
        final DecodedImage part = ImageScaling.crop(ramp(3, 4), new ImageRegion(1, 2, 2, 2));
        assertArrayEquals(new byte[]{6, 7, 10, 11, 18, 19, 22, 23, 30, 31, 34, 35}, part.pixels());
        assertThrows(IllegalArgumentException.class, () -> ImageScaling.crop(ramp(3, 4), new ImageRegion(2, 2, 2, 2)));
    }

    @Test
    void squareStaysWithinTheImage() {
        final var image = new ImageShape(3, 10, 20);
        assertEquals(new ImageRegion(3, 4, 5, 5), new ImageRegion(5, 6, 1, 1).square(5, image));
        assertEquals(new ImageRegion(5, 15, 5, 5), new ImageRegion(9, 19, 1, 1).square(5, image));
        assertEquals(new ImageRegion(0, 0, 10, 12), new ImageRegion(2, 3, 1, 2).square(12, image));
    }
}
