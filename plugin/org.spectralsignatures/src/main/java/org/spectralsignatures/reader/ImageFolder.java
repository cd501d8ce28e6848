package org.spectralsignatures.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.image.RegularFile;

/** What lies in a folder, in alphabetical order, and how it is named whatever the locale. */
final class ImageFolder {

    private static final char UNDECODED = '\ufffd';

    private ImageFolder() {
    }

    /** @return files and folders, without what systems leave */
    static List<Path> list(final Path folder) throws IOException {
        return listAll(folder).stream().filter(f -> !Leftovers.isLeftover(name(f))).toList();
    }

    /** @return all files and folders */
    static List<Path> listAll(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (UncheckedIOException | IOException e) {
            final Exception reason = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
            throw new IOException("The folder '%s' cannot be read: %s".formatted(folder, RegularFile.reason(reason)), e);
        }
    }

    /**
     * Where the locale cannot decode a name, as in a container without one, several names would become one and the same.
     *
     * @return the last name of a path; its bytes as UTF-8, or else as Latin-1, where the locale fails
     */
    static String name(final Path path) {
        final String name = path.getFileName().toString();
        return name.indexOf(UNDECODED) < 0 ? name : decode(path.getFileName());
    }

    private static String decode(final Path name) {
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
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) { // NOSONAR then it is no UTF-8
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
