package org.spectralsignatures.reader;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How files and folders are named whatever the locale. Where that cannot decode a name, as in a container without one or where a name is not in UTF-8,
 * several names would become one and the same.
 */
public final class FileName {

    private static final char UNDECODED = '\ufffd';

    private FileName() {
    }

    /** @return the last name of a path; its bytes as UTF-8, or else as Latin-1, where the locale fails */
    public static String of(final Path path) {
        final String name = path.getFileName().toString();
        if (name.indexOf(UNDECODED) < 0) {
            return name;
        }
        final byte[] bytes = bytes(path.getFileName());
        final String decoded = utf8(bytes);
        return decoded == null ? new String(bytes, StandardCharsets.ISO_8859_1) : decoded;
    }

    /** @return null if it is none */
    private static String utf8(final byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) { // NOSONAR then it is no UTF-8
            return null;
        }
    }

    /** @return whether the last name of a path is not in UTF-8, so that no list in UTF-8 leads to the file */
    public static boolean isForeign(final Path path) {
        return isUndecoded(path) && utf8(bytes(path.getFileName())) == null;
    }

    /** @return whether {@link Path#resolve(String)} would not find the file by that name */
    public static boolean isUndecoded(final Path path) {
        return path.getFileName().toString().indexOf(UNDECODED) >= 0;
    }

    private static byte[] bytes(final Path name) {
        final String address = name.toUri().getRawPath().replaceAll("/$", "");
        final String escaped = address.substring(address.lastIndexOf('/') + 1);
        final var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                i += 2; // NOSONAR two digits
            } else {
                bytes.write(escaped.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
