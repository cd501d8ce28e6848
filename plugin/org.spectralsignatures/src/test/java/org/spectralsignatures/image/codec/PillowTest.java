package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.spectralsignatures.image.DecodedImage;

class PillowTest {

    private static final int MOST = 2;

    @ParameterizedTest
    @MethodSource("org.spectralsignatures.image.codec.RecordedImages#names")
    void pixelsAreThoseOfPillow(final String name) throws Exception {
        final DecodedImage expected = RecordedImages.expected(name);
        final DecodedImage image = ImageCodec.decode(RecordedImages.file(name));
        assertEquals(expected.shape(), image.shape());
        for (int i = 0; i < expected.pixels().length; i++) {
            final int difference = Math.abs(Byte.toUnsignedInt(expected.pixels()[i]) - Byte.toUnsignedInt(image.pixels()[i]));
            assertTrue(difference <= MOST, "value %d differs by %d".formatted(i, difference));
        }
    }

    @Test
    void everyKindOfImageIsRecorded() {
        final var names = RecordedImages.names().collect(Collectors.toSet());
        for (String name : List.of("gray1.png", "gray16.png", "gray-alpha8.png", "palette2-interlaced.png", "palette-transparent.png", "profile.png",
            "gamma-chromaticities.png", "cmyk-adobe.jpg", "cmyk-no-marker.jpg", "ycck-adobe2.jpg", "420-progressive.jpg", "profile-lab.jpg",
            "orientation6.jpg", "orientation8.png", "palette-interlaced.gif", "runs8.bmp", "gray16.tif", "palette.tif", "rgba-multiplied.tif",
            "cmyk-lzw.tif", "rgb-jpeg.tif", "rgb-packbits.tif", "rgb16-differences.tif", "rgb-tiles.tif", "rgb-planes-lzw.tif", "orientation6.tif",
            "lossy30.webp", "lossless.webp", "lossless13.webp", "lossy-alpha.webp", "animation-on-a-canvas.webp", "profile.webp",
            "orientation6.webp", "plain.pbm", "raw16.pgm", "raw100.ppm")) {
            assertTrue(names.contains(name), name);
        }
    }
}
