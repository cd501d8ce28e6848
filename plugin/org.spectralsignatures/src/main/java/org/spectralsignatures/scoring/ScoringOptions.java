package org.spectralsignatures.scoring;

/**
 * How representations are scored.
 *
 * @param variant the formula
 * @param components number of leading directions, 1 in the paper
 * @param seed of the vector that the iteration starts from
 */
public record ScoringOptions(ScoreVariant variant, int components, long seed) {

    /** Most directions that can be asked for. */
    public static final int MAX_COMPONENTS = 100;

    /** @throws IllegalArgumentException if the number of directions is out of range */
    public ScoringOptions {
        if (components < 1 || components > MAX_COMPONENTS) {
            throw new IllegalArgumentException("The number of components must lie between 1 and %d, not %d.".formatted(MAX_COMPONENTS, components));
        }
    }
}
