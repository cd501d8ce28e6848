package org.spectralsignatures.image.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

class TiffDecoderTest {

    private static ImageFormatException refused(final byte[] file) {
        return assertThrows(ImageFormatException.class, () -> ImageCodec.decode(file));
    }

    @ParameterizedTest
    @CsvSource({"259, 4, compression 4", "259, 6, compression 6", "262, 8, colours of kind 8", "262, 6, colours of kind 6",
        "339, 3, 8 bits a sample of format 3", "277, 6, 6 samples a pixel"})
    void kindsThatAreNotReadAreNamed(final int tag, final int value, final String reason) throws Exception {
        // The file has no sample format: a tag that says the default becomes one.
        final byte[] file = RecordedImages.file("rgb-strips.tif");
        final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (tag == TiffPage.SAMPLE_FORMAT) {
            bytes.putShort(TiffFiles.entry(file, TiffPage.PLANAR), (short)tag);
            bytes.putShort(TiffFiles.value(file, tag), (short)value);
        } else {
            bytes.putShort(TiffFiles.value(file, tag), (short)value);
        }
        final ImageFormatException e = refused(file);
        assertEquals("The image is a TIFF of a kind that is not read (" + reason + "). Save it as PNG first.", e.getMessage());
        assertEquals(ImageFault.UNKNOWN_KIND, e.fault());
    }

    @Test
    void bigTiffIsNamed() throws Exception {
        final byte[] file = RecordedImages.file("rgb-strips.tif");
        file[2] = 43;
        assertEquals("The image is a BigTIFF, which is not read. Save it as common TIFF first.", refused(file).getMessage());
    }

    @Test
    void stripsThatLieOutsideTheFileAreMissing() throws Exception {
        final byte[] file = RecordedImages.file("rgb-raw.tif");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(TiffFiles.value(file, TiffPage.STRIP_OFFSETS), file.length - 400);
        assertEquals("The TIFF image is cut off: pixels of its 13 x 11 pixels are missing.", refused(file).getMessage());
    }

    @Test
    void stripsWithoutEnoughBytesAreCutOff() throws Exception {
        for (String name : new String[]{"rgb-raw.tif", "rgb-lzw.tif", "rgb-deflate.tif", "rgb-packbits.tif"}) {
            final byte[] file = RecordedImages.file(name);
            final int at = TiffFiles.value(file, TiffPage.STRIP_LENGTHS);
            final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putInt(at, bytes.getInt(at) - 20);
            assertEquals(ImageFault.CUT_OFF, refused(file).fault(), name);
        }
    }

    @Test
    void tooFewStripsAreRefused() throws Exception {
        final byte[] file = TiffFiles.with("rgb-strips.tif", TiffPage.ROWS_PER_STRIP, 1);
        assertTrue(refused(file).getMessage().startsWith("The TIFF image is damaged: tag "), refused(file).getMessage());
    }
}
