package org.spectralsignatures.network.file;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON as text: maps in their order with one name a line, lists of numbers and texts in one line. Values are maps, lists,
 * texts, numbers, truths and null.
 */
public final class JsonText {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private final boolean lines;

    private JsonText(final boolean lines) {
        this.lines = lines;
    }

    /** @return a value, its maps over several lines */
    public static String write(final Object value) {
        return new JsonText(true).add(value, 0);
    }

    /** @return a value in one line without blanks, for messages */
    public static String brief(final Object value) {
        return new JsonText(false).add(value, 0);
    }

    private String add(final Object value, final int depth) {
        if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else if (value instanceof List<?> list) {
            array(list, depth);
        } else if (value instanceof String string) {
            string(string);
        } else {
            text.append(value);
        }
        return text.toString();
    }

    private void object(final Map<?, ?> map, final int depth) {
        text.append('{');
        for (final Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext();) {
            final Map.Entry<?, ?> entry = entries.next();
            line(depth + 1);
            string((String)entry.getKey());
            text.append(lines ? " : " : ":");
            add(entry.getValue(), depth + 1);
            text.append(entries.hasNext() ? "," : "");
        }
        if (map.isEmpty()) {
            text.append(lines ? " " : "");
        } else {
            line(depth);
        }
        text.append('}');
    }

    private void line(final int depth) {
        if (lines) {
            text.append('\n').append(INDENT.repeat(depth));
        }
    }

    private void array(final List<?> list, final int depth) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : ",").append(lines ? " " : "");
            add(list.get(i), depth);
        }
        text.append(lines ? " ]" : "]");
    }

    private void string(final String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            final char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c < ' ' ? "\\u%04X".formatted((int)c) : String.valueOf(c));
            }
        }
        text.append('"');
    }
}
