package org.spectralsignatures.writer;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.spectralsignatures.reader.Leftovers;

/**
 * Names of files and folders that every file system takes, and that are distinct on those that do not tell upper from lower case or one form of
 * Unicode from another: a name that is taken gets a number.
 */
final class SafeNames {

    /** Most file systems take 255 bytes or characters, encrypted ones about 140 of each. */
    private static final int MOST_BYTES = 140;

    private static final int MOST_ENDING_BYTES = 12;

    private static final String RESERVED = "<>:\"/\\|?*";

    /** Devices of Windows, whatever their ending. */
    private static final Pattern DEVICE =
        Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ .]*(\\..*)?", Pattern.DOTALL);

    private static final Pattern FILE_ENDING = Pattern.compile("\\.[A-Za-z][A-Za-z0-9]{0,3}");

    /** Names that are taken, without case and form, each with the last number that was given to one like it. */
    private final Map<String, Integer> taken = new HashMap<>();

    /**
     * @param name any text
     * @return a name for a file or folder: not empty, without separators, control characters, characters that Windows reserves and those that
     *         turn the direction of text; no device of Windows; not hidden, and none that readers pass over as left by a system
     */
    static String safe(final String name) {
        final var safe = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().forEach(c -> safe.appendCodePoint(isSafe(c) ? c : '_'));
        final String closed = close(safe.toString());
        return closed.isEmpty() || closed.startsWith(" ") || DEVICE.matcher(closed).matches() || Leftovers.isLeftover(closed) ? "_" + closed.stripLeading() : closed;
    }

    private static boolean isSafe(final int c) {
        final int type = Character.getType(c);
        final boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f;
        return type != Character.CONTROL && type != Character.SURROGATE && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR && !turns
            && RESERVED.indexOf(c) < 0;
    }

    /** Windows drops dots and blanks at an end. */
    private static String close(final String name) {
        final String kept = name.replaceAll("[. ]+$", "");
        return kept + "_".repeat(name.length() - kept.length());
    }

    /**
     * The name of an image's file. A row key that is a path gives the parts behind its class: {@code cat/tabby/7.png} becomes {@code tabby_7.png}
     * in the class cat, and {@code cat_tabby_7.png} in others.
     *
     * @param key of the image
     * @param label its class
     * @return a safe name
     */
    static String ofKey(final String key, final String label) {
        final String[] parts = key.split("/");
        final var name = new StringBuilder();
        boolean behind = true;
        for (int i = 0; i < parts.length; i++) {
            final boolean isClass = behind && i < 2 && i < parts.length - 1 && composed(parts[i]).equals(composed(label));
            behind &= !isClass;
            if (!isClass) {
                name.append(name.length() == 0 ? "" : "_").append(parts[i]);
            }
        }
        return safe(name.toString());
    }

    private static String composed(final String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** @return the name without an ending of one to four letters and digits */
    static String withoutEnding(final String name) {
        final int dot = name.lastIndexOf('.');
        return dot > 0 && FILE_ENDING.matcher(name.substring(dot)).matches() ? name.substring(0, dot) : name;
    }

    /** Takes a name, so that no other is like it. */
    void reserve(final String folder, final String name) {
        taken.put(place(folder, name), 1);
    }

    /**
     * @param folder where the name is to be free
     * @param name a safe one
     * @return the name, shortened and with a number where need be
     */
    String claim(final String folder, final String name) {
        final int dot = name.lastIndexOf('.');
        final boolean ends = dot > 0 && bytes(name.substring(dot)) <= MOST_ENDING_BYTES;
        final String stem = ends ? name.substring(0, dot) : name;
        final String ending = ends ? name.substring(dot) : "";
        final String first = cut(stem, ending);
        final String place = place(folder, first);
        if (taken.putIfAbsent(place, 1) == null) {
            return first;
        }
        for (int number = taken.get(place) + 1;; number++) {
            final String next = cut(stem, "_" + number + ending);
            if (taken.putIfAbsent(place(folder, next), 1) == null) {
                taken.put(place, number);
                return next;
            }
        }
    }

    private static String place(final String folder, final String name) {
        return folder + "/" + composed(composed(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    private static int bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String cut(final String stem, final String ending) {
        String cut = stem;
        while (bytes(cut) + bytes(ending) > MOST_BYTES) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return (ending.isEmpty() ? close(cut) : cut) + ending;
    }
}
