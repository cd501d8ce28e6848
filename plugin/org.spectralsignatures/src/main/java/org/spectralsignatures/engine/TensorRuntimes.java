package org.spectralsignatures.engine;

import java.io.IOException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The one look-up of what runs ONNX models: whatever {@code META-INF/services} of this library's extensions names. */
public final class TensorRuntimes {

    private static TensorRuntime chosen;

    private TensorRuntimes() {
    }

    /**
     * @return what runs all ONNX models of this process, the same in each call
     * @throws IOException if nothing is installed that does; the message says what to install
     */
    public static synchronized TensorRuntime get() throws IOException {
        if (chosen == null) {
            chosen = first(ServiceLoader.load(TensorRuntime.class, TensorRuntimes.class.getClassLoader()));
        }
        return chosen;
    }

    static TensorRuntime first(final Iterable<TensorRuntime> installed) throws IOException {
        try {
            for (TensorRuntime runtime : installed) {
                return runtime;
            }
        } catch (ServiceConfigurationError e) {
            throw new IOException("ONNX Runtime is installed, but cannot be used: %s. Install 'Spectral Signatures for KNIME, ONNX' again."
                .formatted(e.getMessage()), e);
        }
        throw new IOException("Networks in the ONNX format need ONNX Runtime, which is not installed. Install 'Spectral Signatures for KNIME, ONNX'"
            + " from the update site of this extension, and start again.");
    }
}
