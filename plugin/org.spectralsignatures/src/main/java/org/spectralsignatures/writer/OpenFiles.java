package org.spectralsignatures.writer;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/** Several files that are closed together, whatever becomes of each. */
final class OpenFiles {

    private OpenFiles() {
    }

    /** @throws IOException that of the first that could not be closed; the others are closed all the same */
    static void close(final Collection<? extends Closeable> files) throws IOException {
        IOException first = null;
        for (Closeable file : files) {
            try {
                file.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
