package org.spectralsignatures.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.spectralsignatures.spark.step.InputFiles;

/** Names of classes as an option gives them: with commas between them, or behind an {@code @} a file with one name a line, which may have commas. */
final class ClassList {

    private static final long MOST_BYTES = 16L << 20;

    private ClassList() {
    }

    /**
     * @param option its value; may be empty
     * @param configuration of Hadoop, on whose file systems the file lies
     * @return the names; empty if there are none
     * @throws Refusal if the file cannot be read as names
     */
    static List<String> of(final String option, final Configuration configuration) throws IOException {
        if (option.isEmpty()) {
            return List.of();
        }
        return option.startsWith("@") ? lines(option.substring(1), configuration) : Arrays.stream(option.split(",")).map(String::strip).toList();
    }

    private static List<String> lines(final String place, final Configuration configuration) throws IOException {
        if (place.isBlank()) {
            throw new Refusal("--classes=@ names no file. Write it behind the @, as in --classes=@classes.txt.");
        }
        final List<String> names = text(place, configuration).strip().lines().map(String::strip).toList();
        final int empty = names.indexOf("");
        if (empty >= 0) {
            throw new Refusal("The file '%s' of --classes has an empty line behind '%s': write one name a line.".formatted(place, names.get(empty - 1)));
        }
        if (names.isEmpty()) {
            throw new Refusal("The file '%s' of --classes holds no names: write one a line.".formatted(place));
        }
        return names;
    }

    private static String text(final String place, final Configuration configuration) throws IOException {
        final InputFiles found = InputFiles.of(place, configuration);
        final var path = new Path(place);
        final FileSystem files = path.getFileSystem(configuration);
        if (!files.getFileStatus(path).isFile()) {
            throw new Refusal("'%s' of --classes is a folder, but must be a file with one name a line.".formatted(place));
        }
        if (found.bytes() > MOST_BYTES) {
            throw new Refusal(String.format(Locale.ROOT, "The file '%s' of --classes has %,d bytes; at most %,d are read.", place, found.bytes(), MOST_BYTES));
        }
        try (var in = files.open(path)) {
            final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) { // NOSONAR said here
            throw new Refusal("The file '%s' of --classes is no text in UTF-8.".formatted(place));
        }
    }
}
