package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.widget.choices.Label;

/** Number of layers of a VGG. */
enum VggDepth {
    /** Configuration A. */
    @Label(value = "VGG-11", description = "8 convolutions: 1, 1, 2, 2 and 2 in the five groups.")
    VGG_11(11),

    /** Configuration B. */
    @Label(value = "VGG-13", description = "10 convolutions: 2 in each group.")
    VGG_13(13),

    /** Configuration D. */
    @Label(value = "VGG-16", description = "13 convolutions: 2, 2, 3, 3 and 3.")
    VGG_16(16),

    /** Configuration E. */
    @Label(value = "VGG-19", description = "16 convolutions: 2, 2, 4, 4 and 4.")
    VGG_19(19);

    final int m_layers;

    VggDepth(final int layers) {
        m_layers = layers;
    }
}
