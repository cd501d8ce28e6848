package org.spectralsignatures.network;

import org.spectralsignatures.engine.Session;

/** A classifier of images that is ready to run, whoever trained it. One thread at a time may use it. */
public interface RunnableNetwork extends AutoCloseable {

    /** @return what is known of the network */
    NetworkDescription description();

    /** @return the network where it runs, valid until this object is closed */
    Session session();

    /** Frees the network's native memory. */
    @Override
    void close();
}
