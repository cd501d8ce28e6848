package org.spectralsignatures.nodes.scorer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
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
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.DeviceChoice;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.removal.RemovalRule;
import org.spectralsignatures.scoring.ScoringMethod;

/** Settings of the node 'Spectral Signature Scorer'. */
@Migration(SpectralSignatureScorerNodeParameters.Saved.class)
final class SpectralSignatureScorerNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<SpectralSignatureScorerNodeParameters> {
        Saved() {
            super(SpectralSignatureScorerNodeParameters.class);
        }
    }

    /** The formula of the score. */
    enum Variant {
        /** Algorithm 1. */
        @Label(value = "Paper (centred, squared)", description = """
            The squared distance from the mean along the direction v, ((R(x) - m) . v)<sup>2</sup>: Algorithm 1 of the paper.
            """)
        PAPER("paper"),

        /** The published code. */
        @Label(value = "Reference code (uncentred, absolute)", description = """
            The distance from zero, not from the mean, along v, |R(x) . v|: the authors' published code, which centres for the direction
            only. To reproduce it, remove by the rule <i>Percentile</i>.
            """)
        REFERENCE_CODE("reference code"),

        /** A weaker statistic. */
        @Label(value = "l2 norm", description = """
            The distance from the mean, |R(x) - m|. One of the weaker statistics of the paper's Figure 1, for comparison.
            """)
        L2_NORM("l2 norm"),

        /** Another one. */
        @Label(value = "Random vector", description = """
            The distance from the mean along a random direction u, |(R(x) - m) . u|. The other weaker statistic of Figure 1, for
            comparison.
            """)
        RANDOM_VECTOR("random vector"),

        /** Chen's. */
        @Label(value = "Activation clustering", description = """
            Splits the principal components of the class into two clusters; the score is how much nearer an image lies to the smaller
            cluster, from -1 to 1 (Chen and others 2018).
            """)
        ACTIVATION_CLUSTERING("activation clustering"),

        /** Hayase's. */
        @Label(value = "SPECTRE", description = """
            Estimates mean and covariance of the principal components so that outliers do not count, scales by them, and scores what then
            stands out (QUE score, Hayase and others 2021). Slower, but finds poison that hides in directions of small variance. The
            robust estimate is the minimum covariance determinant; the score is y<sup>T</sup>Qy / tr(Q) of the scaled representation y,
            with Q = exp(4 (S - I) / (|S| - 1)) and S the covariance of the scaled ones.
            """)
        SPECTRE("SPECTRE"),

        /** Several at once. */
        @Label(value = "Ensemble", description = """
            Asks several methods, since each of them misses other poison: the paper's score, SPECTRE, activation clustering (from both
            ends, since poison may be the larger cluster) and, where the layer has more than one position, SPECTRE on the averages over the
            positions. The score, from 0 to 1, is the share of its class that the method which finds the image most suspicious ranks
            behind it; the mean over the methods decides between equal ones. A class is called poisoned by the strongest evidence
            of a method, corrected for the number of methods (Bonferroni). Takes as long as the methods together, of which SPECTRE is the
            slowest. If you know nothing of the poison, take this one.
            """)
        ENSEMBLE("ensemble"),

        /** Tang's. */
        @Label(value = "SCAn", description = """
            Compares the classes with each other (Tang and others 2021). An image differs from the mean of its class by a variation whose
            covariance all classes share; a class with poison falls into two subgroups of that variation. The statistic J* says
            how much better two subgroups fit than one, as the distance from the median over the classes in units of their deviation.
            The score is the logarithm of the odds that an image belongs to the smaller subgroup. Looks at the averages over the
            positions of the layer. Also finds poison that is more than a third of a class, but needs several classes, the more the better, and
            cannot tell with fewer than 3. Unlike the original it needs no clean images: the covariance is that of the whole set.
            """)
        SCAN("SCAn");

        /** As tables say it. */
        final String m_words;

        Variant(final String words) {
            m_words = words;
        }
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

    /** The method has a largest number of principal components. */
    static final class HasMostComponents implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(VariantReference.class).isOneOf(Variant.SPECTRE, Variant.SCAN);
        }
    }

    /** The method is SPECTRE, or asks it. */
    static final class HasEpsilon implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(VariantReference.class).isOneOf(Variant.SPECTRE, Variant.ENSEMBLE);
        }
    }

    @Widget(title = "Method", description = """
        How the score is computed. In the formulas R(x) is the representation of an image x, m the mean of its class and v the direction
        in which the class varies most (the top right singular vector of its centred representations).
        """)
    @ValueReference(VariantReference.class)
    Variant m_variant = Variant.PAPER;

    @Widget(title = "Components", description = """
        Number of leading directions whose squared projections are added, 1 to 100. The default, 1, is the paper's. More can help where
        the poison splits into several groups.
        """, effect = @Effect(predicate = IsSpectral.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_components = 1;

    @Widget(title = "Principal components", description = """
        Number of principal components that are clustered, 1 to 100. The default, 10, is that of the original.
        """, effect = @Effect(predicate = IsClustering.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_dimensions = 10;

    @Widget(title = "Most principal components", description = """
        Largest number of principal components, 1 to 100. SPECTRE tries up to ten numbers of them, from 1 to this one, and takes the one
        where the poison stands out most. 64 by default, 100 in the original. More take longer. SCAn looks at that many of all classes
        together, but at no more than a fifth of the images of the smallest class.
        """, effect = @Effect(predicate = HasMostComponents.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_maxDimensions = 64;

    @Widget(title = "Epsilon", description = """
        Largest share of poison in a class that the robust estimate of SPECTRE is to withstand, above 0 and below 0.5; 0.1 by default. If in
        doubt, choose it rather too large.
        """, effect = @Effect(predicate = HasEpsilon.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_epsilon = 0.1;

    @Widget(title = "Significance level", description = """
        How careful the <i>Verdict</i> of the class statistics is, above 0 and below 1: the probability that any class of a clean
        set is called poisoned, as long as the upper third of each clean class's scores only gets rarer the higher it is (by SCAn, as long
        as the statistics J of clean classes come from one normal distribution). 0.01 by default; it is shared out among the classes
        (Bonferroni). It does not change the scores.
        """)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_level = 0.01;

    @Widget(title = "Seed", description = """
        Start of everything random, any whole number; 1 by default. It decides the vector of <i>Random vector</i> and the first centres of
        <i>Activation clustering</i>, alone or in the <i>Ensemble</i>, and the simulated distribution of SCAn's J*. In the other methods it
        only starts the iteration, which changes the scores by rounding errors at most.
        """)
    long m_seed = 1;

    @Widget(title = DeviceChoice.TITLE, description = """
        Where the singular vectors of large classes are looked for; small ones, of up to a million values, stay on the CPU. A GPU is one of NVIDIA's, and
        needs the feature <i>Spectral Signatures for KNIME, CUDA</i> and NVIDIA's libraries (see the Guide); <b>it has not run on a GPU yet</b>. Both
        find the vectors to the same accuracy, and scores differ in their last digits. <i>Automatic</i> by default; workflows that were saved before there
        was this setting have <i>CPU</i>.
        """)
    @Migration(DeviceChoice.AsBefore.class)
    DeviceChoice m_device = DeviceChoice.AUTOMATIC;

    /** How to score. */
    ScoringMethod method() {
        return switch (m_variant) {
            case PAPER -> new ScoringMethod.Paper(m_components);
            case REFERENCE_CODE -> new ScoringMethod.ReferenceCode(m_components);
            case L2_NORM -> new ScoringMethod.L2Norm();
            case RANDOM_VECTOR -> new ScoringMethod.RandomVector();
            case ACTIVATION_CLUSTERING -> new ScoringMethod.ActivationClustering(m_dimensions);
            case SPECTRE -> new ScoringMethod.Spectre(m_maxDimensions, m_epsilon);
            case ENSEMBLE -> new ScoringMethod.Ensemble(m_epsilon);
            case SCAN -> new ScoringMethod.Scan(m_maxDimensions);
        };
    }

    /** How suspicion is judged. */
    RemovalRule.Automatic cutOff() {
        return new RemovalRule.Automatic(m_level);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        components("Components", m_components);
        components("Principal components", m_dimensions);
        components("Most principal components", m_maxDimensions);
        NodeTask.configure(() -> new ScoringMethod.Spectre(m_maxDimensions, m_epsilon));
        NodeTask.configure(this::cutOff);
    }

    private static void components(final String title, final int value) throws InvalidSettingsException {
        require(value >= 1 && value <= ScoringMethod.MAX_COMPONENTS, title, value, "from 1 to " + ScoringMethod.MAX_COMPONENTS);
    }
}
