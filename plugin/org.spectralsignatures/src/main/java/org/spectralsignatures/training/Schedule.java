package org.spectralsignatures.training;

/** How the learning rate changes over the steps of a training. */
public enum Schedule {

    /** Linear from a 25th of the peak up to it over the first 30% of the steps, then linear down to zero. */
    ONE_CYCLE {
        @Override
        public double rate(final double peak, final int step, final int steps) {
            final double warm = WARM_SHARE * steps;
            if (step < warm) {
                return peak * (START_SHARE + (1 - START_SHARE) * step / warm);
            }
            return peak * Math.max(0, (steps - step) / (steps - warm));
        }
    },

    /** The authors' schedule: the full rate, a tenth from 3/8 of the steps on, a hundredth from 6/8 on (30,000 and 60,000 of 80,000). */
    STEP {
        @Override
        public double rate(final double peak, final int step, final int steps) {
            if (8L * step < 3L * steps) {
                return peak;
            }
            return 8L * step < 6L * steps ? peak / 10 : peak / 100;
        }
    },

    /** The same rate in every step. */
    CONSTANT {
        @Override
        public double rate(final double peak, final int step, final int steps) {
            return peak;
        }
    };

    private static final double WARM_SHARE = .3;

    private static final double START_SHARE = .04;

    /**
     * @param peak the highest rate
     * @param step index of the step, from 0
     * @param steps number of steps of the whole training
     * @return the learning rate of that step
     */
    public abstract double rate(double peak, int step, int steps);
}
