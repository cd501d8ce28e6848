package org.spectralsignatures.removal;

/** How many of the highest scores are removed. */
public sealed interface RemovalRule {

    /**
     * @param ascending scores of the rows that are ranked together
     * @param groups number of groups of rows that are ranked on their own
     * @return how many of the rows to remove, from 0 to their number
     */
    int removed(double[] ascending, int groups);

    /** A rule that needs the number of rows alone. */
    sealed interface ByRank extends RemovalRule {

        /**
         * @param rows number of rows that are ranked together
         * @return how many of them to remove, from 0 to rows
         */
        int removed(int rows);

        @Override
        default int removed(final double[] ascending, final int groups) {
            return removed(ascending.length);
        }
    }

    /**
     * All above the cut-off that the scores themselves show, and nothing where they show none, see {@link CutOff}.
     *
     * @param level the probability that anything is removed from clean data, above 0 and below 1
     */
    record Automatic(double level) implements RemovalRule {

        /** @throws IllegalArgumentException if the level is out of range */
        public Automatic {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("The significance level is %s, but must be above 0 and below 1.".formatted(level));
            }
        }

        @Override
        public int removed(final double[] ascending, final int groups) {
            final CutOff cutOff = CutOff.of(ascending);
            return cutOff.significant(level, groups) ? cutOff.above() : 0;
        }
    }

    /**
     * The paper's rule (Algorithm 1, line 10): the top {@code multiplier * epsilon} of the rows.
     *
     * @param epsilon bound on the share of poison, above 0 and at most 1
     * @param multiplier safety factor, 1.5 in the paper
     */
    record TopShare(double epsilon, double multiplier) implements ByRank {

        /** @throws IllegalArgumentException if a value is out of range */
        public TopShare {
            if (!(epsilon > 0 && epsilon <= 1)) {
                throw new IllegalArgumentException("Epsilon is %s, but must be above 0 and at most 1.".formatted(epsilon));
            }
            if (!(multiplier > 0 && multiplier < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("The multiplier is %s, but must be positive.".formatted(multiplier));
            }
        }

        @Override
        public int removed(final int rows) {
            return (int)Math.min(rows, Math.round(multiplier * epsilon * rows));
        }
    }

    /**
     * The rule of the authors' code: all strictly above a percentile of the scores, as {@code np.percentile} gives it. Scores that
     * are equal to it stay, so that equal scores are never parted.
     *
     * @param percentile from 0 to 100; 85 removes the highest 15%
     */
    record TopPercentile(double percentile) implements RemovalRule {

        /** @throws IllegalArgumentException if the percentile is out of range */
        public TopPercentile {
            if (!(percentile >= 0 && percentile <= 100)) {
                throw new IllegalArgumentException("The percentile is %s, but must lie between 0 and 100.".formatted(percentile));
            }
        }

        @Override
        public int removed(final double[] ascending, final int groups) {
            if (ascending.length == 0) {
                return 0;
            }
            final double threshold = threshold(ascending);
            int above = 0;
            while (above < ascending.length && ascending[ascending.length - 1 - above] > threshold) {
                above++;
            }
            return above;
        }

        /** NumPy's {@code percentile}, operation by operation, so that the bits are the same: linear between the two nearest scores. */
        private double threshold(final double[] ascending) {
            final double position = percentile / 100 * (ascending.length - 1);
            final int below = Math.min((int)Math.floor(position), ascending.length - 1);
            final double a = ascending[below];
            final double b = ascending[Math.min(below + 1, ascending.length - 1)];
            final double t = position - below;
            return t >= .5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
        }
    }

    /**
     * A fixed number.
     *
     * @param count rows to remove, 0 or more
     */
    record TopCount(int count) implements ByRank {

        /** @throws IllegalArgumentException if the count is negative */
        public TopCount {
            if (count < 0) {
                throw new IllegalArgumentException("The count is %d, but must be 0 or more.".formatted(count));
            }
        }

        @Override
        public int removed(final int rows) {
            return Math.min(rows, count);
        }
    }
}
