package org.spectralsignatures.network.keras;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** A stream that asks a monitor whenever something is written. */
final class StoppableOutput extends FilterOutputStream {

    private final TaskMonitor monitor;

    /** The monitor said stop. */
    static final class Stopped extends IOException {

        private static final long serialVersionUID = 1;
    }

    StoppableOutput(final OutputStream out, final TaskMonitor monitor) {
        super(out);
        this.monitor = monitor;
    }

    @Override
    public void write(final byte[] bytes, final int from, final int count) throws IOException {
        try {
            monitor.checkCancelled();
        } catch (TaskCancelledException e) { // NOSONAR thrown again by whoever catches it
            throw new Stopped();
        }
        out.write(bytes, from, count);
    }
}
