package org.spectralsignatures.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What runs models in the ONNX format, found by {@link TensorRuntimes}; an instance costs nothing until it is asked to open one. */
public interface TensorRuntime {

    /**
     * @param wish of the user
     * @return library, version and processor, for example {@code ONNX Runtime 1.29.0, CPU}
     * @throws IOException if it cannot run here; the message says why
     */
    String describe(Device wish) throws IOException;

    /**
     * @param wish of the user
     * @return a sentence for the user where models are computed elsewhere than wished; else empty
     * @throws IOException if it cannot run here; the message says why
     */
    default String note(final Device wish) throws IOException {
        return "";
    }

    /**
     * @param model an ONNX model, whole, with all its values, from the buffer's position to its limit; direct, and no longer needed afterwards
     * @param wish of the user, where to compute it
     * @return the model, to be closed by the caller
     * @throws IOException if it cannot run here or does not take this model; the message says why
     */
    TensorModel open(ByteBuffer model, Device wish) throws IOException;
}
