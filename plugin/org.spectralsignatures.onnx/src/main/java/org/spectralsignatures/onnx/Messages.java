package org.spectralsignatures.onnx;

import ai.onnxruntime.OrtException;

/** What ONNX Runtime says, as a sentence. */
final class Messages {

    private static final int LONGEST = 400;

    private Messages() {
    }

    /** @return its message without addresses in its sources, and not too long */
    static String of(final OrtException e) {
        final String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        final String plain = text.replaceAll("(?m)^Error code - \\S+ - message:\\s*", "")
            .replaceAll("/\\S+\\.(cc|h):\\d+ ", "").replaceAll("\\s+", " ").replaceAll("\\p{C}", "?").strip();
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
