package org.spectralsignatures.nodes.port;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.spectralsignatures.network.TrainingFacts;

/** Facts of a training as they are saved; nothing where they are not known, as in port objects of earlier versions. */
final class TrainingContent {

    private static final String KEY = "training";

    private TrainingContent() {
    }

    /** @param facts null if they are not known */
    static void save(final TrainingFacts facts, final ModelContentWO model) {
        if (facts != null) {
            final ModelContentWO content = model.addModelContent(KEY);
            content.addDouble("accuracy", facts.accuracy());
            content.addBoolean("crops", facts.crops());
            content.addInt("epochs", facts.epochs());
            content.addLong("images", facts.images());
        }
    }

    /**
     * @return the facts, null if none were saved
     * @throws InvalidSettingsException if they are of no training
     */
    static TrainingFacts load(final ModelContentRO model) throws InvalidSettingsException {
        if (!model.containsKey(KEY)) {
            return null;
        }
        final ModelContentRO content = model.getModelContent(KEY);
        try {
            return new TrainingFacts(content.getDouble("accuracy"), content.getBoolean("crops"), content.getInt("epochs"), content.getLong("images"));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("'%s' cannot be read: %s. Train the network again.".formatted(KEY, e.getMessage()), e);
        }
    }
}
