package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

class PnmDecoderTest {

    private static byte[] gray(final String file) throws ImageFormatException {
        final DecodedImage image = ImageCodec.decode(file.getBytes(StandardCharsets.ISO_8859_1));
        return Arrays.copyOf(image.pixels(), image.shape().planeSize());
    }

    @Test
    void commentsAndAnyWhiteSpaceArePassedOver() throws Exception {
        assertArrayEquals(new byte[]{7, 9}, gray("P2#gray\n# 5 6\n2\t1\r\n255 # end\n 7\n9 "));
        assertArrayEquals(new byte[]{0, -1, 0}, gray("P1\n3 1\n101"));
    }

    @Test
    void theFirstByteOfThePixelsMayBeWhiteSpace() throws Exception {
        assertArrayEquals(new byte[]{' ', '\n'}, gray("P5 2 1 255\n \n"));
    }

    @Test
    void valuesAreScaledByTheirLargest() throws Exception {
        assertArrayEquals(new byte[]{0, (byte)128, (byte)255}, gray("P2 3 1 2 0 1 2\n"));
        assertArrayEquals(new byte[]{0x12, (byte)255}, gray("P5 2 1 65535 \u0012\u00ff\u00ff\u00ff"));
    }

    @ParameterizedTest
    @CsvSource({"P2 1 1 100 101 , a value of 101 where 100 is the largest", "P2 1 1 70000 5 , its largest value is 70000",
        "P1 1 1 2 , byte 7 is neither 0 nor 1", "P2 1 1 255 x1 , byte 11 is no part of a number",
        "P2 1 1 255x 1 , byte 10 is no part of a number", "P5 1234567890 1 255 , a number of more than 9 digits"})
    void contradictionsAreNamed(final String file, final String reason) {
        final ImageFormatException e = assertThrows(ImageFormatException.class, () -> gray(file + " "));
        assertEquals("The PNM image is damaged: " + reason + ".", e.getMessage());
        assertEquals(ImageFault.DAMAGED, e.fault());
    }

    /** The last number could have had more digits. */
    @Test
    void plainFilesEndBehindTheirLastNumber() {
        assertEquals(ImageFault.CUT_OFF, assertThrows(ImageFormatException.class, () -> gray("P2 2 1 255 12 25")).fault());
    }
}
