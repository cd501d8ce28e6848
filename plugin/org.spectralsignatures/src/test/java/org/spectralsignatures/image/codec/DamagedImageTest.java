package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

class DamagedImageTest {

    private static ImageFormatException refused(final byte[] file) {
        return assertThrows(ImageFormatException.class, () -> ImageCodec.decode(file));
    }

    @ParameterizedTest
    @MethodSource("org.spectralsignatures.image.codec.RecordedImages#names")
    void cutOffImagesAreRefusedOrWhole(final String name) throws Exception {
        final byte[] file = RecordedImages.file(name);
        final byte[] whole = ImageCodec.decode(file).pixels();
        for (int length = file.length - 1; length > 0; length -= 3) {
            DecodedImage image = null;
            try {
                image = ImageCodec.decode(Arrays.copyOf(file, length));
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().matches("The image is (cut off|too large).*|The \\w+ image is (cut off|damaged).*|The bytes are no .*"), e.getMessage());
            }
            if (image != null) {
                assertArrayEquals(whole, image.pixels(), "cut off after %d of %d bytes".formatted(length, file.length));
            }
        }
        assertTrue(refused(Arrays.copyOf(file, file.length / 2)).getMessage().contains("cut off"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb8.png", "gray-alpha16-interlaced.png", "palette4.png"})
    void wrongChecksumsAreRefused(final String name) throws Exception {
        final byte[] file = RecordedImages.file(name);
        file[20] ^= 1; // within the header's height
        assertEquals(ImageFault.DAMAGED, refused(file).fault());
        assertTrue(refused(file).getMessage().contains("checksum of its chunk IHDR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"444.jpg", "420-progressive.jpg", "gray.jpg", "cmyk-adobe.jpg"})
    void endMarksDoNotHideMissingPixels(final String name) throws Exception {
        final byte[] file = RecordedImages.file(name);
        final byte[] cut = Arrays.copyOf(file, file.length - 40);
        cut[cut.length - 2] = (byte)0xff;
        cut[cut.length - 1] = (byte)0xd9;
        refused(cut);
    }

    @Test
    void missingComponentsOfAnImageInSeveralScansAreRefused() throws Exception {
        final byte[] file = RecordedImages.file("420-progressive.jpg");
        final String bytes = new String(file, StandardCharsets.ISO_8859_1);
        final int second = bytes.indexOf("\u00ff\u00da", bytes.indexOf("\u00ff\u00da") + 2);
        final byte[] firstScan = Arrays.copyOf(file, second);
        assertEquals(ImageFault.CUT_OFF, refused(firstScan).fault());
    }

    /** A PNG file with the right checksums. */
    private static byte[] png(final int width, final int height, final int depth, final byte[] data, final byte[]... others) throws IOException {
        final var file = new ByteArrayOutputStream();
        final var out = new DataOutputStream(file);
        out.write(PngChunks.SIGNATURE);
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte)depth).array());
        for (byte[] other : others) {
            chunk(out, "zTXt", other);
            chunk(out, "iCCP", other);
        }
        chunk(out, "IDAT", data);
        chunk(out, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(final DataOutputStream out, final String type, final byte[] content) throws IOException {
        final byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        final var checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int)checksum.getValue());
    }

    private static byte[] deflated(final int zeros) throws IOException {
        final var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed)) {
            out.write(new byte[zeros]);
        }
        return packed.toByteArray();
    }

