package org.spectralsignatures.host.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The pictures of a report, each only once: views and tables often show the same. A text that looks like the number of a picture is
 * marked as text, so that the report shows it as it is.
 */
final class SharedPictures {

    private static final String PICTURE = "data:image/";

    private static final String NUMBER = "picture:";

    private static final String TEXT = "text:";

    private final Map<String, Integer> m_pictures = new LinkedHashMap<>();

    /** @return the pictures in the order of their numbers */
    Set<String> pictures() {
        return m_pictures.keySet();
    }

    /**
     * Replaces each picture ({@code data:image/...}) within a tree by {@code picture:} and its number, and puts {@code text:} in front of
     * texts that begin with one of these two words.
     */
    void replaceIn(final JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> {
                if (field.getValue().isTextual()) {
                    field.setValue(replaced(field.getValue()));
                } else {
                    replaceIn(field.getValue());
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, replaced(array.get(i)));
                } else {
                    replaceIn(array.get(i));
                }
            }
        }
    }

    private JsonNode replaced(final JsonNode text) {
        final String value = text.textValue();
        if (value.startsWith(PICTURE)) {
            final int next = m_pictures.size();
            final Integer known = m_pictures.putIfAbsent(value, next);
            return TextNode.valueOf(NUMBER + (known == null ? next : known));
        }
        return value.startsWith(NUMBER) || value.startsWith(TEXT) ? TextNode.valueOf(TEXT + value) : text;
    }
}
