package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/** GIF files of 3 x 3 pixels in four grays that the Java runtime's decoder gets wrong; Pillow 9.4.0 reads or refuses them as is said here. */
class GifDecoderTest {

    private static final int CLEAR = 4;

    private static final int END = 5;

    private static final byte[] PIXELS = {0, 1, 2, 3, 1, 2, 3, 0, 2};

    /** Three bits each, lowest first. */
    private static byte[] packed(final int... codes) {
        final var bytes = new byte[(3 * codes.length + 7) / 8];
        for (int bit = 0; bit < 3 * codes.length; bit++) {
            bytes[bit / 8] |= (byte)((codes[bit / 3] >> bit % 3 & 1) << bit % 8);
        }
        return bytes;
    }

    /** After every second pixel the codes begin anew, so that they stay at three bits. */
    private static int[] codes(final byte... pixels) {
        final int[] codes = new int[pixels.length + (pixels.length + 1) / 2 + 1];
        int size = 0;
        for (int i = 0; i < pixels.length; i++) {
            if (i % 2 == 0) {
                codes[size++] = CLEAR;
            }
            codes[size++] = pixels[i];
        }
        codes[size] = END;
        return codes;
    }

    private static int[] inserted(final int[] codes, final int at, final int code) {
        final int[] more = Arrays.copyOf(codes, codes.length + 1);
        System.arraycopy(codes, at, more, at + 1, codes.length - at);
        more[at] = code;
        return more;
    }

    private static byte[] gif(final byte[] data, final int block, final boolean interlaced) {
        final var file = new ByteArrayOutputStream();
        file.writeBytes(new byte[]{'G', 'I', 'F', '8', '9', 'a', 3, 0, 3, 0, (byte)0x81, 0, 0});
        for (int gray = 0; gray < 4; gray++) {
            file.writeBytes(new byte[]{(byte)gray, (byte)gray, (byte)gray});
        }
        file.writeBytes(new byte[]{',', 0, 0, 0, 0, 3, 0, 3, 0, (byte)(interlaced ? 0x40 : 0), 2});
        for (int at = 0; at < data.length; at += block) {
            final int length = Math.min(block, data.length - at);
            file.write(length);
            file.write(data, at, length);
        }
        file.writeBytes(new byte[]{0, ';'});
        return file.toByteArray();
    }

    private static void assertRead(final byte[] file) throws Exception {
        assertArrayEquals(PIXELS, Arrays.copyOf(ImageCodec.decode(file).pixels(), 9));
    }

    private static void assertRefused(final ImageFault fault, final byte[] file) {
        assertEquals(fault, assertThrows(ImageFormatException.class, () -> ImageCodec.decode(file)).fault());
    }

    @Test
    void blocksOfAnyLengthAreRead() throws Exception {
        for (int block = 1; block < 6; block++) {
            assertRead(gif(packed(codes(PIXELS)), block, false));
        }
    }

    @Test
    void aSecondClearCodeIsNoPixel() throws Exception {
        assertRead(gif(packed(inserted(codes(PIXELS), 3, CLEAR)), 255, false));
    }

    @Test
    void passesWithoutRowsAreLeftOut() throws Exception {
        assertRead(gif(packed(codes((byte)0, (byte)1, (byte)2, (byte)3, (byte)0, (byte)2, (byte)3, (byte)1, (byte)2)), 255, true));
    }

    @Test
    void missingPixelsAreRefused() {
        final byte[] whole = packed(codes(PIXELS));
        for (int length = 1; length < whole.length - 1; length++) {
            assertRefused(ImageFault.CUT_OFF, gif(Arrays.copyOf(whole, length), 255, false));
        }
    }

    @Test
    void codesThatStandForNothingAreRefused() {
        final int[] afterClear = codes(PIXELS);
        afterClear[1] = 7;
        assertRefused(ImageFault.DAMAGED, gif(packed(afterClear), 255, false));
        final int[] first = codes(PIXELS);
        first[0] = 6;
        assertRefused(ImageFault.DAMAGED, gif(packed(first), 255, false));
    }
}
