package org.spectralsignatures.image.codec;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/** Reads numbers one after the other from the bytes of an image file. Past their end the image is cut off. */
final class ImageBytes {

    private final byte[] bytes;

    private final boolean littleEndian;

    private int position;

    ImageBytes(final byte[] bytes, final int position, final boolean littleEndian) {
        this.bytes = bytes;
        this.position = position;
        this.littleEndian = littleEndian;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    /** @return where the skipped bytes began */
    int skip(final long count) throws ImageFormatException {
        if (count < 0 || count > remaining()) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The image is cut off after %d bytes.".formatted(bytes.length));
        }
        final int start = position;
        position += (int)count;
        return start;
    }

    int u8() throws ImageFormatException {
        return bytes[skip(1)] & 0xff;
    }

    int u16() throws ImageFormatException {
        final int at = skip(2);
        final int first = bytes[at] & 0xff;
        final int second = bytes[at + 1] & 0xff;
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    int i32() throws ImageFormatException {
        final int first = u16();
        final int second = u16();
        return littleEndian ? second << 16 | first : first << 16 | second;
    }

    long u32() throws ImageFormatException {
        return i32() & 0xffff_ffffL;
    }
}
