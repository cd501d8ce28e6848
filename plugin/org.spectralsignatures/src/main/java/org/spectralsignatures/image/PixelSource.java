package org.spectralsignatures.image;

import java.io.IOException;

/** Where the pixels of a set of images lie. Reading is safe from several threads. */
public interface PixelSource extends AutoCloseable {

    /**
     * @param image index of an image
     * @param target receives its bytes in CHW order
     * @param offset where in the target they begin
     */
    void read(int image, byte[] target, int offset);

    /** Frees what the pixels take. */
    @Override
    void close() throws IOException;
}
