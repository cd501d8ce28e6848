package org.spectralsignatures.scoring;

import java.util.SplittableRandom;

import org.spectralsignatures.monitor.TaskCancelledException;

/** The absolute projection of the centred row on a direction that is uniform on the sphere (paper, Figure 1). */
record RandomVectorScore(long seed) implements ClassScore {

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
        final var direction = new double[matrix.columns()];
        final var random = new SplittableRandom(seed);
        for (int k = 0; k < direction.length; k++) {
            direction[k] = random.nextGaussian();
        }
        Vectors.scale(direction, 1 / Vectors.norm(direction));
        final var projections = new double[1][matrix.rows()];
        matrix.gram(new double[][]{direction}, projections);
        for (int i = 0; i < projections[0].length; i++) {
            projections[0][i] = Math.abs(projections[0][i]);
        }
        return projections[0];
    }
}
