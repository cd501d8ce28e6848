package org.spectralsignatures.nodes.remover;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.removal.RemovalRule;

/** Settings of the node 'Top-k Remover'. */
@Migration(TopKRemoverNodeParameters.Saved.class)
final class TopKRemoverNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<TopKRemoverNodeParameters> {
        Saved() {
            super(TopKRemoverNodeParameters.class);
        }
    }

    /** How many rows are removed. */
    enum Rule {
        /** The paper's. */
        @Label(value = "Share", description = """
            Multiplier times epsilon of the images, rounded: with the defaults the highest 15% of each class (the paper).
            """)
        TOP_SHARE,

        /** The authors' code. */
        @Label(value = "Percentile", description = """
            All images strictly above a percentile of the scores, as NumPy's <tt>percentile</tt> gives it (the authors' code).
            """)
        PERCENTILE,

        /** A number. */
        @Label(value = "Count", description = "A fixed number of images.")
        COUNT,

        /** No bound on the poison. */
        @Label(value = "Automatic", description = """
            All images above the cut-off that the scores of a class show by themselves, a third of the class at most, and none where they
            show no cut-off. Needs no epsilon. See the Spectral Signature Scorer for what it assumes. Of scores of the methods Ensemble and
            SCAn it removes the images that <i>Stand apart</i>, at the scorer's own significance level and each class on its own; by SCAn
            up to half of a class.
            """)
        AUTOMATIC
    }

    /** Stands for the setting 'Rule'. */
    static final class RuleReference implements ParameterReference<Rule> {
    }

    /** The rule is the paper's. */
    static final class IsShare implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(RuleReference.class).isOneOf(Rule.TOP_SHARE);
        }
    }

    /** The rule is a percentile. */
    static final class IsPercentile implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(RuleReference.class).isOneOf(Rule.PERCENTILE);
        }
    }

    /** The rule is a number. */
    static final class IsCount implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(RuleReference.class).isOneOf(Rule.COUNT);
        }
    }

    /** The rule needs no number. */
    static final class IsAutomatic implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(RuleReference.class).isOneOf(Rule.AUTOMATIC);
        }
    }

    @Widget(title = "Rule", description = "How the number of images to remove is found.")
    @ValueReference(RuleReference.class)
    Rule m_rule = Rule.TOP_SHARE;

    @Widget(title = "Epsilon", description = """
        Largest share of poison in a class that you reckon with, above 0 and at most 1; 0.1 by default. Too small a value leaves poison,
        too large a value costs clean images of every class.
        """, effect = @Effect(predicate = IsShare.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double m_epsilon = 0.1;

    @Widget(title = "Multiplier", description = """
        Factor on epsilon, above 0. The default, 1.5, is the paper's: it removes half as many images again as there may be poison, since
        some clean images have high scores too.
        """, effect = @Effect(predicate = IsShare.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double m_multiplier = 1.5;

    @Widget(title = "Percentile", description = """
        Images with scores above this percentile are removed, 0 to 100. The default, 85, removes 15% and is that of the authors' code.
        """, effect = @Effect(predicate = IsPercentile.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double m_percentile = 85;

    @Widget(title = "Count", description = """
        Number of images to remove, 0 or more; 100 by default. With <i>Each class on its own</i> it counts for every class. A class that
        has fewer loses all.
        """, effect = @Effect(predicate = IsCount.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_count = 100;

    @Widget(title = "Significance level", description = """
        The probability that anything is removed from clean data, above 0 and below 1, as long as the upper third of clean scores only
        gets rarer the higher it is. 0.01 by default; it is shared out among the classes (Bonferroni). Scores of the methods Ensemble and SCAn
        bring their verdict along; it does not change that.
        """, effect = @Effect(predicate = IsAutomatic.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_level = 0.01;

    @Widget(title = "Each class on its own", description = """
        Switched on, the default, each class is ranked and cut on its own, as in the paper, since nobody knows which class is the target.
        Switched off, all images are ranked together; then a class whose scores are larger loses more.
        """)
    boolean m_perClass = true;

    /** The rule with its number. */
    RemovalRule removalRule() {
        return removalRule(m_rule);
    }

    private RemovalRule removalRule(final Rule rule) {
        return switch (rule) {
            case TOP_SHARE -> new RemovalRule.TopShare(m_epsilon, m_multiplier);
            case PERCENTILE -> new RemovalRule.TopPercentile(m_percentile);
            case COUNT -> new RemovalRule.TopCount(m_count);
            case AUTOMATIC -> new RemovalRule.Automatic(m_level);
        };
    }

    /** What is removed, in words. */
    String describe() {
        final String of = m_perClass ? "of each class" : "of all images";
        return switch (m_rule) {
            case TOP_SHARE -> "the top %s times %s %s".formatted(m_multiplier, m_epsilon, of);
            case PERCENTILE -> "all above percentile %s %s".formatted(m_percentile, of);
            case COUNT -> "the top %d %s".formatted(m_count, of);
            case AUTOMATIC -> "what stands apart by itself, %s".formatted(of);
        };
    }

    @Override
    protected void check() throws InvalidSettingsException {
        for (Rule rule : Rule.values()) {
            NodeTask.configure(() -> removalRule(rule));
        }
    }
}
