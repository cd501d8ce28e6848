package org.spectralsignatures.engine.cpu.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a {@link ResidualUnit}, one after the other: for each half gamma and beta {@code [c]} of the normalisation and
 * the kernels {@code [filters, c, 3, 3]}, those of a projection {@code [filters, c, 1, 1]}, then for each half running mean and running variance {@code [c]}.
 * Kernels start from a normal distribution of variance 2 / (9 * filters), as the authors' do, those of a projection 2 / filters.
 */
final class ResidualUnitParameters implements ParamInitializer {

    static final ResidualUnitParameters INSTANCE = new ResidualUnitParameters();

    static final String GAMMA = "gamma";

    static final String BETA = "beta";

    static final String MEAN = "mean";

    static final String VARIANCE = "var";

    static final String KERNELS = "W";

    static final String PROJECTION = KERNELS + "shortcut";

    private ResidualUnitParameters() {
    }

    static boolean isKernel(final String name) {
        return name.startsWith(KERNELS);
    }

    static boolean isRunningMoment(final String name) {
        return name.startsWith(MEAN) || name.startsWith(VARIANCE);
    }

    private static Map<String, long[]> shapes(final Layer layer) {
        final var unit = (ResidualUnit)layer;
        final var shapes = new LinkedHashMap<String, long[]>();
        for (int half = 1; half <= 2; half++) {
            shapes.put(GAMMA + half, new long[]{1, channels(unit, half)});
            shapes.put(BETA + half, new long[]{1, channels(unit, half)});
            shapes.put(KERNELS + half, new long[]{unit.getNOut(), channels(unit, half), 3, 3});
        }
        if (unit.isProjection()) {
            shapes.put(PROJECTION, new long[]{unit.getNOut(), unit.getNIn(), 1, 1});
        }
        for (int half = 1; half <= 2; half++) { // together, since DL4J updates neighbours of one kind at once
            shapes.put(MEAN + half, new long[]{1, channels(unit, half)});
            shapes.put(VARIANCE + half, new long[]{1, channels(unit, half)});
        }
        return shapes;
    }

    private static long channels(final ResidualUnit unit, final int half) {
        return half == 1 ? unit.getNIn() : unit.getNOut();
    }

    private static long size(final long[] shape) {
        long size = 1;
        for (long side : shape) {
            size *= side;
        }
        return size;
    }

    @Override
    public long numParams(final NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(final Layer layer) {
        return shapes(layer).values().stream().mapToLong(ResidualUnitParameters::size).sum();
    }

    @Override
    public List<String> paramKeys(final Layer layer) {
        return List.copyOf(shapes(layer).keySet());
    }

    @Override
    public List<String> weightKeys(final Layer layer) {
        return paramKeys(layer).stream().filter(ResidualUnitParameters::isKernel).toList();
    }

    @Override
    public List<String> biasKeys(final Layer layer) {
        return List.of();
    }

    @Override
    public boolean isWeightParam(final Layer layer, final String name) {
        return isKernel(name);
    }

    @Override
    public boolean isBiasParam(final Layer layer, final String name) {
        return false;
    }

    @Override
    public Map<String, INDArray> init(final NeuralNetConfiguration conf, final INDArray view, final boolean initialize) {
        final Map<String, INDArray> views = views(conf.getLayer(), view);
        if (initialize) {
            views.forEach((name, array) -> {
                if (isKernel(name)) {
                    final double deviation = Math.sqrt(2.0 / (array.size(2) * array.size(3) * array.size(0)));
                    array.assign(Nd4j.randn(array.shape()).muli(deviation));
                } else {
                    array.assign(name.startsWith(GAMMA) || name.startsWith(VARIANCE) ? 1 : 0);
                }
            });
        }
        views.keySet().forEach(conf::addVariable);
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(final NeuralNetConfiguration conf, final INDArray view) {
        return views(conf.getLayer(), view);
    }

    private static Map<String, INDArray> views(final Layer layer, final INDArray view) {
        final INDArray flat = view.reshape(view.length());
        final var views = new LinkedHashMap<String, INDArray>();
        long first = 0;
        for (var entry : shapes(layer).entrySet()) {
            final long end = first + size(entry.getValue());
            views.put(entry.getKey(), flat.get(NDArrayIndex.interval(first, end)).reshape('c', entry.getValue()));
            first = end;
        }
        return views;
    }
}
