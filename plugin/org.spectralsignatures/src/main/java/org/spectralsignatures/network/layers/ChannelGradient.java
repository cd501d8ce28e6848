package org.spectralsignatures.network.layers;

/**
 * The backward pass of batch normalisation and leaky rectifier for one channel. With xhat = (x - mean) * inverseDeviation,
 * z = gamma * xhat + beta and g = dy * (z &lt; 0 ? leak : 1), over the m values of the channel in the batch:
 * dbeta = sum g, dgamma = sum g * xhat, dx = gamma * inverseDeviation * (g - dbeta / m - xhat * dgamma / m).
 */
record ChannelGradient(float gamma, float beta, float mean, float inverseDeviation, float leak, int images, int size) {

    void run(final Planes x, final Planes dy, final Planes dx, final int channel, final float[] gammaGradient,
        final float[] betaGradient) {
        final var values = new float[size];
        final var gradient = new float[size];
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < images; i++) {
            x.read(i, channel, values);
            dy.read(i, channel, gradient);
            normalise(values);
            rectify(values, gradient);
            float s0 = 0;
            float s1 = 0;
            float w0 = 0;
            float w1 = 0;
            int k = 0;
            for (; k + 1 < size; k += 2) {
                s0 += gradient[k];
                w0 += gradient[k] * values[k];
                s1 += gradient[k + 1];
                w1 += gradient[k + 1] * values[k + 1];
            }
            if (k < size) {
                s0 += gradient[k];
                w0 += gradient[k] * values[k];
            }
            sum += (double)s0 + s1;
            weighted += (double)w0 + w1;
        }
        betaGradient[channel] = (float)sum;
        gammaGradient[channel] = (float)weighted;
        final double m = (double)images * size;
        final float meanGradient = (float)(sum / m);
        final float meanWeighted = (float)(weighted / m);
        final float scale = gamma * inverseDeviation;
        for (int i = 0; i < images; i++) {
            x.read(i, channel, values);
            dy.read(i, channel, gradient);
            normalise(values);
            rectify(values, gradient);
            for (int k = 0; k < size; k++) {
                gradient[k] = scale * (gradient[k] - meanGradient - values[k] * meanWeighted);
            }
            dx.write(i, channel, gradient);
        }
    }

    private void normalise(final float[] values) {
        final float factor = inverseDeviation;
        final float shift = -mean * inverseDeviation;
        for (int k = 0; k < values.length; k++) {
            values[k] = values[k] * factor + shift;
        }
    }

    private void rectify(final float[] normalised, final float[] gradient) {
        final float slope = leak;
        final float g = gamma;
        final float b = beta;
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] *= g * normalised[k] + b < 0 ? slope : 1f;
        }
    }
}
