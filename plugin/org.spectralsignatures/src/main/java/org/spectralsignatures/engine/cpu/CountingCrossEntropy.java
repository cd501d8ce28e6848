package org.spectralsignatures.engine.cpu;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Softmax cross-entropy that also tells of each training step the loss of each image and the number of images that were classified
 * correctly: the training's accuracy for free.
 */
public final class CountingCrossEntropy extends LossMCXENT {

    private static final long serialVersionUID = 1L;

    private transient double[] losses;

    private transient int correct;

    /** @param target receives the loss of each image of the next step */
    void tell(final double[] target) {
        losses = target;
        correct = 0;
    }

    /** @return number of images of the last step that were classified correctly */
    int correct() {
        return correct;
    }

    @Override
    public INDArray computeGradient(final INDArray labels, final INDArray preOutput, final IActivation activation, final INDArray mask) {
        if (losses != null) {
            tell(labels.toFloatMatrix(), preOutput.toFloatMatrix());
        }
        return super.computeGradient(labels, preOutput, activation, mask);
    }

    private void tell(final float[][] labels, final float[][] logits) {
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
            correct += best == label ? 1 : 0;
            losses[i] = Math.log(sum) - (logits[i][label] - logits[i][best]);
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
