package org.spectralsignatures.host.generate;

import org.knime.core.node.config.Config;
import org.spectralsignatures.host.generate.WorkflowText.Note;

/** Writes notes on the canvas and the labels below nodes, which KNIME keeps in one format. */
final class Notes {

    private static final int WHITE = 0xFFFFFF;

    private Notes() {
    }

    static void note(final Config config, final Note note) {
        write(config, note, "LEFT", 10, 11);
    }

    /** A label has no place or size of its own. */
    static void label(final Config config, final String text) {
        write(config, new Note(0, 0, 0, 0, WHITE, text), "CENTER", 0, 9);
    }

    private static void write(final Config config, final Note note, final String alignment, final int border, final int font) {
        config.addString("text", note.text());
        config.addString("contentType", "text/plain");
        config.addInt("bgcolor", WHITE);
        config.addInt("x-coordinate", note.x());
        config.addInt("y-coordinate", note.y());
        config.addInt("width", note.width());
        config.addInt("height", note.height());
        config.addString("alignment", alignment);
        config.addInt("borderSize", border);
        config.addInt("borderColor", note.color());
        config.addInt("defFontSize", font);
        config.addInt("annotation-version", 20230412);
        config.addConfig("styles");
    }
}
