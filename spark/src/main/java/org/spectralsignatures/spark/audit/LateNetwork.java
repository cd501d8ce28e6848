package org.spectralsignatures.spark.audit;

import java.util.function.Supplier;

import org.spectralsignatures.engine.Session;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;

/** A network that is opened when it is first asked: most steps of an audit look at images alone. */
final class LateNetwork implements RunnableNetwork {

    private final Supplier<RunnableNetwork> opening;

    private RunnableNetwork network;

    /** @param opening opens it */
    LateNetwork(final Supplier<RunnableNetwork> opening) {
        this.opening = opening;
    }

    private synchronized RunnableNetwork network() {
        if (network == null) {
            network = opening.get();
        }
        return network;
    }

    @Override
    public NetworkDescription description() {
        return network().description();
    }

    @Override
    public Session session() {
        return network().session();
    }

    @Override
    public synchronized void close() {
        if (network != null) {
            network.close();
            network = null;
        }
    }
}
