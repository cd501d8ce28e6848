package org.spectralsignatures.transfer;

import java.nio.FloatBuffer;
import java.util.Arrays;

import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.Products;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** The loss of a classifier on some of the vectors, and its gradient there; one thread at a time may use it. */
final class LossPart implements AutoCloseable {

    private static final int MOST_ROWS = 256;

    /** Values of the rows that are multiplied at a time: half a megabyte, which the processor's second cache holds. */
    private static final int TILE = 1 << 17;

    /** Rows that share the reading of the weights, also long ones, as long as they have no more values than the next number says. */
    private static final int SHARING_ROWS = 16;

    private static final int LARGEST_TILE = 1 << 22;

    private final LabelledVectors vectors;

    private final Standardisation standardisation;

    private final HeadShape shape;

    private final int from;

    private final int to;

    private final Products products = Engines.products();

    private final Products.Tile tile;

    private final FloatBuffer memory;

    private final int rows;

    /** What the first layer gives, and then what the loss changes with it: {@code [units, rows]}. */
    private final float[][] units;

    /** {@code [classes, rows]}. */
    private final float[][] outputs;

    private double[][] firstGradient;

    private double[] restGradient;

    private double loss;

    private long correct;

    /**
     * @param vectors all of them
     * @param standardisation of their values
     * @param shape of the classifier
     * @param from first row
     * @param to behind the last row
     */
    LossPart(final LabelledVectors vectors, final Standardisation standardisation, final HeadShape shape, final int from, final int to) {
        this.vectors = vectors;
        this.standardisation = standardisation;
        this.shape = shape;
        this.from = from;
        this.to = to;
        rows = Math.max(1, Math.min(MOST_ROWS, Math.max(TILE / shape.inputs(), Math.min(SHARING_ROWS, LARGEST_TILE / shape.inputs()))));
        units = new float[shape.units()][rows];
        outputs = shape.hidden() == 0 ? units : new float[shape.classes()][rows];
        tile = products.tile(rows, shape.inputs());
        memory = tile.memory();
    }

    /**
     * @param parameters as {@link HeadShape} says
     * @param withGradient whether that is wanted, too
     * @param monitor asked for each tile of rows
     */
    void compute(final double[] parameters, final boolean withGradient, final TaskMonitor monitor) throws TaskCancelledException {
        loss = 0;
        correct = 0;
        if (withGradient) {
            clear();
        }
        final var weights = new Products.Vector[shape.units()];
        try {
            for (int u = 0; u < weights.length; u++) {
                weights[u] = products.vector(HeadShape.floats(parameters, u * shape.inputs(), (u + 1) * shape.inputs()));
            }
            for (int first = from; first < to; first += rows) {
                monitor.checkCancelled();
                final int count = Math.min(rows, to - first);
                load(first, count);
                forward(parameters, weights, count);
                lose(first, count);
                if (withGradient) {
                    backward(parameters, count);
                }
            }
        } finally {
            for (Products.Vector vector : weights) {
                if (vector != null) {
                    vector.close();
                }
            }
        }
    }

    private void clear() {
        if (firstGradient == null) {
            firstGradient = new double[shape.units()][shape.inputs()];
            restGradient = new double[shape.size() - shape.firstBiases()];
        }
        for (double[] gradient : firstGradient) {
            Arrays.fill(gradient, 0);
        }
        Arrays.fill(restGradient, 0);
    }

    private void load(final int first, final int count) {
        final var row = new float[shape.inputs()];
        for (int r = 0; r < count; r++) {
            vectors.matrix().readRow((long)first + r, row);
            standardisation.apply(row);
            memory.put(r * row.length, row);
        }
        tile.use(memory, count);
    }

