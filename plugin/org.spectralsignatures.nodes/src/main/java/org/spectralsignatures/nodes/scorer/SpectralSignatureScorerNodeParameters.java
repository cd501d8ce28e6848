package org.spectralsignatures.nodes.scorer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.removal.RemovalRule;
import org.spectralsignatures.scoring.ScoringMethod;
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
        REFERENCE_CODE,

        /** A weaker statistic. */
        @Label(value = "l2 norm", description = "|R(x) - m|, one of the weaker statistics of the paper's Figure 1.")
        L2_NORM,

        /** Another one. */
        @Label(value = "Random vector", description = "|(R(x) - m) . u| for a random direction u, the other weaker statistic of Figure 1.")
        RANDOM_VECTOR,

        /** Chen's. */
        @Label(value = "Activation clustering", description = "Principal components, 2-means; how much nearer x lies to the centre of the smaller cluster, from -1 to 1 (Chen et al. 2018).")
        ACTIVATION_CLUSTERING,

        /** Hayase's. */
        @Label(value = "SPECTRE", description = "Principal components, robust mean and covariance, whitening, QUE score (Hayase et al. 2021). Slower, but finds poison that hides in directions of small variance.")
        SPECTRE
    }

    /** Stands for the setting 'Method'. */
    static final class VariantReference implements ParameterReference<Variant> {
    }

    /** The method is a spectral signature. */
    static final class IsSpectral implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(VariantReference.class).isOneOf(Variant.PAPER, Variant.REFERENCE_CODE);
        }
    }

    /** The method clusters. */
    static final class IsClustering implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(VariantReference.class).isOneOf(Variant.ACTIVATION_CLUSTERING);
        }
    }

    /** The method is SPECTRE. */
    static final class IsSpectre implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(VariantReference.class).isOneOf(Variant.SPECTRE);
        }
    }

    @Widget(title = "Method", description = "The formula of the score. m is the mean of the class, v the top right singular vector of its centred representations.")
    @ValueReference(VariantReference.class)
    Variant m_variant = Variant.PAPER;

    @Widget(title = "Components", description = "Number of leading directions whose projections are added. 1 in the paper.", effect = @Effect(predicate = IsSpectral.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_components = 1;

    @Widget(title = "Dimensions", description = "Number of principal components that are clustered. 10 in the original.", effect = @Effect(predicate = IsClustering.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_dimensions = 10;

    @Widget(title = "Most dimensions", description = "SPECTRE tries ten numbers of principal components up to this one and takes the best. 100 in the original.", effect = @Effect(predicate = IsSpectre.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_maxDimensions = 64;

    @Widget(title = "Epsilon", description = "Upper bound on the share of poison in a class, which the robust estimate of SPECTRE withstands; below 0.5.", effect = @Effect(predicate = IsSpectre.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_epsilon = 0.1;

    @Widget(title = "Significance level", description = "For the columns on suspicion in the class statistics: the probability that any clean class is called poisoned, as long as the upper third of the scores of each clean class only get rarer the higher they are.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_level = 0.01;

    @Widget(title = "Seed", description = "Start of the iteration, which changes the scores by rounding errors at most; the random vector; the first centres of the clusters.")
    long m_seed = 1;

    /** How to score. */
    ScoringOptions options() {
        final int components = switch (m_variant) {
            case PAPER, REFERENCE_CODE -> m_components;
            case ACTIVATION_CLUSTERING -> m_dimensions;
            case SPECTRE -> m_maxDimensions;
            case L2_NORM, RANDOM_VECTOR -> 1;
        };
        return new ScoringOptions(ScoringMethod.valueOf(m_variant.name()), components,
            m_variant == Variant.SPECTRE ? m_epsilon : ScoringOptions.DEFAULT_EPSILON, m_seed);
    }

    /** How suspicion is judged. */
    RemovalRule.Automatic cutOff() {
        return new RemovalRule.Automatic(m_level);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        NodeTask.configure(this::options);
        NodeTask.configure(this::cutOff);
    }
}
