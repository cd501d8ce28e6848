package org.spectralsignatures.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.spectralsignatures.network.DenseHead;
import org.spectralsignatures.network.DenseHead.Dense;

/**
 * How the parameters of a classifier of standardised vectors lie in one array: the weights of the first layer {@code [units, inputs]} and its biases, then, where
 * it is a hidden one, the weights {@code [classes, hidden]} and biases of the second.
 *
 * @param inputs values of a vector, d
 * @param hidden units, 0 for no hidden layer
 * @param classes number of outputs
 */
record HeadShape(int inputs, int hidden, int classes) {

    /** @return outputs of the first layer */
    int units() {
        return hidden == 0 ? classes : hidden;
    }

    /** @return where the biases of the first layer begin */
    int firstBiases() {
        return Math.multiplyExact(units(), inputs);
    }

    /** @return where the weights of the second layer begin */
    int secondWeights() {
        return Math.addExact(firstBiases(), units());
    }

    /** @return where the biases of the second layer begin */
    int secondBiases() {
        return secondWeights() + classes * hidden;
    }

    /** @return number of parameters */
    int size() {
        return hidden == 0 ? secondWeights() : secondBiases() + classes;
    }

    /** @return whether a parameter is a weight, not a bias */
    boolean isWeight(final int index) {
        return index < firstBiases() || index >= secondWeights() && index < secondBiases();
    }

    /**
     * Zeros, and for a hidden layer weights drawn evenly, as far from zero as Glorot and Bengio (2010) say: sqrt(6 / (inputs + outputs)).
     *
     * @param varying number of inputs that are not always zero
     */
    double[] initial(final int varying, final long seed) {
        final var parameters = new double[size()];
        if (hidden > 0) {
            final var random = new SplittableRandom(seed);
            draw(random, parameters, 0, firstBiases(), varying + hidden);
            draw(random, parameters, secondWeights(), secondBiases(), hidden + classes);
        }
        return parameters;
    }

    private static void draw(final SplittableRandom random, final double[] parameters, final int from, final int to, final int neighbours) {
        final double bound = Math.sqrt(6. / neighbours);
        for (int i = from; i < to; i++) {
            parameters[i] = bound * (2 * random.nextDouble() - 1);
        }
    }

    /** @return the classifier of vectors as they are, of parameters for standardised ones */
    DenseHead head(final double[] parameters, final Standardisation standardisation) {
        final float[] first = floats(parameters, 0, firstBiases());
        for (int i = 0; i < first.length; i++) {
            first[i] *= standardisation.factors()[i % inputs];
        }
        final List<Dense> layers = new ArrayList<>(List.of(new Dense(first, floats(parameters, firstBiases(), secondWeights()))));
        if (hidden > 0) {
            layers.add(new Dense(floats(parameters, secondWeights(), secondBiases()), floats(parameters, secondBiases(), size())));
        }
        return new DenseHead(standardisation.means(), layers);
    }

    /** @return some of the parameters in single precision */
    static float[] floats(final double[] parameters, final int from, final int to) {
        final var floats = new float[to - from];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float)parameters[from + i];
        }
        return floats;
    }
}
