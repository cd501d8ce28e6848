package org.spectralsignatures.network.onnx;

/**
 * How the file of a network in the ONNX format is run, as far as its description does not tell.
 *
 * @param output name of the output that tells the classes
 * @param probabilities whether it gives probabilities; else a softmax makes them
 * @param layout of the images that it takes
 * @param order of their channels
 * @param batch images that it takes at a time; 0 for any number
 */
public record OnnxReading(String output, boolean probabilities, Layout layout, ColourOrder order, int batch) {

    /** @throws IllegalArgumentException if there are no so many images */
    public OnnxReading {
        if (batch < 0) {
            throw new IllegalArgumentException("A network takes at least one image at a time, not %d.".formatted(batch));
        }
    }
}
