package org.spectralsignatures.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are written as {@code .editorconfig} says, whichever editor wrote them. */
class FormatTest {

    private static final EditorConfig SMALL = new EditorConfig("""
        root = true
        [*]
        charset = utf-8
        end_of_line = lf
        insert_final_newline = true
        trim_trailing_whitespace = true
        indent_style = space
        [kept/**]
        trim_trailing_whitespace = unset
        [*.{java,js}]
        # a comment
        max_line_length = 5
        """);

    private static List<String> offences(final String path, final String text) {
        return SMALL.offences(path, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void filesAreWrittenAsTheConfigurationSays() throws IOException {
        final Path repository = RepositoryFiles.repository();
        final var config = new EditorConfig(Files.readString(repository.resolve(".editorconfig")));
        final List<Path> files = RepositoryFiles.list(repository);
        assertTrue(files.size() > 1000, "files are looked at");
        final var offences = new ArrayList<String>();
        for (Path file : files) {
            offences.addAll(config.offences(RepositoryFiles.name(repository, file), Files.readAllBytes(file)));
        }
        assertEquals(List.of(), offences);
    }

    @Test
    void whatGitLeavesOutIsNotLookedAt(@TempDir final Path folder) throws IOException {
        Files.writeString(folder.resolve(".gitignore"), "# made\ntarget/\n*.class\n/out/\n");
        for (String made : List.of("a/target/x", "b.class", "a/b.class", "out/x", ".git/x", "results/x")) {
            Files.createFile(Files.createDirectories(folder.resolve(made).getParent()).resolve(Path.of(made).getFileName()));
        }
        for (String ours : List.of(".ci/run", "a/out/x", "x.java")) {
            Files.createFile(Files.createDirectories(folder.resolve(ours).getParent()).resolve(Path.of(ours).getFileName()));
        }
        assertEquals(List.of(".ci/run", "a/out/x", "x.java"),
            RepositoryFiles.list(folder).stream().map(file -> RepositoryFiles.name(folder, file)).toList());
    }

    @Test
    void eachOffenceIsNamedWithItsLine() {
        assertEquals(List.of(), offences("a/b.java", "12345\n\n    x\n"));
        assertEquals(List.of("a/b.java:2 has 6 characters"), offences("a/b.java", "1\n123456\n"));
        assertEquals(List.of("b.js:1 has 6 characters"), offences("b.js", "123456\n"));
        assertEquals(List.of(), offences("b.md", "123456\n"));
        assertEquals(List.of("a.md:1 has blanks at its end", "a.md:2 has blanks at its end"), offences("a.md", "a \n\t\n".replace("\t", "  ")));
        assertEquals(List.of(), offences("kept/x/a.md", "a \n"));
        assertEquals(List.of("a.md:1 is set in by a tab"), offences("a.md", " \tx\n"));
        assertEquals(List.of("a.md:1 has a carriage return"), offences("a.md", "a\r\n"));
        assertEquals(List.of("a.md does not end with a line end"), offences("a.md", "a\nb"));
        assertEquals(List.of("a.md is not in UTF-8"), offences("a.md", "\u00e4\n"));
        assertEquals(List.of(), offences("a.png", "\u00e4 \0 \n \r"));
        assertEquals(List.of(), offences("empty", ""));
    }
}
