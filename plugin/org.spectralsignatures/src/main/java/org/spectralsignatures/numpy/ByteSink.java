package org.spectralsignatures.numpy;

import java.io.IOException;

import org.spectralsignatures.monitor.TaskCancelledException;

/** Where bytes go, piece by piece. */
@FunctionalInterface
public interface ByteSink {

    /**
     * @param bytes holds the piece; filled anew afterwards
     * @param count of it that are meant, from the first on
     */
    void put(byte[] bytes, int count) throws IOException, TaskCancelledException;
}
