package org.spectralsignatures.nodes.tabletoactivations;

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
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.clustering.KMeans;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.reader.ClassMerge;

/** Settings of the node 'Table to Activations'. */
@Migration(TableToActivationsNodeParameters.Saved.class)
final class TableToActivationsNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<TableToActivationsNodeParameters> {
        Saved() {
            super(TableToActivationsNodeParameters.class);
        }
    }

    /** Where the values of a vector stand. */
    enum Values {
        /** In one. */
        @Label(value = "In one column of lists", description = "A column of lists of numbers, or of KNIME's vectors of doubles, bytes or bits.")
        LIST,

        /** In many. */
        @Label(value = "In columns of numbers", description = "A column for each value.")
        NUMBERS
    }

    /** Which class each row belongs to. */
    enum Labels {
        /** As told. */
        @Label(value = "From a column", description = "A column of strings.")
        COLUMN,

        /** All the same. */
        @Label(value = "All rows are one class", description = "Labels are not read.")
        ONE_CLASS,

        /** Made up. */
        @Label(value = "Clusters", description = """
            Labels are not read. Rows that are alike are put into clusters by k-means, and these are the classes: <i>cluster 1</i> is the largest one. The node
            says how large each is.
            """)
        CLUSTERS
    }

    /** Where values stand. */
    static final class ValuesReference implements ParameterReference<Values> {
    }

    /** Where labels stand. */
    static final class LabelsReference implements ParameterReference<Labels> {
    }

    /** There is a column of lists. */
    static final class HasList implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ValuesReference.class).isOneOf(Values.LIST);
        }
    }

    /** There are columns of numbers. */
    static final class HasNumbers implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ValuesReference.class).isOneOf(Values.NUMBERS);
        }
    }

    /** There is a column of labels. */
    static final class HasLabels implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LabelsReference.class).isOneOf(Labels.COLUMN);
        }
    }

    /** Clusters are made. */
    static final class MakesClusters implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LabelsReference.class).isOneOf(Labels.CLUSTERS);
        }
    }

    @Widget(title = "Values", description = "Where the vector of a row stands.")
    @ValueReference(ValuesReference.class)
    Values m_values = Values.LIST;

    @Widget(title = "List column", description = """
        The column that holds the vectors. <i>(automatic)</i>, the default, takes the only column of lists of numbers or vectors of doubles, and where there is
        none the only one of vectors of bytes or bits; where there are several the node asks you to choose.
        """, effect = @Effect(predicate = HasList.class, type = EffectType.SHOW))
    @ChoicesProvider(ListColumnChoices.class)
    String m_listColumn = "";

    @Widget(title = "Number columns", description = """
        Names of the columns of values, with commas between them; <tt>*</tt> stands for anything, so that <tt>v*</tt> takes <tt>v1</tt> to <tt>v768</tt>. A name
        that has a comma, a semicolon, an equals sign or a blank at an end stands between double quotes. Values come in the order of the table. Empty,
        the default, takes all columns of numbers.
        """, effect = @Effect(predicate = HasNumbers.class, type = EffectType.SHOW))
    String m_numberColumns = "";

    @Widget(title = "Labels", description = "Which class each row belongs to.")
    @ValueReference(LabelsReference.class)
    Labels m_labels = Labels.COLUMN;

    @Widget(title = "Label column", description = LabelColumnChoices.DESCRIPTION, effect = @Effect(predicate = HasLabels.class, type = EffectType.SHOW))
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Clusters", description = """
        Number of clusters, 2 to 1000; 10 by default. Take about as many as there are kinds of rows. Every cluster needs some dozen rows, so that
        poison can stand out among them.
        """, effect = @Effect(predicate = MakesClusters.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_clusters = 10;

    @Widget(title = "Seed", description = """
        Start of the random draw of the first centres of the clusters, any whole number; 1 by default. The same seed gives the same clusters.
        """, effect = @Effect(predicate = MakesClusters.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    long m_seed = 1;

    @Override
    protected void check() throws InvalidSettingsException {
        require(m_clusters >= 2 && m_clusters <= KMeans.MOST_CLUSTERS, "Clusters", m_clusters, "2 to " + KMeans.MOST_CLUSTERS);
        NodeTask.configure(() -> ClassMerge.names(m_numberColumns));
    }
}
