package org.spectralsignatures.network.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.image.RegularFile;

/** A text file that lists the names of a network's classes, one a line, in the order of its outputs. */
public final class ClassList {

    private static final int MOST_BYTES = 1 << 22;

    private ClassList() {
    }

    /**
     * @param file of text in UTF-8
     * @return the names, without blanks around them; blank lines at the end do not count
     * @throws IOException if it cannot be read, is no such text, or a line is blank; the message names the file and the line
     */
    public static List<String> read(final Path file) throws IOException {
        final byte[] bytes;
        try (InputStream in = RegularFile.open(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new IOException("The file of class names '%s' cannot be read. %s".formatted(file, RegularFile.reason(e)), e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException("The file of class names '%s' has more than %d bytes: it is no list of names.".formatted(file, MOST_BYTES));
        }
        final List<String> names;
        try {
            names = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().replaceFirst("^\uFEFF", "").stripTrailing().lines()
                .map(String::strip).toList();
        } catch (CharacterCodingException e) {
            throw new IOException("The file of class names '%s' is no text in UTF-8. Save it so.".formatted(file), e);
        }
        if (names.isEmpty() || names.contains("")) {
            throw new IOException(names.isEmpty() ? "The file of class names '%s' is empty.".formatted(file)
                : "Line %d of the file of class names '%s' is blank: each line has to be a name.".formatted(names.indexOf("") + 1, file));
        }
        return names;
    }
}
