package org.spectralsignatures.network.keras;

import java.io.IOException;

/** A file is no network of Keras that can be translated. The message says why, without the file's name and without a full stop. */
final class KerasException extends IOException {

    /** What to do with a network that is not translated, to be put behind a sentence. */
    static final String ADVICE = ". Convert the network to ONNX: in Python with model.export('network.onnx', format='onnx') of Keras 3, or with tf2onnx.convert.from_keras";

    private static final long serialVersionUID = 1;

    KerasException(final String message) {
        super(message);
    }

    /** @return a text of the file as messages show it */
    static String shown(final Object text) {
        final String all = String.valueOf(text);
        return all.substring(0, Math.min(120, all.length())).replaceAll("\\p{C}", "?");
    }
}
