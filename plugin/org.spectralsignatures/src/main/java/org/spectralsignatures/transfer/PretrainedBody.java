package org.spectralsignatures.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.onnx.ColourOrder;
import org.spectralsignatures.network.onnx.Layout;
import org.spectralsignatures.network.onnx.OnnxExport;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.network.onnx.OnnxReading;

/**
 * A network in the ONNX format that a classifier is put on.
 *
 * @param file that holds it; null for one that is not made yet, of which is only asked what will be known
 * @param description of it; its default layer is the one that a classifier is put on unless told otherwise
 * @param reading how it is run
 */
public record PretrainedBody(Path file, NetworkDescription description, OnnxReading reading) {

    private static final int COLOURS = 3;

    /**
     * @param network of this library; stays the caller's
     * @param file receives it in the ONNX format
     * @return the network
     * @throws IOException if it cannot be written, or nothing is installed that runs it
     */
    public static PretrainedBody of(final TrainedNetwork network, final Path file) throws IOException {
        OnnxExport.write(network, file);
        final OnnxInspection.Found found = OnnxInspection.of(file, OnnxOptions.DEFAULT);
        return new PretrainedBody(file, expected(network.description()).description(), found.reading());
    }

    /**
     * What is known of a network of this library as one in the ONNX format, which takes colour images whatever it was trained on.
     *
     * @param network its description
     * @return the same layers, without a file; the default one is what its dense layer takes
     */
    public static PretrainedBody expected(final NetworkDescription network) {
        final ImageShape shape = new ImageShape(COLOURS, network.shape().height(), network.shape().width());
        final List<LayerInfo> layers = network.layers().stream()
            .map(layer -> layer.isInput() ? new LayerInfo(LayerInfo.INPUT, COLOURS, shape.height(), shape.width()) : layer).toList();
        final LayerInfo last = layers.get(layers.size() - 1);
        final var description = new NetworkDescription(shape, network.classes(), layers, layers.get(Math.max(1, layers.size() - 2)).name(), network.provenance(),
            network.training(), ImagePreparation.BYTES);
        return new PretrainedBody(null, description,
            new OnnxReading(last.name(), true, Layout.NCHW, network.shape().channels() == 1 ? ColourOrder.GRAY : ColourOrder.RGB, 0));
    }
}
