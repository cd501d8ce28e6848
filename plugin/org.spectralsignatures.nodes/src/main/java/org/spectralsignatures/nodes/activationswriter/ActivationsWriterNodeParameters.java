package org.spectralsignatures.nodes.activationswriter;

import java.io.IOException;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.ExistingFile;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.Paths;
import org.spectralsignatures.representation.file.VectorFileWriter;

/** Settings of the node 'Activations Writer'. */
@Migration(ActivationsWriterNodeParameters.Saved.class)
final class ActivationsWriterNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<ActivationsWriterNodeParameters> {
        Saved() {
            super(ActivationsWriterNodeParameters.class);
        }
    }

    /** How the vectors are written. */
    enum Format {
        /** All in one. */
        @Label(value = "NumPy archive (.npz)", description = "Vectors, labels and row keys in one file, and which rows are known to be poisoned.")
        NPZ(VectorFileWriter.Format.NPZ),

        /** One by one. */
        @Label(value = "NumPy files (.npy)", description = "The vectors in one file, labels and row keys in two others beside it.")
        NPY(VectorFileWriter.Format.NPY),

        /** A table. */
        @Label(value = "Parquet", description = "A table with a column of lists, for pandas, PyArrow and Hugging Face's datasets.")
        PARQUET(VectorFileWriter.Format.PARQUET),

        /** Text. */
        @Label(value = "CSV", description = "A table as text, for programs that read nothing else.")
        CSV(VectorFileWriter.Format.CSV);

        final VectorFileWriter.Format m_format;

        Format(final VectorFileWriter.Format format) {
            m_format = format;
        }
    }

    @Widget(title = "File to write", description = """
        The file that is made. Its folder has to exist. Write a local path, a <tt>file:</tt> URL, or <tt>knime://knime.workflow/...</tt> for a place inside the
        workflow's folder. There is no default: without a file the node cannot run.
        """)
    String m_file = "";

    @Widget(title = "Format", description = "How the activations are written. A file name with the usual ending of another format is an error.")
    Format m_format = Format.NPZ;

    @Widget(title = "If the file exists", description = """
        What is done with a file that exists, also with one of labels or row keys. Nothing is overwritten by default.
        """)
    ExistingFile m_ifExists = ExistingFile.FAIL;

    /** @return what the library is told */
    VectorFileWriter writer() throws IOException {
        if (m_file.isBlank()) {
            throw new IOException("No file to write is set. Choose one that does not exist yet.");
        }
        return new VectorFileWriter(Paths.resolve(m_file), m_format.m_format, m_ifExists == ExistingFile.REPLACE);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        // what the settings mean depends on files
    }
}
