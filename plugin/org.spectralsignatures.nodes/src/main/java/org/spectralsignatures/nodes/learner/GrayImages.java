package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.widget.choices.Label;

/** What becomes of a set of gray images. */
enum GrayImages {
    /** As they are. */
    @Label(value = "One channel", description = "If all training images are gray, the network takes gray images; one colour image makes it take RGB.")
    ONE_CHANNEL,

    /** As colour images. */
    @Label(value = "As RGB", description = "The network takes RGB images, as in workflows that were saved before there was this option.")
    RGB;

    /** Workflows that were saved before there was this setting took all images for RGB. */
    static final class AsBefore implements DefaultProvider<GrayImages> {
        @Override
        public GrayImages getDefault() {
            return RGB;
        }
    }
}
