package org.spectralsignatures.training;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Softmax cross-entropy that also adds up, for the training in the current thread, the loss and the number of images that
 * were classified correctly: the training's accuracy for free.
 */
public final class CountingCrossEntropy extends LossMCXENT {

    private static final long serialVersionUID = 1L;

    private static final ThreadLocal<Count> COUNT = new ThreadLocal<>();

    /** Sums over the images seen since it was started. */
    static final class Count {
        long images;

        long correct;

        double loss;

        /** Starts a count in the current thread. */
        static Count start() {
            final var count = new Count();
            COUNT.set(count);
            return count;
        }

        /** Ends the current thread's count. */
        static void stop() {
            COUNT.remove();
        }
    }

    @Override
    public INDArray computeGradient(final INDArray labels, final INDArray preOutput, final IActivation activation, final INDArray mask) {
        final Count count = COUNT.get();
        if (count != null) {
            add(count, labels.toFloatMatrix(), preOutput.toFloatMatrix());
        }
        return super.computeGradient(labels, preOutput, activation, mask);
    }

    private static void add(final Count count, final float[][] labels, final float[][] logits) {
        for (int i = 0; i < logits.length; i++) {
            int best = 0;
            int label = 0;
            for (int c = 1; c < logits[i].length; c++) {
                best = logits[i][c] > logits[i][best] ? c : best;
                label = labels[i][c] > labels[i][label] ? c : label;
            }
            double sum = 0;
            for (float logit : logits[i]) {
                sum += Math.exp(logit - logits[i][best]);
            }
            count.images++;
            count.correct += best == label ? 1 : 0;
            count.loss += Math.log(sum) - (logits[i][label] - logits[i][best]);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof CountingCrossEntropy;
    }

    @Override
    protected boolean canEqual(final Object other) {
        return other instanceof CountingCrossEntropy;
    }

    @Override
    public int hashCode() {
        return CountingCrossEntropy.class.hashCode();
    }
}