    private void forward(final double[] parameters, final Products.Vector[] weights, final int count) {
        final boolean hidden = shape.hidden() > 0;
        for (int u = 0; u < weights.length; u++) {
            tile.multiply(weights[u], units[u]);
            final float bias = (float)parameters[shape.firstBiases() + u];
            for (int r = 0; r < count; r++) {
                final float value = units[u][r] + bias;
                units[u][r] = hidden ? Math.max(0, value) : value;
            }
        }
        if (hidden) {
            second(parameters, count);
        }
    }

    private void second(final double[] parameters, final int count) {
        final var sums = new double[count];
        for (int k = 0; k < outputs.length; k++) {
            Arrays.fill(sums, parameters[shape.secondBiases() + k]);
            for (int u = 0; u < units.length; u++) {
                final double weight = parameters[shape.secondWeights() + k * units.length + u];
                for (int r = 0; r < count; r++) {
                    sums[r] += weight * units[u][r];
                }
            }
            for (int r = 0; r < count; r++) {
                outputs[k][r] = (float)sums[r];
            }
        }
    }

    /** Adds the cross-entropies, and puts in place of each logit what its loss changes with it: the probability, less 1 for the class of the row. */
    private void lose(final int first, final int count) {
        final var exponentials = new double[outputs.length];
        for (int r = 0; r < count; r++) {
            final int label = vectors.labels()[first + r];
            int best = 0;
            for (int k = 1; k < outputs.length; k++) {
                best = outputs[k][r] > outputs[best][r] ? k : best;
            }
            final double largest = outputs[best][r];
            double sum = 0;
            for (int k = 0; k < outputs.length; k++) {
                exponentials[k] = Math.exp(outputs[k][r] - largest);
                sum += exponentials[k];
            }
            loss += Math.log(sum) + largest - outputs[label][r];
            correct += best == label ? 1 : 0;
            for (int k = 0; k < outputs.length; k++) {
                outputs[k][r] = (float)(exponentials[k] / sum - (k == label ? 1 : 0));
            }
        }
    }

    private void backward(final double[] parameters, final int count) {
        if (shape.hidden() > 0) {
            backwardSecond(parameters, count);
        }
        for (int u = 0; u < units.length; u++) {
            tile.addTo(firstGradient[u], units[u]);
            for (int r = 0; r < count; r++) {
                restGradient[u] += units[u][r];
            }
        }
    }

    private void backwardSecond(final double[] parameters, final int count) {
        final int classes = outputs.length;
        final int weights = shape.secondWeights() - shape.firstBiases();
        final var changes = new double[count];
        for (int k = 0; k < classes; k++) {
            for (int r = 0; r < count; r++) {
                restGradient[weights + classes * units.length + k] += outputs[k][r];
            }
        }
        for (int u = 0; u < units.length; u++) {
            Arrays.fill(changes, 0);
            for (int k = 0; k < classes; k++) {
                final double weight = parameters[shape.secondWeights() + k * units.length + u];
                double sum = 0;
                for (int r = 0; r < count; r++) {
                    sum += (double)outputs[k][r] * units[u][r];
                    changes[r] += weight * outputs[k][r];
                }
                restGradient[weights + k * units.length + u] += sum;
            }
            for (int r = 0; r < count; r++) {
                units[u][r] = units[u][r] > 0 ? (float)changes[r] : 0;
            }
        }
    }

    /** @return sum of the cross-entropies in nats */
    double loss() {
        return loss;
    }

    /** @return number of rows whose class has the largest output */
    long correct() {
        return correct;
    }

    /** @param sum of the gradients of all parts, to which this one's is added */
    void addGradient(final double[] sum) {
        for (int u = 0; u < firstGradient.length; u++) {
            for (int i = 0; i < shape.inputs(); i++) {
                sum[u * shape.inputs() + i] += firstGradient[u][i];
            }
        }
        for (int i = 0; i < restGradient.length; i++) {
            sum[shape.firstBiases() + i] += restGradient[i];
        }
    }

    @Override
    public void close() {
        tile.close();
    }
}
