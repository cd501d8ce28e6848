package org.spectralsignatures.nodes.task;

import org.spectralsignatures.engine.Device;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.monitor.Patience;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Finds what a node computes with; the first look at a graphics processor takes seconds, in which the node can be cancelled. */
public final class EngineSearch {

    private EngineSearch() {
    }

    /**
     * @param wish of the user
     * @param monitor asked meanwhile
     * @return the engine to compute with
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalStateException if there is none; the message says why
     */
    public static Engines.Choice find(final Device wish, final TaskMonitor monitor) throws TaskCancelledException {
        return Engines.looksAtDevices(wish) ? Patience.await("look-up of engines", () -> Engines.find(wish), monitor) : Engines.find(wish);
    }
}
