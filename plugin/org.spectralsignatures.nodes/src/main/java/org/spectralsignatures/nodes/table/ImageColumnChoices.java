package org.spectralsignatures.nodes.table;

import org.knime.core.data.image.ImageValue;

/** The columns of PNG images at the node's first table, after the choice to guess. */
public final class ImageColumnChoices extends ColumnChoices {

    /** What such a setting means, for users. */
    public static final String DESCRIPTION = """
        The column that holds the images, as PNG. <i>(automatic)</i>, the default, takes the column <i>Image</i>, or the first
        such column, with a warning if there are several.
        """;

    /** Called by KNIME. */
    public ImageColumnChoices() {
        super(ImageValue.class);
    }
}
