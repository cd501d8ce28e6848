package org.spectralsignatures.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeSet;

import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * JSON from a stranger, read as a tree and never as objects of a class that it names: no name twice, nothing behind it, nothing nested
 * or written out so far that reading it would take long.
 */
final class StrictJson {

    private static final int MAX_DEPTH = 24;

    private static final int MAX_DIGITS = 40;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {
    }

    /**
     * @param name of the text, for messages
     * @param utf8 the text
     * @return it as a tree
     * @throws NetworkFormatException if it is no such JSON
     */
    static JsonNode parse(final String name, final byte[] utf8) throws NetworkFormatException {
        try {
            final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            checkSize(name, text);
            return MAPPER.readTree(text);
        } catch (CharacterCodingException e) {
            throw new NetworkFormatException(name + " is no text in UTF-8");
        } catch (JsonProcessingException e) {
            throw new NetworkFormatException("%s is no JSON: %s%s".formatted(name, e.getOriginalMessage().replaceAll("\\p{C}", "?"),
                e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")"));
        } catch (NetworkFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new NetworkFormatException(name + " cannot be read: " + e.getMessage());
        }
    }

    private static void checkSize(final String name, final String text) throws IOException {
        try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    throw new NetworkFormatException("%s is nested more than %d times".formatted(name, MAX_DEPTH));
                }
                if (token.isNumeric() && parser.getTextLength() > MAX_DIGITS) {
                    throw new NetworkFormatException("%s has a number of %d digits".formatted(name, parser.getTextLength()));
                }
            }
        }
    }

    /**
     * @param where the object, for messages
     * @param node what should be an object
     * @param names of the fields that it must have, and no others
     * @throws NetworkFormatException if it has not
     */
    static void checkFields(final String where, final JsonNode node, final String... names) throws NetworkFormatException {
        if (node == null || !node.isObject()) {
            throw new NetworkFormatException("%s must be an object, but is %s".formatted(where, shown(node)));
        }
        final var found = new TreeSet<String>();
        for (final Iterator<String> i = node.fieldNames(); i.hasNext();) {
            found.add(i.next());
        }
        final var wanted = new TreeSet<>(Arrays.asList(names));
        if (!found.equals(wanted)) {
            throw new NetworkFormatException("%s has the fields %s, but must have %s".formatted(where, cut(found.toString()), wanted));
        }
    }

    /** @return a field that must hold a text */
    static String text(final String where, final JsonNode node) throws NetworkFormatException {
        if (node == null || !node.isTextual()) {
            throw new NetworkFormatException("%s must be a text, but is %s".formatted(where, shown(node)));
        }
        return node.textValue();
    }

    /** @return a field that must hold a whole number of at least a smallest value */
    static int integer(final String where, final JsonNode node, final int smallest) throws NetworkFormatException {
        if (node == null || !node.isInt() || node.intValue() < smallest) {
            throw new NetworkFormatException("%s must be a whole number of at least %d, but is %s".formatted(where, smallest, shown(node)));
        }
        return node.intValue();
    }

    /** @return a field that must be true or false */
    static boolean flag(final String where, final JsonNode node) throws NetworkFormatException {
        if (node == null || !node.isBoolean()) {
            throw new NetworkFormatException("%s must be true or false, but is %s".formatted(where, shown(node)));
        }
        return node.booleanValue();
    }

    /** @return a field that must hold a finite number */
    static double number(final String where, final JsonNode node) throws NetworkFormatException {
        if (node == null || !node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new NetworkFormatException("%s must be a number, but is %s".formatted(where, shown(node)));
        }
        return node.doubleValue();
    }

    /** @return a value for messages */
    static String shown(final JsonNode node) {
        return node == null || node.isMissingNode() ? "missing" : cut(node.isNull() ? "null" : node.toString());
    }

    private static String cut(final String text) {
        return (text.length() > 80 ? text.substring(0, 80) + " ..." : text).replaceAll("\\p{C}", "?");
    }
}
