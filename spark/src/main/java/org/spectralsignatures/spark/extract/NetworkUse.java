package org.spectralsignatures.spark.extract;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.file.NetworkKind;
import org.spectralsignatures.network.onnx.ColourOrder;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.spark.Refusal;

/**
 * What is asked of a network in the ONNX format.
 *
 * @param layer whose activations are wanted; empty for the default one
 * @param pooling how they become a vector
 * @param preparation of images: {@code file} (what the file tells, or else values from 0 to 1), {@code shares}, {@code symmetric}, {@code bytes} or
 *            {@code imagenet}
 * @param colours their order: {@code file} (what the file tells, or else red, green, blue), {@code rgb} or {@code bgr}
 * @param height of images where the network takes any, else 0
 * @param width of images where the network takes any, else 0
 * @param classes names in the order of the outputs; empty to take those that the file tells
 */
public record NetworkUse(String layer, Pooling pooling, String preparation, String colours, int height, int width, List<String> classes) implements Serializable {

    /** What can be done to images. */
    public static final List<String> PREPARATIONS = List.of("file", "shares", "symmetric", "bytes", "imagenet");

    /** Orders of colours. */
    public static final List<String> COLOURS = List.of("file", "rgb", "bgr");

    /** The networks of this process: the native libraries are loaded once, and a network's memory is taken once. */
    private static final class Opened {

        private static Path file;

        private static NetworkUse use;

        private static RunnableNetwork network;
    }

    /**
     * Opens the network, or gives the one of the last call if it is the same.
     *
     * @param file in the ONNX format
     * @return a network that one thread at a time may use: whoever does synchronises on it; it stays open
     * @throws Refusal if it is no such network, or has no such layer
     */
    RunnableNetwork open(final Path file) {
        synchronized (Opened.class) {
            if (Opened.network == null || !file.equals(Opened.file) || !equals(Opened.use)) {
                if (Opened.network != null) {
                    synchronized (Opened.network) {
                        Opened.network.close();
                    }
                    Opened.network = null;
                }
                Opened.network = fresh(file);
                Opened.file = file;
                Opened.use = this;
            }
            return Opened.network;
        }
    }

    /**
     * @param file in the ONNX format
     * @return the network, to be closed by the caller
     * @throws Refusal if it is no such network
     */
    public RunnableNetwork fresh(final Path file) {
        try {
            if (NetworkKind.of(file) != NetworkKind.ONNX) {
                throw new Refusal("'%s' is no network in the ONNX format. Networks of the nodes become one by the node Network Writer.".formatted(file.getFileName()));
            }
            final OnnxInspection.Found found = OnnxInspection.of(file, new OnnxOptions(classes, height, width, images(), order(), null, "",
                OnnxOptions.Outputs.GUESS, ""));
            return OnnxNetwork.open(file, found.description(), found.reading());
        } catch (IOException e) {
            throw new Refusal(e.getMessage());
        }
    }

    private ColourOrder order() {
        return colours.equals(COLOURS.get(0)) ? null : ColourOrder.valueOf(colours.toUpperCase(Locale.ROOT));
    }

    private ImagePreparation images() {
        return switch (preparation) {
            case "shares" -> ImagePreparation.SHARES;
            case "symmetric" -> ImagePreparation.SYMMETRIC;
            case "bytes" -> ImagePreparation.BYTES;
            case "imagenet" -> ImagePreparation.IMAGENET;
            default -> null;
        };
    }

    /** @throws Refusal if the network has no such layer */
    LayerInfo layer(final RunnableNetwork network) {
        try {
            return network.description().layer(layer);
        } catch (NoSuchElementException e) {
            throw new Refusal(e.getMessage());
        }
    }
}
