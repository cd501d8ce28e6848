package org.spectralsignatures.nodes.scorer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.scoring.ScoreVariant;
import org.spectralsignatures.scoring.ScoringOptions;

/** Settings of the node 'Spectral Signature Scorer'. */
final class SpectralSignatureScorerNodeParameters implements NodeParameters {

    /** The formula of the score. */
    enum Variant {
        /** Algorithm 1. */
        @Label(value = "Paper (centred, squared)", description = "((R(x) - m) . v)<sup>2</sup>, Algorithm 1 of the paper.")
        PAPER,

        /** The published code. */
        @Label(value = "Reference code (uncentred, absolute)", description = "|R(x) . v|, as in the authors' published code, which centres before the decomposition only.")
        REFERENCE_CODE
    }

    @Widget(title = "Variant", description = "The formula of the score.")
    Variant m_variant = Variant.PAPER;

    @Widget(title = "Components", description = "Number of leading directions whose projections are added. 1 in the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_components = 1;

    @Widget(title = "Seed", description = "Start of the iteration. It changes the scores by rounding errors at most.")
    long m_seed = 1;

    /** How to score. */
    ScoringOptions options() {
        return new ScoringOptions(ScoreVariant.valueOf(m_variant.name()), m_components, m_seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        NodeTask.configure(this::options);
    }
}
