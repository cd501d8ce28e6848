package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;

class ImageCodecTest {

    private static final ImageShape SHAPE = new ImageShape(3, 7, 5);

    private static byte[] random(final int size) {
        final var bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void pngIsLossless() throws Exception {
        final byte[] pixels = random(SHAPE.size());
        final DecodedImage image = ImageCodec.decode(ImageCodec.encodePng(pixels, SHAPE));
        assertEquals(SHAPE, image.shape());
        assertArrayEquals(pixels, image.pixels());
    }

    @Test
    void grayBecomesRgbWithEqualPlanes() throws Exception {
        final var gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        gray.getRaster().setSample(0, 0, 0, 77);
        gray.getRaster().setSample(1, 0, 0, 200);
        final var out = new ByteArrayOutputStream();
        ImageIO.write(gray, "png", out);
        assertArrayEquals(new byte[]{77, (byte)200, 77, (byte)200, 77, (byte)200}, ImageCodec.decode(out.toByteArray()).pixels());
    }

    @Test
    void damagedImagesAreRefused() throws Exception {
        final byte[] png = ImageCodec.encodePng(random(SHAPE.size()), SHAPE);
        assertThrows(ImageFormatException.class, () -> ImageCodec.decode(Arrays.copyOf(png, png.length / 2)));
        assertThrows(ImageFormatException.class, () -> ImageCodec.decode(new byte[0]));
        assertThrows(ImageFormatException.class, () -> ImageCodec.decode("no image".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void kindsAreListedAsTheyAreRead() {
        final String list = Arrays.stream(ImageKind.values()).map(ImageKind::label).collect(Collectors.joining(", ")).replace(", PNM", " or PNM");
        assertEquals(list, ImageCodec.KINDS);
        assertEquals("The bytes are no " + list + " image.",
            assertThrows(ImageFormatException.class, () -> ImageCodec.decode("no image".getBytes())).getMessage());
    }

    @ParameterizedTest
    @MethodSource("org.spectralsignatures.image.codec.RecordedImages#names")
    void kindsAreToldByTheirFirstBytes(final String name) throws Exception {
        assertTrue(ImageCodec.recognises(Arrays.copyOf(RecordedImages.file(name), 32)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P3 of the series", "P5\nis a road", "PNM", "II*", "MM", "RIFFxxxxWAVEfmt ", "BM is how this text begins", ""})
    void textsAndOtherFilesAreNotTakenForImages(final String beginning) {
        assertFalse(ImageCodec.recognises(beginning.getBytes()));
    }
}