    @Test
    void sizesAreLookedAtBeforeAnythingIsDecoded() throws Exception {
        final byte[] jpeg = RecordedImages.file("444.jpg");
        final int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short)20_000).putShort(frame + 7, (short)20_000);
        final byte[] gif = RecordedImages.file("palette.gif");
        ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short)30_000).putShort(8, (short)30_000);
        final byte[] bmp = RecordedImages.file("24.bmp");
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, Integer.MAX_VALUE).putInt(22, Integer.MIN_VALUE);
        final byte[] webp = RecordedImages.file("animation.webp");
        Arrays.fill(webp, 24, 30, (byte)0xff); // its canvas
        final byte[] lossy = RecordedImages.file("lossy75.webp");
        Arrays.fill(lossy, 26, 30, (byte)0xff);
        final byte[] tiff = TiffFiles.with("rgb-strips.tif", TiffPage.WIDTH, 60_000);
        ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN).putShort(TiffFiles.value(tiff, TiffPage.HEIGHT), (short)60_000);
        final byte[] tile = TiffFiles.with("rgb-tiles.tif", TiffPage.TILE_WIDTH, 60_000);
        ByteBuffer.wrap(tile).order(ByteOrder.LITTLE_ENDIAN).putShort(TiffFiles.value(tile, TiffPage.TILE_HEIGHT), (short)60_000);
        for (byte[] bomb : new byte[][]{png(40_000, 40_000, 1, deflated(1 << 20)), png(-1, 1, 8, deflated(1)), jpeg, gif, bmp, webp, lossy, tiff, tile,
            "P6 40000 40000 255\n".getBytes(), "P1 999999999 999999999\n".getBytes()}) {
            final ImageFormatException e = refused(bomb);
            assertEquals(ImageFault.TOO_LARGE, e.fault(), e.getMessage());
            assertTrue(e.getMessage().contains(" pixels, but at most "), e.getMessage());
        }
    }

    @Test
    void fewBytesForManyPixelsAreRefusedWithinTheLimitToo() throws Exception {
        final byte[] jpeg = RecordedImages.file("444.jpg");
        final int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short)5_000).putShort(frame + 7, (short)5_000);
        assertEquals(ImageFault.CUT_OFF, refused(jpeg).fault());
        assertEquals(ImageFault.CUT_OFF, refused(png(5_000, 5_000, 8, deflated(1_000))).fault());
        assertEquals(ImageFault.CUT_OFF, refused("P3 5000 5000 255\n1 2 3\n".getBytes()).fault());
        assertEquals(ImageFault.CUT_OFF, refused("P4 5000 5000\n1".getBytes()).fault());
        final byte[] tiff = TiffFiles.with("rgb-deflate.tif", TiffPage.WIDTH, 50_000);
        assertEquals(ImageFault.CUT_OFF, refused(tiff).fault());
        final byte[] webp = RecordedImages.file("lossy75.webp");
        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putShort(26, (short)5_000).putShort(28, (short)5_000);
        assertEquals(ImageFault.CUT_OFF, refused(webp).fault());
    }

    @Test
    void theLimitIsTheCallers() throws Exception {
        final byte[] file = RecordedImages.file("rgb8.png");
        assertEquals(13, ImageCodec.decode(file, new PixelLimit(143)).shape().width());
        assertEquals("The image is too large: 13 x 11 pixels, but at most 142 are read. Make it smaller first.",
            assertThrows(ImageFormatException.class, () -> ImageCodec.decode(file, new PixelLimit(142))).getMessage());
    }

    @Test
    void textsAndProfilesAreNotUnpacked() throws Exception {
        final byte[] bomb = ("name\0\0" + new String(deflated(1 << 26), StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(new ImageShape(3, 2, 3), ImageCodec.decode(png(3, 2, 8, deflated(8), bomb)).shape());
    }

    @Test
    void scansWithoutEndAreRefused() throws Exception {
        final byte[] file = RecordedImages.file("gray-progressive.jpg");
        final String bytes = new String(file, StandardCharsets.ISO_8859_1);
        final int last = bytes.lastIndexOf("\u00ff\u00da");
        final var many = new ByteArrayOutputStream();
        many.write(file, 0, last);
        for (int i = 0; i < 300; i++) {
            many.write(file, last, file.length - 2 - last);
        }
        many.write(file, file.length - 2, 2);
        assertTrue(refused(many.toByteArray()).getMessage().contains("scans"));
    }
}
