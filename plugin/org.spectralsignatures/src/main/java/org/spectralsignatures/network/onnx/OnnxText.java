package org.spectralsignatures.network.onnx;

/** Texts of a file as messages show them. */
final class OnnxText {

    private static final int LONGEST = 120;

    private OnnxText() {
    }

    /** @return the text, cut and without characters that would change how a message looks */
    static String shown(final String text) {
        return text.substring(0, Math.min(LONGEST, text.length())).replaceAll("\\p{C}", "?");
    }
}
