package org.spectralsignatures.nodes.table;

import org.knime.core.data.image.ImageValue;

/** The columns of PNG images at the node's first table, after the choice to guess. */
public final class ImageColumnChoices extends ColumnChoices {

    /** Called by KNIME. */
    public ImageColumnChoices() {
        super(ImageValue.class);
    }
}
