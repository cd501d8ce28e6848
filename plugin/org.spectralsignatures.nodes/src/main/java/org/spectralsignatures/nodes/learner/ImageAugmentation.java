package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.training.Augmentation;

/** Random changes of the images. */
enum ImageAugmentation {
    /** None. */
    @Label(value = "None", description = "Images are shown as they are.")
    NONE(Augmentation.NONE),

    /** Mirror. */
    @Label(value = "Flip", description = "Each image is mirrored left to right half of the time.")
    FLIP(Augmentation.FLIP),

    /** Shift. */
    @Label(value = "Crop", description = "Each image is moved by up to 2 pixels in each direction; what comes in at the edge is black.")
    CROP(Augmentation.CROP),

    /** Both. */
    @Label(value = "Crop and flip", description = "Both, as in the authors' code.")
    CROP_AND_FLIP(Augmentation.CROP_AND_FLIP);

    final Augmentation m_augmentation;

    ImageAugmentation(final Augmentation augmentation) {
        m_augmentation = augmentation;
    }
}
