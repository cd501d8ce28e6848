package org.spectralsignatures.nodes.applier;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;

/** Settings of the node 'Trigger Applier'. */
final class TriggerApplierNodeParameters implements NodeParameters {

    @Widget(title = "Image column", description = "The column of PNG images. Automatic takes the first one.")
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = "The column of class labels. Automatic takes Label, or else the last column of strings.")
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";
}
