package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;

class WebpDecoderTest {

    private static String refused(final byte[] file) {
        return assertThrows(ImageFormatException.class, () -> ImageCodec.decode(file)).getMessage();
    }

    /** Lossy pictures, too, are those of libwebp bit by bit: predictions, filters and interpolated chroma are defined in whole numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"lossy0.webp", "lossy30.webp", "lossy75.webp", "lossy100.webp", "lossy-alpha.webp", "lossless-alpha.webp", "lossless2.webp"})
    void pixelsAreExactlyThoseOfPillow(final String name) throws Exception {
        assertArrayEquals(RecordedImages.expected(name).pixels(), ImageCodec.decode(RecordedImages.file(name)).pixels());
    }

    /** A file that says itself how long it is can be cut and say so again. */
    @ParameterizedTest
    @ValueSource(strings = {"lossy0.webp", "lossy75.webp", "lossless.webp", "lossless13.webp"})
    void lengthsThatAgreeDoNotHideMissingPixels(final String name) throws Exception {
        final byte[] file = RecordedImages.file(name);
        for (int length = file.length - 8 & -2; length > 30; length -= 2) {
            final byte[] cut = Arrays.copyOf(file, length);
            ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(4, length - 8).putInt(16, length - 20);
            final String message = refused(cut);
            assertEquals("The WebP image is cut off: ", message.substring(0, 27), message);
        }
    }

    @Test
    void picturesOfAnotherSizeThanTheirCanvasAreRefused() throws Exception {
        final byte[] file = RecordedImages.file("orientation6.webp");
        file[24]++;
        assertEquals("The WebP image is damaged: its picture has 13 x 11 pixels, its canvas 14 x 11 pixels.", refused(file));
    }

    @Test
    void framesOutsideTheirCanvasAreRefused() throws Exception {
        final byte[] file = RecordedImages.file("animation-on-a-canvas.webp");
        file[24] = 20;
        assertEquals("The WebP image is damaged: its first frame lies outside its canvas.", refused(file));
    }

    @Test
    void orientationsAreThoseOfFilesThatAnnounceThem() throws Exception {
        final byte[] file = RecordedImages.file("orientation6.webp");
        assertEquals(new ImageShape(3, 13, 11), ImageCodec.decode(file).shape());
        file[20] &= ~8;
        assertEquals(new ImageShape(3, 11, 13), ImageCodec.decode(file).shape());
    }
}
