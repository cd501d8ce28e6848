package org.spectralsignatures.scoring;

/**
 * What turns representations into outlier scores, with the numbers that it needs. Throughout, R(x) is a row, mean the mean of its class
 * and v the top right singular vector of the centred rows of the class.
 */
public sealed interface ScoringMethod {

    /** Most directions or principal components that can be asked for. */
    int MAX_COMPONENTS = 100;

    /** SPECTRE's bound on the share of poison where none is given. */
    double DEFAULT_EPSILON = .1;

    /** A method that scores each class by itself, see {@link SpectralScorer}. */
    sealed interface ByClass extends ScoringMethod {

        /**
         * For {@link SpectralScorer}.
         *
         * @param seed of what is random in it
         * @return the formula
         */
        ClassScore formula(long seed);
    }

    /**
     * Algorithm 1 of the paper: the squared projection of the centred row, {@code ((R(x) - mean) . v)^2}, summed over the leading
     * directions.
     *
     * @param directions how many, from 1, as in the paper, to {@value ScoringMethod#MAX_COMPONENTS}
     */
    record Paper(int directions) implements ByClass {

        /** @throws IllegalArgumentException if the number is out of range */
        public Paper {
            checkComponents(directions);
        }

        @Override
        public ClassScore formula(final long seed) {
            return new ProjectionScore(directions, true);
        }
    }

    /**
     * The authors' published code: {@code |R(x) . v|} of the row that was not centred; the norm over several directions.
     *
     * @param directions how many, from 1, as in the code, to {@value ScoringMethod#MAX_COMPONENTS}
     */
    record ReferenceCode(int directions) implements ByClass {

        /** @throws IllegalArgumentException if the number is out of range */
        public ReferenceCode {
            checkComponents(directions);
        }

        @Override
        public ClassScore formula(final long seed) {
            return new ProjectionScore(directions, false);
        }
    }

    /** {@code |R(x) - mean|}, the euclidean norm (paper, Figure 1). */
    record L2Norm() implements ByClass {

        @Override
        public ClassScore formula(final long seed) {
            return new NormScore();
        }
    }

    /** {@code |(R(x) - mean) . u|} for a random direction u of unit length, the same for all classes (paper, Figure 1). */
    record RandomVector() implements ByClass {

        @Override
        public ClassScore formula(final long seed) {
            return new RandomVectorScore(seed);
        }
    }

    /**
     * Activation clustering (Chen et al. 2018): principal components, 2-means, the smaller cluster is suspect. The score says how much
     * nearer a row lies to the smaller cluster's centre, from -1 to 1.
     *
     * @param components number of principal components that are clustered, from 1 to {@value ScoringMethod#MAX_COMPONENTS}; 10 in the original
     */
    record ActivationClustering(int components) implements ByClass {

        /** @throws IllegalArgumentException if the number is out of range */
        public ActivationClustering {
            checkComponents(components);
        }

        @Override
        public ClassScore formula(final long seed) {
            return new ClusterScore(components, seed);
        }
    }

    /**
     * SPECTRE (Hayase et al. 2021): principal components, robust covariance, whitening, QUE score.
     *
     * @param components the most principal components that it may use, from 1 to {@value ScoringMethod#MAX_COMPONENTS}, as in its code
     * @param epsilon bound on the share of poison in a class, above 0 and below .5
     */
    record Spectre(int components, double epsilon) implements ByClass {

        /** @throws IllegalArgumentException if a number is out of range */
        public Spectre {
            checkComponents(components);
            checkEpsilon(epsilon);
        }

        @Override
        public ClassScore formula(final long seed) {
            return new QueScore(components, epsilon);
        }
    }

    /**
     * Several methods at once, of which the one that finds an image most suspicious counts, see {@link EnsembleScorer}.
     *
     * @param epsilon SPECTRE's bound on the share of poison in a class, above 0 and below .5
     */
    record Ensemble(double epsilon) implements ScoringMethod {

        /** @throws IllegalArgumentException if the bound is out of range */
        public Ensemble {
            checkEpsilon(epsilon);
        }
    }

    /**
     * SCAn (Tang et al. 2021), which compares the classes with each other, see {@link ScanScorer}.
     *
     * @param components the most principal components of all rows to look at, from 1 to {@value ScoringMethod#MAX_COMPONENTS}; not more
     *            than a fifth of the rows of the smallest class that is compared
     */
    record Scan(int components) implements ScoringMethod {

        /** @throws IllegalArgumentException if the number is out of range */
        public Scan {
            checkComponents(components);
        }
    }

    private static void checkComponents(final int components) {
        if (components < 1 || components > MAX_COMPONENTS) {
            throw new IllegalArgumentException("The number of components must lie between 1 and %d, not %d.".formatted(MAX_COMPONENTS, components));
        }
    }

    private static void checkEpsilon(final double epsilon) {
        if (!(epsilon > 0 && epsilon < .5)) {
            throw new IllegalArgumentException("Epsilon is %s, but must be above 0 and below 0.5.".formatted(epsilon));
        }
    }
}
