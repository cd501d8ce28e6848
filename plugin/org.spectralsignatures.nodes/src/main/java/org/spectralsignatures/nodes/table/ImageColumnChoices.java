package org.spectralsignatures.nodes.table;

import org.knime.core.data.image.png.PNGImageValue;

/** The columns of PNG images at the node's first table, after the choice to guess. */
public final class ImageColumnChoices extends ColumnChoices {

    /** Called by KNIME. */
    public ImageColumnChoices() {
        super(PNGImageValue.class);
    }
}
