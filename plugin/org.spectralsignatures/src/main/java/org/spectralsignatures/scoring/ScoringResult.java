package org.spectralsignatures.scoring;

import java.util.List;

/**
 * The outlier scores of n representations.
 *
 * @param scores {@code [n]}, the higher the more suspicious
 * @param ranks {@code [n]}, 1 for the highest score of the class; equal scores are ranked by row key
 * @param statistics one a class
 */
public record ScoringResult(double[] scores, int[] ranks, List<ClassStatistics> statistics) { // NOSONAR never compared
}
