package org.spectralsignatures.scoring;

import java.util.List;

/**
 * What was found in the representations of one class (the figures of the paper's Table 1 and of the scores).
 *
 * @param label the class
 * @param rows number n of its representations
 * @param meanNorm euclidean norm of their mean, NaN without rows
 * @param singularValues the three largest of the centred matrix, in descending order; 0 where the matrix has fewer
 * @param explainedVariance share of the variance along the first direction, NaN if there is no variance
 * @param meanScore mean of the scores, NaN without rows
 * @param maxScore largest score, NaN without rows
 * @param iterations passes over the rows that the singular vectors took
 * @param angle bound on the sine of the angle between a computed singular vector and the true one
 */
public record ClassStatistics(String label, int rows, double meanNorm, List<Double> singularValues, double explainedVariance,
    double meanScore, double maxScore, int iterations, double angle) {

    /** @return whether each computed direction is that of the true singular vector, up to 1 - cosine below 5e-11 */
    public boolean directionCertain() {
        return angle <= SingularVectors.ANGLE;
    }
}
