package org.spectralsignatures.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.Products;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * The mean cross-entropy of a classifier on vectors, and its gradient. It is computed in parts, whose number depends on that of the vectors alone, and the parts'
 * sums are added in their order: any number of threads gives the same bits.
 */
final class HeadLoss implements AutoCloseable {

    private static final int MOST_PARTS = 8;

    /** Fewer vectors a part are not worth a thread. */
    private static final int FEWEST_ROWS = 64;

    private final int size;

    private final List<LossPart> parts = new ArrayList<>();

    private final Products.Scope scope;

    private double accuracy;

    /**
     * @param vectors stay the caller's
     * @param standardisation of their values
     * @param shape of the classifier
     */
    HeadLoss(final LabelledVectors vectors, final Standardisation standardisation, final HeadShape shape) {
        size = vectors.size();
        scope = Engines.products().sequential();
        final int count = parts(size);
        for (int p = 0; p < count; p++) {
            parts.add(new LossPart(vectors, standardisation, shape, (int)((long)size * p / count), (int)((long)size * (p + 1) / count)));
        }
    }

    /** @return number of parts in which so many vectors are computed */
    static int parts(final int vectors) {
        return Math.max(1, Math.min(MOST_PARTS, vectors / FEWEST_ROWS));
    }

    /**
     * @param parameters as {@link HeadShape} says
     * @param gradient receives the gradient, null if it is not wanted
     * @param monitor asked again and again, by several threads
     * @return the mean cross-entropy in nats
     * @throws TaskCancelledException if the monitor said so
     */
    double at(final double[] parameters, final double[] gradient, final TaskMonitor monitor) throws TaskCancelledException {
        InParts.run(parts.size(), p -> parts.get(p).compute(parameters, gradient != null, monitor));
        double loss = 0;
        long correct = 0;
        for (LossPart part : parts) {
            loss += part.loss();
            correct += part.correct();
        }
        accuracy = (double)correct / size;
        if (gradient != null) {
            Arrays.fill(gradient, 0);
            parts.forEach(part -> part.addGradient(gradient));
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] /= size;
            }
        }
        return loss / size;
    }

    /** @return share of the vectors that were classified correctly in the last call */
    double accuracy() {
        return accuracy;
    }

    @Override
    public void close() {
        parts.forEach(LossPart::close);
        scope.close();
    }
}
