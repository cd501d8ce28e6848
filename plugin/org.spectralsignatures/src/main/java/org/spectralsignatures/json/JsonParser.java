package org.spectralsignatures.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) as maps, lists, texts, truths, null and numbers, which are {@link Integer}, {@link Long} or {@link BigInteger} if
 * they are written without point and exponent, else {@link Double}. It refuses names that come twice in a map, and what is nested or written
 * out so far that reading it would take long.
 */
public final class JsonParser {

    private static final int MAX_DEPTH = 24;

    private static final int MAX_DIGITS = 40;

    private final String name;

    private final String text;

    private int at;

    private int depth;

    /**
     * @param name of the text, for messages
     * @param text JSON and nothing else
     */
    public JsonParser(final String name, final String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * @return the value
     * @throws JsonException if the text is no such JSON; the message says where
     */
    public Object parse() throws JsonException {
        final Object value = value();
        skipBlanks();
        if (at < text.length()) {
            throw wrong("something stands behind its end");
        }
        return value;
    }

    private JsonException wrong(final String what) {
        final int end = Math.min(at, text.length());
        final long line = text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
        return new JsonException("%s is no JSON: %s (line %d, column %d)".formatted(name, what, line, end - text.lastIndexOf('\n', end - 1)));
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws JsonException {
        skipBlanks();
        if (at >= text.length()) {
            throw wrong("it ends too early");
        }
        return text.charAt(at);
    }

    private void expect(final char c) throws JsonException {
        if (peek() != c) {
            throw wrong("'%s' stands where '%s' should".formatted(shown(), c));
        }
        at++;
    }

    private String shown() {
        return Character.isISOControl(text.charAt(at)) ? "?" : text.substring(at, at + 1);
    }

    private Object value() throws JsonException {
        return switch (peek()) {
            case '{' -> nested(this::object);
            case '[' -> nested(this::array);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private interface Part {
        Object read() throws JsonException;
    }

    private Object nested(final Part part) throws JsonException {
        if (++depth > MAX_DEPTH) {
            throw new JsonException("%s is nested more than %d times".formatted(name, MAX_DEPTH));
        }
        at++;
        final Object value = part.read();
        depth--;
        return value;
    }

    private Map<String, Object> object() throws JsonException {
        final var map = new LinkedHashMap<String, Object>();
        if (peek() == '}') {
            at++;
            return map;
        }
        while (true) {
            if (peek() != '"') {
                throw wrong("'%s' stands where a name should".formatted(shown()));
            }
            final String key = string();
            if (map.containsKey(key)) {
                throw wrong("Duplicate field '%s'".formatted(key));
            }
            expect(':');
            map.put(key, value());
            if (peek() == '}') {
                at++;
                return map;
            }
            expect(',');
        }
    }

    private List<Object> array() throws JsonException {
        final var list = new ArrayList<>();
        if (peek() == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value());
            if (peek() == ']') {
                at++;
                return list;
            }
            expect(',');
        }
    }

    private Object word(final String word, final Object value) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw wrong("'%s' begins no value".formatted(shown()));
        }
        at += word.length();
        return value;
    }

    private String string() throws JsonException {
        final var string = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            final char c = text.charAt(at);
            if (c < ' ') {
                throw wrong("a text holds a control character");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        if (at >= text.length()) {
            throw wrong("a text has no end");
        }
        at++;
        return string.toString();
    }

    private char escaped() throws JsonException {
        at++;
        final char c = at < text.length() ? text.charAt(at) : ' ';
        final int plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (c != 'u' || at + 4 >= text.length() || !text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
            throw wrong("a text holds an escape that does not exist");
        }
        at += 4;
        return (char)Integer.parseInt(text.substring(at - 3, at + 1), 16);
    }

    private Number number() throws JsonException {
        final int start = at;
        if (text.charAt(at) == '-') {
            at++;
        }
        final int first = at;
        final int whole = digits();
        boolean integral = true;
        boolean right = whole > 0 && (whole == 1 || text.charAt(first) != '0');
        if (right && at < text.length() && text.charAt(at) == '.') {
            at++;
            integral = false;
            right = digits() > 0;
        }
        if (right && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            integral = false;
            at += at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            right = digits() > 0;
        }
        if (!right || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at = Math.min(at, text.length() - 1);
            throw wrong("'%s' is no value or part of one".formatted(shown()));
        }
        if (at - start > MAX_DIGITS) {
            throw new JsonException("%s has a number of %d digits".formatted(name, at - start));
        }
        return number(text.substring(start, at), integral);
    }

    private int digits() {
        final int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private static Number number(final String digits, final boolean integral) {
        if (!integral) {
            return Double.valueOf(digits);
        }
        final var value = new BigInteger(digits);
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Number)value.longValue() : value;
    }
}
