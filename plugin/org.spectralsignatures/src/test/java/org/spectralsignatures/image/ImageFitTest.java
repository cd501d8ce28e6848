package org.spectralsignatures.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.spectralsignatures.image.codec.ImageCodec;

/** The files below {@code resize} were made by Pillow: {@code resize((w, h), Resampling.BILINEAR)}, for the middle with its {@code box}. */
class ImageFitTest {

    private static DecodedImage image(final String name) throws IOException {
        try (var in = ImageFitTest.class.getResourceAsStream("resize/" + name + ".png")) {
            return ImageCodec.decode(in.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void bytesAreThoseOfPillow(final int index) throws Exception {
        final DecodedImage image = image("" + index);
        for (ImageFit.Way way : new ImageFit.Way[]{ImageFit.Way.STRETCH, ImageFit.Way.CROP}) {
            final DecodedImage expected = image(index + "-" + (way == ImageFit.Way.CROP ? "crop" : "stretch"));
            final DecodedImage found = new ImageFit(way, expected.shape().height(), expected.shape().width()).apply(image);
            assertEquals(expected.shape(), found.shape());
            assertArrayEquals(expected.pixels(), found.pixels(), way.toString());
        }
    }

    @Test
    void imagesOfTheSizeStayThemselves() throws Exception {
        final DecodedImage image = image("0");
        for (ImageFit.Way way : ImageFit.Way.values()) {
            assertSame(image, new ImageFit(way, image.shape().height(), image.shape().width()).apply(image));
        }
    }

    /** A wide image of one colour a column: its rows lie in the middle, and are repeated above and below. */
    @Test
    void paddingRepeatsTheEdges() {
        final var shape = new ImageShape(3, 2, 4);
        final var pixels = new byte[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)(10 * (i / 4 % 2 + 1) + i % 4 + 100 * (i / 8));
        }
        final DecodedImage padded = new ImageFit(ImageFit.Way.PAD, 4, 4).apply(new DecodedImage(shape, pixels));
        assertArrayEquals(new byte[]{10, 11, 12, 13, 10, 11, 12, 13, 20, 21, 22, 23, 20, 21, 22, 23}, Arrays.copyOf(padded.pixels(), 16));
        assertEquals((byte)220, padded.pixels()[2 * 16 + 8]);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 7, 3", "3000, 2, 16, 16", "2, 3000, 16, 16", "17, 31, 64, 16", "64, 16, 17, 31"})
    void everySizeBecomesEveryOther(final int height, final int width, final int toHeight, final int toWidth) {
        final var shape = new ImageShape(3, height, width);
        final var pixels = new byte[shape.size()];
        Arrays.fill(pixels, (byte)200);
        for (ImageFit.Way way : ImageFit.Way.values()) {
            final DecodedImage found = new ImageFit(way, toHeight, toWidth).apply(new DecodedImage(shape, pixels));
            assertEquals(new ImageShape(3, toHeight, toWidth), found.shape());
            for (byte value : found.pixels()) {
                assertEquals((byte)200, value, way.toString());
            }
        }
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new ImageFit(ImageFit.Way.CROP, 0, 5)).getMessage().contains("1 to 4096 pixels, not to 5 x 0"));
        assertThrows(IllegalArgumentException.class, () -> new ImageFit(ImageFit.Way.CROP, 5, 4097));
    }
}
