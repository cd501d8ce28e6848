package org.spectralsignatures.scoring;

import org.spectralsignatures.monitor.TaskCancelledException;

/** The euclidean norm of the centred row (paper, Figure 1). */
record NormScore() implements ClassScore {

    @Override
    public int directions() {
        return 1;
    }

    @Override
    public int certainDirections() {
        return 0;
    }

    @Override
    public double[] scores(final ClassMatrix matrix, final SingularVectors found) throws TaskCancelledException {
        final double[] scores = matrix.squaredNorms();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.sqrt(scores[i]);
        }
        return scores;
    }
}
