package org.spectralsignatures.writer;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Writes the images of a set in one layout. */
interface SetFiles extends Closeable {

    /**
     * @param image the next
     * @return where it was written
     * @throws IOException if it cannot be written, or does not suit the layout
     */
    WrittenFile write(SetImage image) throws IOException;

    /** Writes what is known only at the end. */
    void finish() throws IOException;

    /** @return what the user is to be told, as sentences */
    List<String> notes();

    @Override
    void close() throws IOException;
}
