package org.spectralsignatures.network;

import java.util.List;

/**
 * A small classifier of vectors, which stands behind a layer of a network: means are taken away, then come one or two dense layers with a rectifier
 * between them, and the last one gives the logits of the classes.
 *
 * @param means of the vectors' values, {@code [d]}
 * @param layers one or two; the second takes as many values as the first gives
 */
public record DenseHead(float[] means, List<Dense> layers) { // NOSONAR never compared

    private static final int MOST_LAYERS = 2;

    /**
     * {@code y = W x + b}.
     *
     * @param weights W, {@code [outputs, inputs]} row by row
     * @param biases b, {@code [outputs]}
     */
    public record Dense(float[] weights, float[] biases) { // NOSONAR never compared

        /** @throws IllegalArgumentException if the numbers of values do not fit each other */
        public Dense {
            if (biases.length == 0 || weights.length == 0 || weights.length % biases.length != 0) {
                throw new IllegalArgumentException("A dense layer of %d weights cannot have %d outputs.".formatted(weights.length, biases.length));
            }
        }

        /** @return number of values that it takes */
        public int inputs() {
            return weights.length / biases.length;
        }

        /** @return number of values that it gives */
        public int outputs() {
            return biases.length;
        }

        double[] apply(final double[] x) {
            final var y = new double[outputs()];
            for (int o = 0; o < y.length; o++) {
                double sum = biases[o];
                for (int i = 0; i < x.length; i++) {
                    sum += (double)weights[o * x.length + i] * x[i];
                }
                y[o] = sum;
            }
            return y;
        }
    }

    /** @throws IllegalArgumentException if the layers do not fit each other */
    public DenseHead {
        layers = List.copyOf(layers);
        int values = means.length;
        for (Dense layer : layers) {
            if (layer.inputs() != values) {
                throw new IllegalArgumentException("A dense layer takes %d values, but gets %d.".formatted(layer.inputs(), values));
            }
            values = layer.outputs();
        }
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw new IllegalArgumentException("A classifier has one or two layers, not %d.".formatted(layers.size()));
        }
    }

    /** @return number of classes */
    public int classes() {
        return layers.get(layers.size() - 1).outputs();
    }

    /** @return number of weights and biases */
    public long parameters() {
        return layers.stream().mapToLong(layer -> (long)layer.weights().length + layer.biases().length).sum();
    }

    /**
     * @param vector {@code [d]}
     * @return the probabilities of the classes, computed in double precision
     */
    public double[] probabilities(final float[] vector) {
        double[] x = new double[means.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (double)vector[i] - means[i];
        }
        for (int l = 0; l < layers.size(); l++) {
            x = layers.get(l).apply(x);
            for (int o = 0; l < layers.size() - 1 && o < x.length; o++) {
                x[o] = Math.max(0, x[o]);
            }
        }
        softmax(x);
        return x;
    }

    private static void softmax(final double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (int k = 0; k < logits.length; k++) {
            logits[k] = Math.exp(logits[k] - largest);
            sum += logits[k];
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] /= sum;
        }
    }
}
