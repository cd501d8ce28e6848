package org.spectralsignatures.nodes.port;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.DescribedArchitecture;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.onnx.OnnxReading;

/** What is known of a network before it is trained: image shape, classes and layers. */
public final class NetworkPortObjectSpec extends AbstractSimplePortObjectSpec {

    /** Writes and reads such specs. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<NetworkPortObjectSpec> {
    }

    /** Where a network has other layers than those that can be trained here. */
    private static final String IMPORTED = "imported";

    private NetworkDescription m_description;

    private OnnxReading m_reading;

    /** To be loaded. */
    public NetworkPortObjectSpec() {
        // load sets all
    }

    /** A network as it is described. */
    public NetworkPortObjectSpec(final NetworkDescription description) {
        m_description = description;
    }

    /** @return what is known; no provenance and no facts of the training before the network is trained */
    public NetworkDescription description() {
        return m_description;
    }

    /**
     * A network in the ONNX format.
     *
     * @param description of the network
     * @param reading how it is run
     */
    public NetworkPortObjectSpec(final NetworkDescription description, final OnnxReading reading) {
        m_description = description;
        m_reading = reading;
    }

    /** @return how the network is run if it is one in the ONNX format, else null */
    public OnnxReading reading() {
        return m_reading;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString("shape", m_description.shape().toString());
        model.addStringArray("classes", m_description.classes().toArray(String[]::new));
        model.addString("defaultLayer", m_description.defaultLayer());
        final List<LayerInfo> layers = m_description.layers();
        model.addStringArray("layers", layers.stream().map(LayerInfo::name).toArray(String[]::new));
        model.addIntArray("channels", layers.stream().mapToInt(LayerInfo::channels).toArray());
        model.addIntArray("heights", layers.stream().mapToInt(LayerInfo::height).toArray());
        model.addIntArray("widths", layers.stream().mapToInt(LayerInfo::width).toArray());
        model.addStringArray("provenanceKeys", m_description.provenance().keySet().toArray(String[]::new));
        model.addStringArray("provenanceValues", m_description.provenance().values().toArray(String[]::new));
        TrainingContent.save(m_description.training(), model);
        if (m_reading != null) {
            OnnxContent.save(m_reading, m_description.preparation(), model);
        } else if (!isTrainable()) {
            model.addBoolean(IMPORTED, true);
        }
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        final String[] names = SavedValues.texts(model, "layers");
        final int[] channels = SavedValues.numbers(model, "channels", names.length);
        final int[] heights = SavedValues.numbers(model, "heights", names.length);
        final int[] widths = SavedValues.numbers(model, "widths", names.length);
        final var layers = new ArrayList<LayerInfo>();
        for (int i = 0; i < names.length; i++) {
            layers.add(new LayerInfo(names[i], channels[i], heights[i], widths[i]));
        }
        final String[] keys = SavedValues.texts(model, "provenanceKeys");
        final String[] values = SavedValues.texts(model, "provenanceValues");
        if (keys.length != values.length) {
            throw new InvalidSettingsException("The network cannot be read: its provenance has %d names and %d values.".formatted(keys.length, values.length));
        }
        final Map<String, String> provenance = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            provenance.put(keys[i], values[i]);
        }
        try {
            final boolean onnx = OnnxContent.isIn(model);
            m_reading = onnx ? OnnxContent.reading(model) : null;
            m_description = new NetworkDescription(ImageShape.parse(SavedValues.text(model, "shape")), List.of(SavedValues.texts(model, "classes")), layers,
                SavedValues.text(model, "defaultLayer"), provenance, TrainingContent.load(model),
                onnx ? OnnxContent.preparation(model) : new ImagePreparation.Standardised());
            m_description.check();
            if (!onnx && !model.containsKey(IMPORTED)) {
                DescribedArchitecture.of(m_description, 0, 0);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("The network cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean isTrainable() {
        try {
            DescribedArchitecture.of(m_description, 0, 0);
            return true;
        } catch (IllegalArgumentException e) { // NOSONAR it says why not, which nobody asks
            return false;
        }
    }
}
