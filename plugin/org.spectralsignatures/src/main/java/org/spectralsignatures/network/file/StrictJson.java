package org.spectralsignatures.network.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.spectralsignatures.json.JsonException;
import org.spectralsignatures.json.JsonParser;

/**
 * JSON from a stranger, read as a tree and never as objects of a class that it names: no name twice, nothing behind it, nothing nested
 * or written out so far that reading it would take long. A part that is not there is {@link #MISSING}.
 */
public final class StrictJson {

    /** Stands for what is not there, which differs from null. */
    static final Object MISSING = new Object() {
        @Override
        public String toString() {
            return "missing";
        }
    };

    private StrictJson() {
    }

    /**
     * @param name of the text, for messages
     * @param utf8 the text
     * @return it as a tree, see {@link JsonParser}
     * @throws NetworkFormatException if it is no such JSON
     */
    public static Object parse(final String name, final byte[] utf8) throws NetworkFormatException {
        try {
            return new JsonParser(name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString()).parse();
        } catch (CharacterCodingException e) {
            throw new NetworkFormatException(name + " is no text in UTF-8");
        } catch (JsonException e) { // NOSONAR its message says all
            throw new NetworkFormatException(e.getMessage());
        }
    }

    /**
     * @param root a tree
     * @param path names of maps within maps, and indices of lists
     * @return what is there
     */
    public static Object at(final Object root, final Object... path) {
        Object node = root;
        for (Object step : path) {
            if (step instanceof Integer index) {
                node = node instanceof List<?> list && index < list.size() ? list.get(index) : MISSING;
            } else {
                node = node instanceof Map<?, ?> map && map.containsKey(step) ? map.get(step) : MISSING;
            }
        }
        return node;
    }

    /**
     * @param where the object, for messages
     * @param node what should be an object
     * @param names of the fields that it must have, and no others
     * @throws NetworkFormatException if it has not
     */
    public static void checkFields(final String where, final Object node, final String... names) throws NetworkFormatException {
        final Map<?, ?> map = object(where, node);
        final var found = new TreeSet<Object>(map.keySet());
        final var wanted = new TreeSet<>(Arrays.asList(names));
        if (!found.equals(wanted)) {
            throw new NetworkFormatException("%s has the fields %s, but must have %s".formatted(where, cut(found.toString()), wanted));
        }
    }

    /** @return what must be an object */
    public static Map<?, ?> object(final String where, final Object node) throws NetworkFormatException {
        if (node instanceof Map<?, ?> map) {
            return map;
        }
        throw new NetworkFormatException("%s must be an object, but is %s".formatted(where, shown(node)));
    }

    /** @return what must be a list */
    public static List<?> list(final String where, final Object node) throws NetworkFormatException {
        if (node instanceof List<?> list) {
            return list;
        }
        throw new NetworkFormatException("%s must be a list, but is %s".formatted(where, shown(node)));
    }

    /** @return what must be a text */
    public static String text(final String where, final Object node) throws NetworkFormatException {
        if (node instanceof String text) {
            return text;
        }
        throw new NetworkFormatException("%s must be a text, but is %s".formatted(where, shown(node)));
    }

    /** @return what must be a whole number of at least a smallest value */
    public static int integer(final String where, final Object node, final int smallest) throws NetworkFormatException {
        if (node instanceof Integer value && value >= smallest) {
            return value;
        }
        throw new NetworkFormatException("%s must be a whole number of at least %d, but is %s".formatted(where, smallest, shown(node)));
    }

    /** @return what must be a whole number */
    public static long whole(final String where, final Object node) throws NetworkFormatException {
        if (node instanceof Integer || node instanceof Long) {
            return ((Number)node).longValue();
        }
        throw new NetworkFormatException("%s must be a whole number, but is %s".formatted(where, shown(node)));
    }

    /** @return what must be true or false */
    static boolean flag(final String where, final Object node) throws NetworkFormatException {
        if (node instanceof Boolean value) {
            return value;
        }
        throw new NetworkFormatException("%s must be true or false, but is %s".formatted(where, shown(node)));
    }

    /** @return what must be a finite number */
    public static double number(final String where, final Object node) throws NetworkFormatException {
        if (node instanceof Number value && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        throw new NetworkFormatException("%s must be a number, but is %s".formatted(where, shown(node)));
    }

    /**
     * @param name of what was saved
     * @param with what it was saved beside
     * @param saved a tree
     * @param right what it must be
     * @throws NetworkFormatException if it is something else; the message says where
     */
    static void compare(final String name, final String with, final Object saved, final Object right) throws NetworkFormatException {
        match(name + " does not fit " + with, "", saved, right);
    }

    private static void match(final String what, final String where, final Object saved, final Object right) throws NetworkFormatException {
        if (saved instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            final var names = new TreeSet<Object>(a.keySet());
            names.addAll(b.keySet());
            for (Object name : names) {
                match(what, where + (where.isEmpty() ? "" : ".") + name, at(saved, name), at(right, name));
            }
        } else if (saved instanceof List<?> a && right instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                match(what, where + "[" + i + "]", a.get(i), b.get(i));
            }
        } else if (saved == null ? right != null : !saved.equals(right)) {
            throw new NetworkFormatException("%s: %s is %s, but must be %s".formatted(what,
                where.length() > 200 ? where.substring(0, 200) : where.isEmpty() ? "it" : where, shown(saved), shown(right)));
        }
    }

    /** @return a value for messages */
    public static String shown(final Object node) {
        return cut(node == MISSING ? "missing" : JsonText.brief(node));
    }

    private static String cut(final String text) {
        return (text.length() > 80 ? text.substring(0, 80) + " ..." : text).replaceAll("\\p{C}", "?");
    }
}
