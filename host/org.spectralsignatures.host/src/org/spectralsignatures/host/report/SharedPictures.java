package org.spectralsignatures.host.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The pictures of a report, each only once: views and tables often show the same. */
final class SharedPictures {

    private static final String PICTURE = "data:image/";

    private final Map<String, Integer> m_pictures = new LinkedHashMap<>();

    /** @return the pictures in the order of their numbers */
    Set<String> pictures() {
        return m_pictures.keySet();
    }

    /** Replaces each picture ({@code data:image/...}) within a tree by {@code picture:} and its number. */
    void replaceIn(final JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> {
                if (isPicture(field.getValue())) {
                    field.setValue(number(field.getValue()));
                } else {
                    replaceIn(field.getValue());
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isPicture(array.get(i))) {
                    array.set(i, number(array.get(i)));
                } else {
                    replaceIn(array.get(i));
                }
            }
        }
    }

    private static boolean isPicture(final JsonNode node) {
        return node.isTextual() && node.textValue().startsWith(PICTURE);
    }

    private JsonNode number(final JsonNode picture) {
        final int next = m_pictures.size();
        final Integer known = m_pictures.putIfAbsent(picture.textValue(), next);
        return TextNode.valueOf("picture:" + (known == null ? next : known));
    }
}
