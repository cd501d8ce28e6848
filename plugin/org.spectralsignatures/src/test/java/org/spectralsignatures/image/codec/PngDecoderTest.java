package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.PixelLimit;

/** PNG files whose chunks are right, each for itself. */
class PngDecoderTest {

    private static final int GRAY = 0;

    private static final int PALETTE = 3;

    private static final int RGBA = 6;

    private static Stream<String> names() {
        return RecordedImages.names().filter(n -> n.endsWith(".png"));
    }

    private static byte[] chunk(final String type, final byte... content) {
        final byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        final var checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        return ByteBuffer.allocate(content.length + 12).putInt(content.length).put(name).put(content).putInt((int)checksum.getValue()).array();
    }

    private static byte[] header(final int width, final int height, final int depth, final int colour) {
        return chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte)depth).put((byte)colour).array());
    }

    private static byte[] png(final byte[]... chunks) {
        final var file = new ByteArrayOutputStream();
        file.writeBytes(PngChunks.SIGNATURE);
        for (byte[] chunk : chunks) {
            file.writeBytes(chunk);
        }
        file.writeBytes(chunk("IEND"));
        return file.toByteArray();
    }

    private static byte[] deflated(final byte... rows) throws Exception {
        final var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed)) {
            out.write(rows);
        }
        return packed.toByteArray();
    }

    private static ImageFormatException refused(final byte[] file) {
        return assertThrows(ImageFormatException.class, () -> ImageCodec.decode(file));
    }

    /** What stands before the pixels of a recorded image, then the content of its only chunk of pixels. */
    private static byte[][] split(final String name) throws Exception {
        final byte[] file = RecordedImages.file(name);
        final int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("IDAT") - 4;
        final int length = ByteBuffer.wrap(file).getInt(at);
        return new byte[][]{Arrays.copyOfRange(file, PngChunks.SIGNATURE.length, at), Arrays.copyOfRange(file, at + 8, at + 8 + length)};
    }

    @ParameterizedTest
    @MethodSource("names")
    void missingPixelsBehindRightChecksumsAreRefused(final String name) throws Exception {
        final byte[][] parts = split(name);
        for (int quarter = 0; quarter < 3; quarter++) {
            final byte[] part = Arrays.copyOf(parts[1], parts[1].length * quarter / 4);
            assertEquals(ImageFault.CUT_OFF, refused(png(parts[0], chunk("IDAT", part))).fault());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb16-interlaced.png", "palette4.png", "gray-alpha8.png"})
    void pixelsMayComeInManyChunks(final String name) throws Exception {
        final byte[][] parts = split(name);
        final byte[] data = parts[1];
        final byte[] file = png(parts[0], chunk("IDAT"), chunk("IDAT", data[0]), chunk("IDAT", Arrays.copyOfRange(data, 1, 9)), chunk("teXt", data),
            chunk("IDAT", Arrays.copyOfRange(data, 9, data.length)));
        assertArrayEquals(ImageCodec.decode(RecordedImages.file(name)).pixels(), ImageCodec.decode(file).pixels());
    }

    @Test
    void whatFollowsTheLastPixelIsPassedOverAsInPillow() throws Exception {
        final byte[] data = deflated((byte)0, (byte)7, (byte)8, (byte)0, (byte)9, (byte)9);
        assertArrayEquals(new byte[]{7, 8, 7, 8, 7, 8}, ImageCodec.decode(png(header(2, 1, 8, GRAY), chunk("IDAT", data))).pixels());
    }

    @Test
    void thePaletteIsTheLastOneBeforeThePixels() throws Exception {
        final byte[] data = deflated((byte)0, (byte)0b0100_0000);
        final byte[] file = png(header(2, 1, 1, PALETTE), chunk("PLTE", new byte[6]), chunk("PLTE", new byte[]{1, 2, 3, 4, 5, 6}), chunk("IDAT", data),
            chunk("PLTE", new byte[6]));
        assertArrayEquals(new byte[]{1, 4, 2, 5, 3, 6}, ImageCodec.decode(file).pixels());
    }

    @Test
    void coloursOutsideThePaletteAreRefused() throws Exception {
        final byte[] data = deflated((byte)0, (byte)0, (byte)2);
        final byte[] file = png(header(2, 1, 8, PALETTE), chunk("PLTE", new byte[6]), chunk("IDAT", data));
        assertEquals("The PNG image is damaged: colour 2 of a palette of 2.", refused(file).getMessage());
        assertEquals("The PNG image is damaged: its palette is missing or has 0 bytes.", refused(png(header(2, 1, 8, PALETTE), chunk("IDAT", data))).getMessage());
        assertEquals(ImageFault.DAMAGED, refused(png(header(2, 1, 8, PALETTE), chunk("PLTE", new byte[771]), chunk("IDAT", data))).fault());
    }

    @Test
    void unknownFiltersAndPackingsAreRefused() throws Exception {
        final byte[] filter = png(header(2, 1, 8, GRAY), chunk("IDAT", deflated((byte)7, (byte)0, (byte)0)));
        assertTrue(refused(filter).getMessage().matches("The PNG image is damaged: .*filter.*7.*[^.!]\\."), refused(filter).getMessage());
        assertEquals(ImageFault.DAMAGED, refused(png(header(2, 1, 8, GRAY), chunk("IDAT", "no zlib".getBytes(StandardCharsets.US_ASCII)))).fault());
    }

    @Test
    void rowsOfMoreBitsThanTheDecoderCountsAreRefused() {
        final ImageFormatException e = assertThrows(ImageFormatException.class,
            () -> ImageCodec.decode(png(header(1 << 26, 1, 16, RGBA), chunk("IDAT", new byte[1 << 20])), new PixelLimit(1 << 26)));
        assertEquals(ImageFault.TOO_LARGE, e.fault());
    }

    @Test
    void anExhaustedHeapIsNoDamage() {
        assertThrows(OutOfMemoryError.class, () -> RuntimeDecoder.PNG.read(new InputStream() {

            @Override
            public int read() {
                throw new OutOfMemoryError("as if");
            }
        }));
    }
}
