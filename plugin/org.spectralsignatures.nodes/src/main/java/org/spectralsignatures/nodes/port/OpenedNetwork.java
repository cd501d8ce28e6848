package org.spectralsignatures.nodes.port;

import org.spectralsignatures.network.RunnableNetwork;

/**
 * A network that is ready to run.
 *
 * @param network closed with this object
 * @param engine what computes it, in words
 * @param note a sentence for the user where that is not what was wished; else empty
 */
public record OpenedNetwork(RunnableNetwork network, String engine, String note) implements AutoCloseable {

    @Override
    public void close() {
        network.close();
    }
}
