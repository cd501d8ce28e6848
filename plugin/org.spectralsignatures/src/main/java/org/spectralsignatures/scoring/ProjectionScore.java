package org.spectralsignatures.scoring;

/**
 * The spectral signature: projections on the leading directions, squared and added. Centred, as in Algorithm 1 of the paper,
 * or of the row as it is with a root at the end, as in the authors' code.
 */
record ProjectionScore(int directions, boolean centred) implements ClassScore {

    @Override
    public int certainDirections() {
        return directions;
    }

    @Override
    public double[] scores(final ClassMatrix matrix, final SingularVectors found) {
        final var scores = new double[matrix.rows()];
        for (int j = 0; j < found.vectors().size(); j++) {
            final double[] projections = found.projections().get(j);
            // R v = M v + (mean . v)
            final double shift = centred ? 0 : Vectors.dot(matrix.mean(), found.vectors().get(j));
            for (int i = 0; i < scores.length; i++) {
                final double projection = projections[i] + shift;
                scores[i] += projection * projection;
            }
        }
        if (!centred) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = Math.sqrt(scores[i]);
            }
        }
        return scores;
    }
}
