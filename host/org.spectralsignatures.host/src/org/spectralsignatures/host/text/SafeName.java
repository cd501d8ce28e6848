package org.spectralsignatures.host.text;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A name from a workflow as one element of a path, on every system: no separators, no control characters, no name that Windows keeps
 * for devices, no dot or blank at the ends, not too long, letters with accents as one character.
 */
public final class SafeName {

    /** Bytes of a name; file systems take 255, encrypted ones 143, and a number or an extension follows. */
    private static final int BYTES = 120;

    private static final Pattern DEVICE = Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])([. ].*)?");

    private SafeName() {
    }

    /** @return the name, with {@code _} in place of what is not safe; never empty, never {@code .} or {@code ..} */
    public static String of(final String name) {
        final CharsetEncoder encoder = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).newEncoder();
        final var safe = new StringBuilder();
        int bytes = 0;
        for (int c : Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().toArray()) {
            final String character = isSafe(c) && encoder.canEncode(Character.toString(c)) ? Character.toString(c) : "_";
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > BYTES) {
                break;
            }
            safe.append(character);
        }
        final String trimmed = safe.toString().replaceFirst("^[. ]+", "_").replaceFirst("[. ]+$", "_");
        return trimmed.isEmpty() ? "_" : DEVICE.matcher(trimmed).matches() ? "_" + trimmed : trimmed;
    }

    private static boolean isSafe(final int c) {
        return c < 0x80 ? c >= ' ' && c != 0x7f && "\\/:*?\"<>|".indexOf(c) < 0 : VisibleText.line(Character.toString(c)).codePointAt(0) == c;
    }
}
