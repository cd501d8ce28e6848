package org.spectralsignatures.numpy;

import java.io.IOException;
import java.io.InputStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Where the bytes of an array's file lie: on disk, or in an archive. Messages of its exceptions do not name it. */
interface ArrayBytes {

    /** @return number of bytes, header included */
    long size();

    /** @return all bytes from the first on, to be closed */
    InputStream stream() throws IOException;

    /**
     * @param monitor asked while an archive's entry is unpacked
     * @return the bytes, to be read at any place
     */
    BytesAtPlaces atPlaces(TaskMonitor monitor) throws IOException, TaskCancelledException;
}
