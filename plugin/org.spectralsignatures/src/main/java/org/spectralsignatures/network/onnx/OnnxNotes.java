package org.spectralsignatures.network.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What this library notes in the metadata of the ONNX files that it writes: classes and preparation. */
final class OnnxNotes {

    static final String PREPARATION = "spectralsignatures.preparation";

    /** The network takes the bytes of images as they are. */
    static final String RAW = "values from 0 to 255";

    private static final String CLASS = "spectralsignatures.class.";

    private OnnxNotes() {
    }

    static String key(final int label) {
        return CLASS + label;
    }

    /** @return names of classes, empty unless the notes have all of them */
    static List<String> classes(final Map<String, String> metadata, final int count) {
        final var classes = new ArrayList<String>();
        for (int c = 0; c < count && metadata.containsKey(key(c)); c++) {
            classes.add(metadata.get(key(c)));
        }
        return classes.size() == count ? classes : List.of();
    }
}
