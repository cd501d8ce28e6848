package org.spectralsignatures.nodes.activationsreader;

import java.io.IOException;
import java.nio.file.Path;

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
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.clustering.KMeans;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.Paths;
import org.spectralsignatures.representation.file.VectorFileOptions;
import org.spectralsignatures.representation.file.VectorFileOptions.LabelSource;

/** Settings of the node 'Activations Reader'. */
@Migration(ActivationsReaderNodeParameters.Saved.class)
final class ActivationsReaderNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<ActivationsReaderNodeParameters> {
        Saved() {
            super(ActivationsReaderNodeParameters.class);
        }
    }

    /** Where labels come from. */
    enum Labels {
        /** Where they are. */
        @Label(value = "From the file, if it has any", description = """
            An array or column with a usual name; where there is none all rows are one class, and the node warns of it.
            """)
        FOUND(LabelSource.FOUND),

        /** From the file. */
        @Label(value = "From the file", description = "The same, but it is an error if there is none.")
        FILE(LabelSource.FILE),

        /** Nowhere. */
        @Label(value = "All rows are one class", description = "Labels are not read.")
        ONE_CLASS(LabelSource.ONE_CLASS),

        /** Made up. */
        @Label(value = "Clusters", description = """
            Labels are not read. Rows that are alike are put into clusters by k-means, and these are the classes: <i>cluster 1</i> is the largest one. The node
            says how large each is.
            """)
        CLUSTERS(LabelSource.CLUSTERS);

        final LabelSource m_source;

        Labels(final LabelSource source) {
            m_source = source;
        }
    }

    /** Where labels come from. */
    static final class LabelsReference implements ParameterReference<Labels> {
    }

    /** Labels are read. */
    static final class HasLabels implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LabelsReference.class).isOneOf(Labels.FOUND, Labels.FILE);
        }
    }

    /** Clusters are made. */
    static final class MakesClusters implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LabelsReference.class).isOneOf(Labels.CLUSTERS);
        }
    }

    @Widget(title = "File", description = """
        The <tt>.npy</tt>, <tt>.npz</tt>, Parquet or CSV file of vectors, or a folder of Parquet files. Write a local path, a <tt>file:</tt> URL, or
        <tt>knime://knime.workflow/...</tt> for a place inside the workflow's folder. There is no default: without a file the node cannot run.
        """)
    String m_file = "";

    @Widget(title = "Array or column", description = """
        Name of the array of vectors in an <tt>.npz</tt> file, or of the column of lists in a Parquet file. Empty, the default, takes the only one, or one with
        a usual name: <tt>activations</tt>, <tt>embeddings</tt>, <tt>representations</tt>, <tt>features</tt>, <tt>vectors</tt>, <tt>x</tt>, <tt>data</tt>.
        """)
    String m_array = "";

    @Widget(title = "Labels", description = "Which class each row belongs to.")
    @ValueReference(LabelsReference.class)
    Labels m_labels = Labels.FOUND;

    @Widget(title = "Label name", description = """
        Name of the array or column of labels: whole numbers, texts or (in Parquet) truth values, one for each row. Empty, the default, looks for a usual one:
        <tt>labels</tt>, <tt>label</tt>, <tt>y</tt>, <tt>target</tt>, <tt>class</tt>.
        """, effect = @Effect(predicate = HasLabels.class, type = EffectType.SHOW))
    String m_labelName = "";

    @Widget(title = "Labels file", description = """
        A NumPy file of labels beside an <tt>.npy</tt> or <tt>.npz</tt> file of vectors; written as <i>File</i>. Empty by default.
        """, effect = @Effect(predicate = HasLabels.class, type = EffectType.SHOW))
    String m_labelsFile = "";

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

    @Widget(title = "Key name", description = """
        Name of the array or column of row keys: texts or whole numbers that are all different. Empty, the default, looks for a usual one:
        <tt>keys</tt>, <tt>ids</tt>, <tt>names</tt> in an archive, <tt>Row ID</tt>, <tt>id</tt>, <tt>key</tt>, <tt>name</tt> in a CSV or Parquet file; where there is none keys are
        <tt>Row0</tt>, <tt>Row1</tt> and so on.
        """)
    String m_keyName = "";

    @Widget(title = "Keys file", description = """
        A NumPy file of row keys beside an <tt>.npy</tt> or <tt>.npz</tt> file of vectors; written as <i>File</i>. Empty by default.
        """)
    String m_keysFile = "";

    /** @return what the library is told */
    VectorFileOptions options() throws IOException {
        if (m_file.isBlank()) {
            throw new IOException("No file is set. Choose a NumPy file (.npy, .npz), a Parquet or a CSV file of vectors.");
        }
        return new VectorFileOptions(Paths.resolve(m_file), m_array, m_labels.m_source, m_labelName, path(m_labelsFile), m_keyName, path(m_keysFile));
    }

    private static Path path(final String text) throws IOException {
        return text.isBlank() ? null : Paths.resolve(text);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        require(m_clusters >= 2 && m_clusters <= KMeans.MOST_CLUSTERS, "Clusters", m_clusters, "2 to " + KMeans.MOST_CLUSTERS);
    }
}
