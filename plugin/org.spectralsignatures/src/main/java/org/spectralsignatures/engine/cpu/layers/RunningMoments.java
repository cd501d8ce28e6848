package org.spectralsignatures.engine.cpu.layers;

/** How the moments that a trained network normalises by follow those of the batches. */
final class RunningMoments {

    private RunningMoments() {
    }

    /**
     * DL4J subtracts the "gradient" of the running moments from them as it is.
     *
     * @return (1 - decay) * (running - batch)
     */
    static float[] step(final float[] running, final float[] batch, final double decay) {
        final var step = new float[running.length];
        for (int c = 0; c < step.length; c++) {
            step[c] = (float)((1 - decay) * (running[c] - batch[c]));
        }
        return step;
    }
}
