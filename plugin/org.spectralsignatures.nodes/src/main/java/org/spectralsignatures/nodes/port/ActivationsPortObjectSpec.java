package org.spectralsignatures.nodes.port;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.spectralsignatures.representation.Pooling;

/** What is known of activations before they are computed: of which layer, and how many values an image has. */
public final class ActivationsPortObjectSpec extends AbstractSimplePortObjectSpec {

    /** Writes and reads such specs. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<ActivationsPortObjectSpec> {
    }

    private int m_positions = 1;

    private String m_layer;

    private Pooling m_pooling;

    private int m_dimensions;

    /** To be loaded. */
    public ActivationsPortObjectSpec() {
        // load sets all
    }

    /** Activations of a layer. */
    public ActivationsPortObjectSpec(final String layer, final Pooling pooling, final int dimensions) {
        m_layer = layer;
        m_pooling = pooling;
        m_dimensions = dimensions;
    }

    /**
     * @param positions height times width of the layer, if the vectors hold all of them channel by channel
     * @return these
     */
    public ActivationsPortObjectSpec withPositions(final int positions) {
        m_positions = positions;
        return this;
    }

    /** @return how many values of the vectors, side by side, belong to one channel; 1 if that is not known */
    public int positions() {
        return m_positions;
    }

    /** @return name of the layer */
    public String layer() {
        return m_layer;
    }

    /** @return how its activations became vectors */
    public Pooling pooling() {
        return m_pooling;
    }

    /** @return length d of the vectors */
    public int dimensions() {
        return m_dimensions;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString("layer", m_layer);
        model.addInt("positions", m_positions);
        model.addString("pooling", m_pooling.name());
        model.addInt("dimensions", m_dimensions);
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        m_layer = SavedValues.text(model, "layer");
        m_pooling = SavedValues.choice(model, "pooling", Pooling.class);
        m_dimensions = model.getInt("dimensions");
        m_positions = model.getInt("positions", 1);
        if (m_positions < 1 || m_dimensions % m_positions != 0) {
            throw new InvalidSettingsException("The activations cannot be read: %d values an image do not divide into %d positions."
                .formatted(m_dimensions, m_positions));
        }
        if (m_dimensions < 1) {
            throw new InvalidSettingsException("The activations cannot be read: their 'dimensions' are %d.".formatted(m_dimensions));
        }
    }
}
