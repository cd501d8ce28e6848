package org.spectralsignatures.network.onnx;

import java.io.IOException;

/** A file is no ONNX model that is read. The message says why, without the file's name and without a full stop. */
final class OnnxFormatException extends IOException {

    private static final long serialVersionUID = 1;

    OnnxFormatException(final String message) {
        super(message);
    }
}
