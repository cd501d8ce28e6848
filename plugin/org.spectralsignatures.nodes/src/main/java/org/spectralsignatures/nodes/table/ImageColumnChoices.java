package org.spectralsignatures.nodes.table;

/** The columns of images or binary objects at the node's first table, after the choice to guess. */
public final class ImageColumnChoices extends ColumnChoices {

    /** What such a setting means, for users. */
    public static final String DESCRIPTION = """
        The column that holds the images: PNG or other images of KNIME, or binary objects that hold image files. <i>(automatic)</i>, the
        default, takes the column <i>Image</i>, or the first one of PNG images, of other images or of binary objects, with a warning if there are
        several of that kind.
        """;

    /** Called by KNIME. */
    public ImageColumnChoices() {
        super(ImageCells::isReadable);
    }
}
