package org.spectralsignatures.network.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.network.NetworkDescription;

/** What this library notes in the metadata of the ONNX files that it writes: classes and preparation. */
public final class OnnxNotes {

    /** How images are prepared; the only value is {@link #RAW}. */
    public static final String PREPARATION = "spectralsignatures.preparation";

    /** The network takes the bytes of images as they are. */
    public static final String RAW = "values from 0 to 255";

    static final String DEFAULT_LAYER = "spectralsignatures.default layer";

    private static final String CLASS = "spectralsignatures.class.";

    private OnnxNotes() {
    }

    private static final String PROVENANCE = "spectralsignatures.provenance.";

    /** @return what is noted of a network of this library, whose file prepares images itself */
    static Map<String, String> of(final NetworkDescription description) {
        final Map<String, String> notes = new LinkedHashMap<>();
        notes.put(PREPARATION, RAW);
        notes.put(DEFAULT_LAYER, description.defaultLayer());
        for (int c = 0; c < description.classes().size(); c++) {
            notes.put(key(c), description.classes().get(c));
        }
        description.provenance().forEach((key, value) -> notes.put(PROVENANCE + key, value));
        return notes;
    }

    private static String key(final int label) {
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
