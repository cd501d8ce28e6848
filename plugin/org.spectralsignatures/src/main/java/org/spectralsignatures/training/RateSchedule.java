package org.spectralsignatures.training;

import java.util.Objects;

import org.nd4j.linalg.schedule.ISchedule;

/** A {@link Schedule} with its peak and number of steps, in the form that DL4J's updaters take. */
public final class RateSchedule implements ISchedule {

    private static final long serialVersionUID = 1L;

    private Schedule shape;

    private double peak;

    private int steps;

    /** For JSON. */
    public RateSchedule() {
    }

    /**
     * @param shape how the rate changes
     * @param peak the highest rate
     * @param steps number of steps of the whole training
     */
    public RateSchedule(final Schedule shape, final double peak, final int steps) {
        this.shape = shape;
        this.peak = peak;
        this.steps = steps;
    }

    /** @return how the rate changes */
    public Schedule getShape() {
        return shape;
    }

    /** @param shape how the rate changes */
    public void setShape(final Schedule shape) {
        this.shape = shape;
    }

    /** @return the highest rate */
    public double getPeak() {
        return peak;
    }

    /** @param peak the highest rate */
    public void setPeak(final double peak) {
        this.peak = peak;
    }

    /** @return number of steps of the whole training */
    public int getSteps() {
        return steps;
    }

    /** @param steps number of steps of the whole training */
    public void setSteps(final int steps) {
        this.steps = steps;
    }

    @Override
    public double valueAt(final int iteration, final int epoch) {
        return shape.rate(peak, iteration, steps);
    }

    @Override
    public RateSchedule clone() { // NOSONAR DL4J clones configurations
        return new RateSchedule(shape, peak, steps);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof RateSchedule that && that.shape == shape && that.peak == peak && that.steps == steps;
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, peak, steps);
    }
}
