package org.spectralsignatures.scoring;

/**
 * How representations are scored.
 *
 * @param method the formula
 * @param components number of leading directions: those whose projections are added (1 in the paper), those that are clustered
 *            (10 in activation clustering), the most that SPECTRE may use (100 in its code); ignored by the other methods
 * @param epsilon SPECTRE's bound on the share of poison in a class, above 0 and below .5; ignored by the other methods
 * @param seed of the vectors that the iteration starts from, of the random direction and of the clusters' first centres
 */
public record ScoringOptions(ScoringMethod method, int components, double epsilon, long seed) {

    /** Most directions that can be asked for. */
    public static final int MAX_COMPONENTS = 100;

    /** The bound where none is given. */
    public static final double DEFAULT_EPSILON = .1;

    /** @throws IllegalArgumentException if a number is out of range */
    public ScoringOptions {
        if (components < 1 || components > MAX_COMPONENTS) {
            throw new IllegalArgumentException("The number of components must lie between 1 and %d, not %d.".formatted(MAX_COMPONENTS, components));
        }
        if (!(epsilon > 0 && epsilon < .5)) {
            throw new IllegalArgumentException("Epsilon is %s, but must be above 0 and below 0.5.".formatted(epsilon));
        }
    }

    /**
     * As the other constructor, for methods that need no bound.
     *
     * @param method the formula
     * @param components number of leading directions
     * @param seed of what is random
     */
    public ScoringOptions(final ScoringMethod method, final int components, final long seed) {
        this(method, components, DEFAULT_EPSILON, seed);
    }
}
