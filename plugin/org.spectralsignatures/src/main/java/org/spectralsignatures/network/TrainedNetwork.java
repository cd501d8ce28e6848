package org.spectralsignatures.network;

import org.spectralsignatures.engine.PlanSession;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * A trained classifier with what is known of it, ready to run on an engine. One thread at a time may use it.
 */
public final class TrainedNetwork implements RunnableNetwork {

    private final NetworkDescription description;

    private final NetworkPlan plan;

    private final TrainingRecord record;

    private final PlanSession session;

    /**
     * @param description what is known of it
     * @param plan what it computes
     * @param record the numbers of its training
     * @param session the network on an engine; owned by this object from now on
     */
    public TrainedNetwork(final NetworkDescription description, final NetworkPlan plan, final TrainingRecord record, final PlanSession session) {
        this.description = description;
        this.plan = plan;
        this.record = record;
        this.session = session;
    }

    @Override
    public NetworkDescription description() {
        return description;
    }

    /** @return what the network computes */
    public NetworkPlan plan() {
        return plan;
    }

    /** @return the numbers of its training */
    public TrainingRecord record() {
        return record;
    }

    /** @return number of its parameters */
    public long parameters() {
        return plan.size();
    }

    @Override
    public PlanSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
