package org.spectralsignatures.nodes.port;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.representation.Pooling;

/** What is known of activations before they are read: of which layer, how many values an image has, and how the network was trained. */
public final class ActivationsPortObjectSpec extends AbstractSimplePortObjectSpec {

    /** Writes and reads such specs. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<ActivationsPortObjectSpec> {
    }

    private int m_positions = 1;

    private String m_layer;

    private Pooling m_pooling;

    private int m_dimensions;

    private TrainingFacts m_training;

    /** To be loaded. */
    public ActivationsPortObjectSpec() {
        // load sets all
    }

    /** Activations of a layer of a network of whose training nothing is known. */
    public ActivationsPortObjectSpec(final String layer, final Pooling pooling, final int dimensions) {
        this(layer, pooling, dimensions, null);
    }

    /**
     * Activations of a layer.
     *
     * @param layer its name
     * @param pooling how its activations became vectors
     * @param dimensions length d of the vectors
     * @param training how the network's training went; null if that is not known
     */
    public ActivationsPortObjectSpec(final String layer, final Pooling pooling, final int dimensions, final TrainingFacts training) {
        m_layer = layer;
        m_pooling = pooling;
        m_dimensions = dimensions;
        m_training = training;
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

    /** @return how the training of the network went; null before it, and where it was not noted */
    public TrainingFacts training() {
        return m_training;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString("layer", m_layer);
        if (m_positions > 1) {
            model.addInt("positions", m_positions);
        }
        model.addString("pooling", m_pooling.name());
        model.addInt("dimensions", m_dimensions);
        TrainingContent.save(m_training, model);
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
        m_training = TrainingContent.load(model);
    }
}
