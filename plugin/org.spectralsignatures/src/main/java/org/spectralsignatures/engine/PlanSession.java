package org.spectralsignatures.engine;

import java.nio.FloatBuffer;

/** A network of which plan and parameters are known, on an engine. One thread at a time may use it. */
public interface PlanSession extends Session {

    /** @return the network's parameters as they are now, {@code [plan.size()]}, read-only, valid until the next step or the end of the session */
    FloatBuffer parameters();
}
