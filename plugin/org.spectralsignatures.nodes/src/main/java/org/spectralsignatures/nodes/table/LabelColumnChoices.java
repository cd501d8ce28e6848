package org.spectralsignatures.nodes.table;

import org.knime.core.data.StringValue;

/** The columns of strings at the node's first table, after the choice to guess. */
public final class LabelColumnChoices extends ColumnChoices {

    /** What such a setting means, for users. */
    public static final String DESCRIPTION = """
        The column that holds the class of each image, as strings. <i>(automatic)</i>, the default, takes the column <i>Label</i>; if
        there is none, the only one that is named like it (<i>class</i>, <i>target</i>, <i>category</i>), or the only one of few values, with
        a warning. Where that is not clear the node asks you to choose.
        """;

    /** Called by KNIME. */
    public LabelColumnChoices() {
        super(type -> type.isCompatible(StringValue.class) && !ImageCells.isImgPlus(type));
    }
}
