package org.spectralsignatures.nodes.settings;

import org.knime.node.parameters.widget.choices.Label;

/** What a node that writes a file does if there is one already. */
public enum ExistingFile {

    /** Nothing. */
    @Label(value = "Fail", description = "The node ends with an error.")
    FAIL,

    /** Replace it. */
    @Label(value = "Replace", description = "The file is replaced once the new one is whole.")
    REPLACE
}
