package org.spectralsignatures.nodes.reader;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.image.ImageFit;

/** Which size the images get. */
enum Size {
    /** Their own. */
    @Label(value = "As they are", description = "All images must have the size of the first one.")
    AS_THEY_ARE(null),

    /** The middle. */
    @Label(value = "Crop the middle", description = """
        As much of the middle as fills the size; what is left and right of it, or above and below, is cut off.
        """)
    CROP(ImageFit.Way.CROP),

    /** With its edges. */
    @Label(value = "Pad with the edges", description = """
        The whole image, whose outermost pixels are repeated until the size is full. Bars of one colour would look like a mark that
        the images share.
        """)
    PAD(ImageFit.Way.PAD),

    /** Distorted. */
    @Label(value = "Stretch", description = "The whole image, without its proportions.")
    STRETCH(ImageFit.Way.STRETCH);

    final ImageFit.Way m_way;

    Size(final ImageFit.Way way) {
        m_way = way;
    }
}
