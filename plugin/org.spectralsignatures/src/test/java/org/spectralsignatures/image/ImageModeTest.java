package org.spectralsignatures.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageModeTest {

    private static byte[] file(final String name) throws IOException {
        // beside the tests of the decoders
        for (String folder : new String[]{"codec/pillow/", "pillow/"}) {
            try (var in = ImageModeTest.class.getResourceAsStream(folder + name)) {
                if (in != null) {
                    return in.readAllBytes();
                }
            }
        }
        throw new IOException("There is no " + name);
    }

    /** Files that Pillow or libtiff wrote, whose names say how. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gray1.png|black and white", "gray8.png|gray", "gray16.png|gray, 16 bits", "gray-alpha8.png|gray, transparent",
        "gray-alpha16.png|gray, 16 bits, transparent", "gray-transparent.png|gray, transparent", "rgb8.png|RGB", "rgb16.png|RGB, 16 bits",
        "rgba8.png|RGB, transparent", "rgb-transparent.png|RGB, transparent", "palette8.png|palette", "palette-transparent.png|palette, transparent", "gray.jpg|gray",
        "420.jpg|RGB", "444-progressive.jpg|RGB", "cmyk-adobe.jpg|CMYK",
        "on-a-screen.gif|palette", "24.bmp|RGB", "gray.bmp|palette", "os2.bmp|RGB", "1.tif|black and white", "gray-lzw.tif|gray", "gray16.tif|gray, 16 bits",
        "gray16-big-endian.tif|gray, 16 bits", "gray-alpha.tif|gray, transparent", "cmyk-lzw.tif|CMYK", "lossless-alpha.webp|RGB, transparent",
        "lossless.webp|RGB", "lossy0.webp|RGB", "lossy-alpha.webp|RGB, transparent"})
    void modesAreTold(final String name, final String mode) throws IOException {
        assertEquals(mode, ImageMode.of(file(name)));
    }

    @ParameterizedTest
    @CsvSource({"P1 2 2 0 1 1 0, black and white", "P5 2 2 255 abcd, gray", "P2 2 2 65535 1 2 3 4, 'gray, 16 bits'", "P6 1 1 255 abc, RGB", "P6 1 1 1023 abcdef, 'RGB, 16 bits'",
        "nothing at all, unknown", "P9 1 1 1, unknown"})
    void modesOfPixmapsAreTold(final String content, final String mode) {
        assertEquals(mode, ImageMode.of(content.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(mode, ImageMode.of(content.replaceFirst(" ", "\n# a note of 4 numbers 1 2 3 999999\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Nothing that a file says leads beyond its end, or round in a circle. */
    @Test
    void damagedFilesHaveSomeModeOrNone() throws IOException {
        final var random = new SplittableRandom(1);
        for (String name : new String[]{"gray8.png", "420.jpg", "gray16.tif", "lossless.webp", "24.bmp", "on-a-screen.gif"}) {
            final byte[] whole = file(name);
            for (int i = 0; i < 500; i++) {
                final byte[] damaged = Arrays.copyOf(whole, random.nextInt(Math.min(whole.length, 200)));
                for (int k = 0; k < 4 && damaged.length > 4; k++) {
                    damaged[4 + random.nextInt(damaged.length - 4)] = (byte)random.nextInt();
                }
                assertNotNull(ImageMode.of(damaged));
            }
        }
        assertEquals(ImageMode.UNKNOWN, ImageMode.of(new byte[0]));
    }
}
