package org.spectralsignatures.image.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Recorded little-endian TIFF files of which a tag has another value. */
final class TiffFiles {

    private TiffFiles() {
    }

    /**
     * @param name of a recorded file
     * @param tag with one short number
     * @param value it is to have
     * @return the file
     */
    static byte[] with(final String name, final int tag, final int value) throws IOException {
        final byte[] file = RecordedImages.file(name);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(value(file, tag), (short)value);
        return file;
    }

    /** @return where the value of a tag stands */
    static int value(final byte[] file, final int tag) {
        return entry(file, tag) + 8;
    }

    /** @return where a tag stands in the directory */
    static int entry(final byte[] file, final int tag) {
        final ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = in.getInt(4) + 2;
        while (in.getShort(at) != tag) {
            at += 12;
        }
        return at;
    }
}
