package org.spectralsignatures.engine.cpu.kernels;

import java.util.LinkedHashMap;
import java.util.Map;

/** The convolutions of one layer, one for each size of batch that it met lately. */
public final class Convolutions {

    /** Training batches, the rest at an epoch's end, and the same of a prediction. */
    private static final int KEPT = 4;

    private static final System.Logger LOGGER = System.getLogger(Convolutions.class.getName());

    private final Map<ConvolutionShape, Convolution> known = new LinkedHashMap<>(KEPT, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<ConvolutionShape, Convolution> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * @param shape of a convolution
     * @return one of that shape, on oneDNN if it can
     */
    public Convolution of(final ConvolutionShape shape) {
        return known.computeIfAbsent(shape, Convolutions::create);
    }

    private static Convolution create(final ConvolutionShape shape) {
        final OneDnn library = OneDnn.get();
        if (library != null) {
            try {
                return new OneDnnConvolution(library, shape);
            } catch (IllegalStateException e) {
                LOGGER.log(System.Logger.Level.WARNING, "A convolution runs on ND4J, which is slower: {0}", e.getMessage());
            }
        }
        return new Nd4jConvolution(shape);
    }
}
