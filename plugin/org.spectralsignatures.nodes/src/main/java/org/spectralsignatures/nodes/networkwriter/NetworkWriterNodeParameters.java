package org.spectralsignatures.nodes.networkwriter;

import java.io.IOException;
import java.nio.file.Path;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.ExistingFile;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.Paths;

/** Settings of the node 'Network Writer'. */
@Migration(NetworkWriterNodeParameters.Saved.class)
final class NetworkWriterNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<NetworkWriterNodeParameters> {
        Saved() {
            super(NetworkWriterNodeParameters.class);
        }
    }

    /** How the network is written. */
    enum Format {
        /** For all. */
        @Label(value = "ONNX", description = "For Python and whatever else reads ONNX.")
        ONNX,

        /** Ours. */
        @Label(value = "Spectral Signatures", description = "For a Network Reader, with all that is known of the network.")
        SPECTRAL_SIGNATURES,

        /** For Java. */
        @Label(value = "Deeplearning4j", description = "For Java programs with Deeplearning4j.")
        MODEL_SERIALIZER
    }

    @Widget(title = "File to write", description = """
        The file that is made. Its folder has to exist. Write a local path, a <tt>file:</tt> URL, or <tt>knime://knime.workflow/...</tt> for a place inside the
        workflow's folder. There is no default: without a file the node cannot run.
        """)
    String m_file = "";

    @Widget(title = "Format", description = "How the network is written.")
    Format m_format = Format.ONNX;

    @Widget(title = "If the file exists", description = "What is done with a file that exists. Nothing is overwritten by default.")
    ExistingFile m_ifExists = ExistingFile.FAIL;

    /** @return where to write */
    Path file() throws IOException {
        if (m_file.isBlank()) {
            throw new IOException("No file to write is set. Choose one that does not exist yet.");
        }
        return Paths.resolve(m_file);
    }

    boolean replaces() {
        return m_ifExists == ExistingFile.REPLACE;
    }

    @Override
    protected void check() throws InvalidSettingsException {
        // what the settings mean depends on the file and the network
    }
}
