package org.spectralsignatures.network.onnx;

import java.util.HashMap;
import java.util.Map;

import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;

/** What it costs to run a model: of each node with weights, as many multiplications as weights, at each position of its result. */
final class OnnxCost {

    private OnnxCost() {
    }

    /**
     * @param model that is run
     * @param description tells the positions of its tensors
     * @return multiplications for an image, roughly; of nodes whose results are no layers nothing is known
     */
    static double multiplications(final OnnxModel model, final NetworkDescription description) {
        final Map<String, LayerInfo> layers = new HashMap<>();
        description.layers().forEach(layer -> layers.put(OnnxNetwork.tensor(layer.name()), layer));
        final Map<String, Double> weights = new HashMap<>();
        model.initialisers().forEach((name, tensor) -> weights.put(name, tensor.shape().stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b)));
        double sum = 0;
        for (OnnxModel.Node node : model.nodes()) {
            final double taken = node.inputs().stream().mapToDouble(input -> weights.getOrDefault(input, 0.)).sum();
            for (String output : node.outputs()) {
                final LayerInfo layer = layers.get(output);
                if (layer != null) {
                    sum += taken * layer.height() * layer.width();
                } else {
                    weights.put(output, taken); // for example of another type
                }
            }
        }
        return sum;
    }
}
