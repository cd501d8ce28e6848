package org.spectralsignatures.scoring;

import org.spectralsignatures.monitor.TaskCancelledException;

/** The formula of one {@link ScoringMethod.ByClass}. */
interface ClassScore {

    /** @return number of leading singular vectors that it needs */
    int directions();

    /** @return how many of them must be accurate one by one; of the rest only the space that they span counts */
    int certainDirections();

    /**
     * @param matrix the rows of a class, at least two, with some variance
     * @param directions its leading singular vectors, fewer than asked for if the rank is lower, but at least one
     * @return a score for each row, the higher the more suspicious
     */
    double[] scores(ClassMatrix matrix, SingularVectors directions) throws TaskCancelledException;
}
