package org.spectralsignatures.nodes.reader;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.reader.ArrayOptions;

/** Which axis holds the channels. */
enum Axes {
    /** By its length. */
    @Label(value = "Guess", description = "The second or the last axis of four, whichever has a length of 1, 3 or 4.")
    GUESS(ArrayOptions.Axes.GUESS),

    /** Behind the pixels. */
    @Label(value = "Channels last", description = "Images, height, width, channels, as Keras and TensorFlow have them.")
    CHANNELS_LAST(ArrayOptions.Axes.CHANNELS_LAST),

    /** Before them. */
    @Label(value = "Channels first", description = "Images, channels, height, width, as PyTorch has them.")
    CHANNELS_FIRST(ArrayOptions.Axes.CHANNELS_FIRST);

    final ArrayOptions.Axes m_axes;

    Axes(final ArrayOptions.Axes axes) {
        m_axes = axes;
    }
}
