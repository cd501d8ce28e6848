package org.spectralsignatures.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalsTest {

    @TempDir
    Path folder;

    private Path set;

    @BeforeEach
    void set() throws IOException {
        set = Files.createDirectories(folder.resolve("set"));
        file("Train/cat/1.png");
        file("Train/cat/2.png");
        file("test/cat/2.png");
        file("cat/3.png");
        Files.writeString(folder.resolve("secret"), "no image");
    }

    private void file(final String name) throws IOException {
        final Path file = set.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private String found(final String key) throws IOException {
        return new Originals(set).find(key);
    }

    private String refused(final String key) {
        final String message = assertThrows(IOException.class, () -> found(key)).getMessage();
        assertTrue(message.startsWith("Row '" + key + "'"), message);
        return message;
    }

    @Test
    void filesAreFoundBelowTheFolderOrOneOfItsParts() throws IOException {
        assertEquals("Train/cat/1.png", found("cat/1.png"));
        assertEquals("Train/cat/1.png", found("Train/cat/1.png"));
        assertEquals("cat/3.png", found("cat/3.png"));
        assertTrue(refused("cat/2.png").contains("in '%s' and in '%s'".formatted(set.resolve("Train"), set.resolve("test"))));
        file("backup of Train/cat/1.png"); // no reader looks there
        assertEquals("Train/cat/1.png", found("cat/1.png"));
        assertTrue(refused("1.png").contains("no such file"));
        file("cat/a\\b.png");
        assertEquals("cat/a\\b.png", found("cat/a\\b.png"));
        assertEquals("cat/2.png", new Originals(set.resolve("test")).find("cat/2.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat/4.png", "../secret", "cat/../../secret", "Train/../../secret", "/etc/passwd", "", ".", "..", "cat//1.png", "cat/1.png/", "./cat/3.png",
        "Row0", "cat/\u0000"})
    void whatIsNotBelowTheFolderIsNotFound(final String key) {
        assertTrue(refused(key).contains("there is no such file"), key);
    }

    @Test
    void linksAreFollowedWithinTheFolderOnly() throws IOException {
        Files.createSymbolicLink(set.resolve("cat/in.png"), set.resolve("cat/3.png"));
        Files.createSymbolicLink(set.resolve("cat/out.png"), folder.resolve("secret"));
        Files.createSymbolicLink(set.resolve("cat/gone.png"), folder.resolve("nothing"));
        Files.createSymbolicLink(set.resolve("up"), folder);
        assertEquals("cat/in.png", found("cat/in.png"));
        assertTrue(refused("cat/out.png").contains("leads out of"));
        assertTrue(refused("up/secret").contains("leads out of"));
        assertTrue(refused("cat/gone.png").contains("no such file"));
        assertTrue(refused("cat").contains("no regular file"));
    }

    @Test
    void theFolderHasToExist() {
        assertThrows(IOException.class, () -> new Originals(folder.resolve("nothing")));
        assertThrows(IOException.class, () -> new Originals(folder.resolve("secret")));
    }

    /** Names that are not in UTF-8, which only a shell can make here; in folders and files. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void namesThatTheLocaleCannotDecodeAreFound() throws Exception {
        final String make = "d=\"$(printf 'ch\\342t')\"; mkdir \"$d\"; echo here > \"$d/$(printf 'caf\\351.png')\"";
        assertEquals(0, new ProcessBuilder("sh", "-c", make).directory(set.resolve("Train").toFile()).start().waitFor());
        assertEquals("Train/ch\u00e2t/caf\u00e9.png", found("ch\u00e2t/caf\u00e9.png"));
        assertEquals("here\n", Files.readString(new Originals(set).file("ch\u00e2t/caf\u00e9.png")));
        assertTrue(refused("ch\u00e2t/cafe.png").contains("there is no such file"));
        final WriteReport report = WrittenSet.write(WrittenSet.of(folder.resolve("out"), WrittenContent.COPIES, set), SetImage.kept("ch\u00e2t/caf\u00e9.png", "a", null),
            SetImage.kept("cat/1.png", "a", null));
        assertEquals(List.of("1 original file has a name that is not in UTF-8; copies and lists have it as it is read, the first: 'ch\u00e2t/caf\u00e9.png'."), report.notes());
        assertEquals("here\n", Files.readString(folder.resolve("out/a/ch\u00e2t_caf\u00e9.png")));
    }
}
