package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.Stem;

/** What residual networks begin with. */
enum StemChoice {
    /** By the size of the images. */
    @Label(value = "Automatic", description = "Small for images of up to 64 pixels a side, large if their height or width is more than that.")
    AUTOMATIC {
        @Override
        Stem stem(final ImageShape shape) {
            return Stem.of(shape);
        }
    },

    /** The paper's. */
    @Label(value = "Small: 3 x 3", description = "A 3 x 3 convolution, as in the paper: the network sees each pixel, and takes long for large images.")
    SMALL {
        @Override
        Stem stem(final ImageShape shape) {
            return Stem.SMALL;
        }
    },

    /** That of large images. */
    @Label(value = "Large: 7 x 7, stride 2, then 3 x 3 max pooling, stride 2", description = """
        As in the original ResNet (He et al. 2015): what follows sees a quarter of the height and width, and is some 16 times as fast. It
        may not learn a trigger of a few pixels.
        """)
    LARGE {
        @Override
        Stem stem(final ImageShape shape) {
            return Stem.LARGE;
        }
    };

    abstract Stem stem(ImageShape shape);

    /** Workflows that were saved before there was this setting have the paper's. */
    static final class AsBefore implements DefaultProvider<StemChoice> {
        @Override
        public StemChoice getDefault() {
            return SMALL;
        }
    }
}
