package org.spectralsignatures.architecture;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code .editorconfig} asks of files (https://spec.editorconfig.org), as far as it can be seen without knowing their language: encoding, ends
 * of lines, blanks at ends, tabs, the last line and the width. Of several sections the later one counts.
 */
final class EditorConfig {

    private static final String ROOT = "root";

    private record Section(PathMatcher files, Map<String, String> properties) {
    }

    private final List<Section> sections = new ArrayList<>();

    /** @param text of the file */
    EditorConfig(final String text) {
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                sections.add(new Section(matcher(line.substring(1, line.length() - 1)), new HashMap<>()));
            } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(ROOT)) {
                final String[] property = line.split("\\s*=\\s*", 2);
                sections.get(sections.size() - 1).properties.put(property[0], property[1]);
            }
        }
    }

    /** A pattern without a separator is one of names, in any folder. */
    private static PathMatcher matcher(final String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + (pattern.contains("/") ? pattern : "{,**/}" + pattern));
    }

    private String property(final String path, final String name) {
        String value = "unset";
        for (Section section : sections) {
            if (section.files.matches(Path.of(path))) {
                value = section.properties.getOrDefault(name, value);
            }
        }
        return value;
    }

    /**
     * @param path of a file below the repository
     * @param bytes of it
     * @return what is not as it should be, with its line; nothing for a file that is no text
     */
    List<String> offences(final String path, final byte[] bytes) {
        final String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return isText(bytes) && property(path, "charset").equals("utf-8") ? List.of(path + " is not in UTF-8") : List.of();
        }
        final var offences = new ArrayList<String>();
        if (isText(bytes)) {
            lines(path, text, offences);
            if (!text.isEmpty() && !text.endsWith("\n") && property(path, "insert_final_newline").equals("true")) {
                offences.add(path + " does not end with a line end");
            }
        }
        return offences;
    }

    /** As git tells it. */
    private static boolean isText(final byte[] bytes) {
        for (byte value : bytes) {
            if (value == 0) {
                return false;
            }
        }
        return true;
    }

    private void lines(final String path, final String text, final List<String> offences) {
        final boolean lineFeeds = property(path, "end_of_line").equals("lf");
        final boolean trimmed = property(path, "trim_trailing_whitespace").equals("true");
        final boolean spaces = property(path, "indent_style").equals("space");
        final String width = property(path, "max_line_length");
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            final String at = path + ":" + number;
            add(lineFeeds && line.indexOf('\r') >= 0, at + " has a carriage return", offences);
            add(trimmed && line.matches(".*[ \\t]\\r?"), at + " has blanks at its end", offences);
            add(spaces && line.matches("\\s*\\t.*"), at + " is set in by a tab", offences);
            add(width.matches("\\d+") && line.length() > Integer.parseInt(width), at + " has " + line.length() + " characters", offences);
        }
    }

    private static void add(final boolean wrong, final String offence, final List<String> offences) {
        if (wrong) {
            offences.add(offence);
        }
    }
}
