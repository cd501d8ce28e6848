package org.spectralsignatures.nodes.resizer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;

/** Settings of the node 'Image Resizer'. */
@Migration(ImageResizerNodeParameters.Saved.class)
final class ImageResizerNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<ImageResizerNodeParameters> {
        Saved() {
            super(ImageResizerNodeParameters.class);
        }
    }

    /** How the proportions are treated. */
    enum Way {
        /** Of other proportions only the middle is left. */
        @Label(value = "Crop the middle", description = """
            The largest part in the middle that has the proportions of the new size is kept; what lies left and right of it, or above and
            below, is cut off.
            """)
        CROP(ImageFit.Way.CROP),

        /** Of other proportions the edges are repeated. */
        @Label(value = "Pad with the edges", description = """
            The whole image is kept with its proportions, in the middle; its outermost pixels are repeated until the new size is full.
            """)
        PAD(ImageFit.Way.PAD),

        /** Proportions are lost. */
        @Label(value = "Stretch", description = "The whole image is kept, but wider or narrower than it was.")
        STRETCH(ImageFit.Way.STRETCH);

        private final ImageFit.Way m_way;

        Way(final ImageFit.Way way) {
            m_way = way;
        }
    }

    @Widget(title = "Image column", description = ImageColumnChoices.DESCRIPTION)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Way", description = """
        What becomes of an image whose proportions are not those of the new size; all others come out the same in every way.
        """)
    Way m_way = Way.CROP;

    @Widget(title = "Width", description = "Number of pixels from left to right, 1 to 4096; 32 by default, as in CIFAR-10.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_width = 32;

    @Widget(title = "Height", description = "Number of pixels from top to bottom, 1 to 4096; 32 by default, as in CIFAR-10.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_height = 32;

    ImageFit fit() {
        return new ImageFit(m_way.m_way, m_height, m_width);
    }

    /** Images are decoded to three colours, whatever the file has. */
    ImageShape shape() {
        return new ImageShape(3, m_height, m_width);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        checkEdge("Width", m_width);
        checkEdge("Height", m_height);
    }

    private static void checkEdge(final String title, final int pixels) throws InvalidSettingsException {
        require(pixels >= 1 && pixels <= ImageFit.MAX_EDGE, title, pixels, "from 1 to " + ImageFit.MAX_EDGE);
    }
}
