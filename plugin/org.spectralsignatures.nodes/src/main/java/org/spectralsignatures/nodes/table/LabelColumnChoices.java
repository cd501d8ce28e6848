package org.spectralsignatures.nodes.table;

import org.knime.core.data.StringValue;

/** The columns of strings at the node's first table, after the choice to guess. */
public final class LabelColumnChoices extends ColumnChoices {

    /** Called by KNIME. */
    public LabelColumnChoices() {
        super(StringValue.class);
    }
}
