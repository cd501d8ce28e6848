package org.spectralsignatures.nodes.port;

import java.util.Arrays;
import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.onnx.ColourOrder;
import org.spectralsignatures.network.onnx.Layout;
import org.spectralsignatures.network.onnx.OnnxReading;

/** How a network in the ONNX format is run, as it is saved; nothing for other networks. */
final class OnnxContent {

    private static final String KEY = "onnx";

    private static final String MEANS = "means";

    private static final String DEVIATIONS = "deviations";

    private OnnxContent() {
    }

    static boolean isIn(final ModelContentRO model) {
        return model.containsKey(KEY);
    }

    static void save(final OnnxReading reading, final ImagePreparation preparation, final ModelContentWO model) {
        final ModelContentWO content = model.addModelContent(KEY);
        content.addString("output", reading.output());
        content.addBoolean("probabilities", reading.probabilities());
        content.addString("layout", reading.layout().name());
        content.addString("order", reading.order().name());
        content.addInt("batch", reading.batch());
        if (preparation instanceof ImagePreparation.Scaled scaled) { // else each image is standardised
            content.addDoubleArray(MEANS, scaled.means().stream().mapToDouble(Double::doubleValue).toArray());
            content.addDoubleArray(DEVIATIONS, scaled.deviations().stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /** @throws IllegalArgumentException if it is a number of images that no network takes */
    static OnnxReading reading(final ModelContentRO model) throws InvalidSettingsException {
        final ModelContentRO content = model.getModelContent(KEY);
        return new OnnxReading(SavedValues.text(content, "output"), content.getBoolean("probabilities"), SavedValues.choice(content, "layout", Layout.class),
            SavedValues.choice(content, "order", ColourOrder.class), content.getInt("batch"));
    }

    /** @throws IllegalArgumentException if the numbers are none to scale by */
    static ImagePreparation preparation(final ModelContentRO model) throws InvalidSettingsException {
        final ModelContentRO content = model.getModelContent(KEY);
        return content.containsKey(MEANS) ? new ImagePreparation.Scaled(numbers(content, MEANS), numbers(content, DEVIATIONS))
            : new ImagePreparation.Standardised();
    }

    private static List<Double> numbers(final ModelContentRO content, final String key) throws InvalidSettingsException {
        final double[] numbers = content.getDoubleArray(key);
        if (numbers == null) {
            throw new InvalidSettingsException("'%s' has no value.".formatted(key));
        }
        return Arrays.stream(numbers).boxed().toList();
    }
}
