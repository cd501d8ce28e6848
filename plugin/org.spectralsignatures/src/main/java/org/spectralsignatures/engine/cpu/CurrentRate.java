package org.spectralsignatures.engine.cpu;

import org.nd4j.linalg.schedule.ISchedule;

/** The learning rate of the step that is made, set by whoever asks for the step. */
final class CurrentRate implements ISchedule {

    private static final long serialVersionUID = 1L;

    private double rate;

    /** @param rate of the next step */
    void set(final double rate) {
        this.rate = rate;
    }

    @Override
    public double valueAt(final int iteration, final int epoch) {
        return rate;
    }

    @Override
    public CurrentRate clone() { // NOSONAR all layers of a graph follow the same rate
        return this;
    }
}
