package org.spectralsignatures.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        final List<String> texts = List.of("plain", "a,b", "say \"hi\"", "\"", "\"\"", "two\nlines", "\r", "=1+1", "'=x", "'quoted'", "-1", "-x", "@x", "\t", "\u732b", "", "a;b");
        final Path file = folder.resolve("a.csv");
        try (var csv = new CsvFile(file, "first", "second")) {
            for (String text : texts) {
                csv.add(text, "next");
                csv.add("next", text);
            }
            csv.add("x", null);
        }
        final List<List<String>> lines = CsvFile.read(file);
        assertEquals(2 * texts.size() + 2, lines.size());
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(List.of(texts.get(i), "next"), lines.get(1 + 2 * i));
            assertEquals(List.of("next", texts.get(i)), lines.get(2 + 2 * i));
        }
        assertEquals(List.of("x", ""), lines.get(lines.size() - 1));
    }

    @Test
    void spreadsheetsSeeNoFormula() throws IOException {
        final Path file = folder.resolve("a.csv");
        try (var csv = new CsvFile(file, "a", "b")) {
            csv.add("=cmd|' /C calc'!A0", -0.5);
            csv.add("+x", 3);
            csv.add("", null);
        }
        assertEquals("a,b\n'=cmd|' /C calc'!A0,-0.5\n'+x,3\n\"\",\n", Files.readString(file));
        assertThrows(FileAlreadyExistsException.class, () -> new CsvFile(file, "a").close());
    }

    @Test
    void aListThatIsCutOffIsRefused() throws IOException {
        final Path file = folder.resolve("a.csv");
        Files.writeString(file, "a,b\nc,\"d\n");
        assertThrows(IOException.class, () -> CsvFile.read(file));
        Files.writeString(file, "a,b\nc,d");
        assertThrows(IOException.class, () -> CsvFile.read(file));
    }
}
