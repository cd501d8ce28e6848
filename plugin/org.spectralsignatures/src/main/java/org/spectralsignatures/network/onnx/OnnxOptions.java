package org.spectralsignatures.network.onnx;

import java.util.List;

import org.spectralsignatures.network.ImagePreparation;

/**
 * What a user says of a network in the ONNX format, where the file does not.
 *
 * @param classes names in the order of the outputs; empty to take those that the file tells, or else numbers
 * @param height of images, 0 to take the file's
 * @param width of images, 0 to take the file's
 * @param preparation what was done to images when the network was trained; null to take what the file tells, or else values from 0 to 1
 * @param colours order of the colours; null to take what the file tells, or else red, green, blue
 * @param layout of images; null to see it by the shape
 * @param output name of the output that tells the classes; empty where only one can
 * @param outputs what it gives
 * @param defaultLayer name of a tensor; empty for what the last dense layer takes
 */
public record OnnxOptions(List<String> classes, int height, int width, ImagePreparation preparation, ColourOrder colours, Layout layout, String output,
    Outputs outputs, String defaultLayer) {

    /** What a network gives for each class. */
    public enum Outputs {

        /** Probabilities where the graph ends with a softmax, else logits. */
        GUESS,

        /** Values that become probabilities by a softmax. */
        LOGITS,

        /** Probabilities. */
        PROBABILITIES
    }

    /** Largest height and width of images. */
    public static final int LARGEST_SIDE = 4096;

    /** Nothing but what the file says. */
    public static final OnnxOptions DEFAULT = new OnnxOptions(List.of(), 0, 0, null, null, null, "", Outputs.GUESS, "");

    /** @throws IllegalArgumentException if a size is negative */
    public OnnxOptions {
        classes = List.copyOf(classes);
        if (height < 0 || width < 0) {
            throw new IllegalArgumentException("Height and width of images must be 0 (as the file says) or more, not %d and %d.".formatted(height, width));
        }
    }
}
