package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.text.CsvText;
import org.spectralsignatures.host.text.NearestName;
import org.spectralsignatures.host.text.SafeName;
import org.spectralsignatures.host.text.VisibleText;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Names and texts from a stranger's workflow: no file outside the results, no formula, no control of the terminal. */
class HostileNamesTest {

    private static final String GENERATOR = "Synthetic Image Generator (#1)/settings.xml";

    @TempDir
    Path folder;

    private Run named(final String name) throws Exception {
        final Path workflow = Folders.copy(Run.WORKFLOWS.resolve("nodes/Synthetic Image Generator"), folder.resolve("workflow"));
        final Path settings = workflow.resolve(GENERATOR);
        Files.writeString(settings, Files.readString(settings).replace("key=\"node-name\" type=\"xstring\" value=\"Synthetic Image Generator\"",
            "key=\"node-name\" type=\"xstring\" value=\"" + name + "\""));
        return Run.of(workflow, folder.resolve("results/out"));
    }

    private static Set<String> below(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return new HashSet<>(files.map(f -> f.getFileName().toString()).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../escaped", "/tmp/escaped", "a\\..\\..\\b", "C:x", ".", "..", "CON", "a%%00000b", "%%00027[2J%%00010ERROR  x"})
    void aNodesFolderLiesInTheResultsWhateverItsName(final String name) throws Exception {
        final Run run = named(name);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(Set.of("workflow", "results"), below(folder));
        assertEquals(Set.of("out"), below(folder.resolve("results")));
        final Set<String> made = below(folder.resolve("results/out"));
        assertEquals(3, made.size(), made.toString());
        assertTrue(made.stream().anyMatch(n -> n.endsWith(" (#1)")) && made.contains("report.html"), made.toString());
        assertFalse(run.text().contains("\u001b") || run.text().contains("\0"), run.text());
        assertEquals(List.of(), run.errors(), "a name passes itself off as an error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture:0", "text:picture:0", "data:image/png;base64,AAAA", "&lt;/script>&lt;!--&lt;script>", "/*DATA*/TITLE", "__proto__"})
    void theReportShowsANameAsText(final String name) throws Exception {
        final Run run = named(name);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final String page = Files.readString(run.out().resolve("report.html"));
        final String data = page.substring(page.indexOf("id=\"data\">") + 10, page.indexOf("</script>"));
        final String plain = name.replace("&lt;", "<");
        final String stands = new ObjectMapper().readTree(data).path("nodes").path(0).path("name").asText();
        if (plain.startsWith("data:image/")) {
            assertEquals(plain, new ObjectMapper().readTree(data).path("pictures").path(Integer.parseInt(stands.substring(8))).asText());
        } else {
            assertEquals(plain.matches("(picture|text):.*") ? "text:" + plain : plain, stands);
        }
        if (plain.startsWith("picture:") || plain.startsWith("<")) {
            try (var browser = new Browser(Browser.required())) {
                browser.open(run.out().resolve("report.html"), 800, 800);
                browser.waitFor("document.querySelector('#node-1 h3') !== null");
                assertEquals(plain + " (#1)", browser.evaluate("document.querySelector('#node-1 h3').textContent").asText());
                assertEquals("workflow", browser.evaluate("document.title").asText());
            }
        }
    }

    @Test
    void longAndForeignNamesFitEveryFileSystem() {
        for (String name : List.of("x".repeat(5000), "\u6f22".repeat(300), "\ud83d\ude00".repeat(200), "a\ud83d", "\u202egnp.exe", " . ", "nul.txt", "COM1 .x",
            "e\u0301", "\u2028", "")) {
            final String safe = SafeName.of(name);
            assertTrue(safe.getBytes(StandardCharsets.UTF_8).length <= 121 && !safe.isEmpty(), safe);
            assertEquals(safe, SafeName.of(safe), "what is safe stays");
            assertFalse(safe.matches("(?i)(con|nul|com1)([. ].*)?|.*[. ]|[. ].*|.*[\\p{Cntrl}\u202e\u2028/\\\\:].*"), safe);
            assertEquals(safe, Path.of("x").resolve(safe).getFileName().toString());
        }
        assertEquals(SafeName.of("\u00e9"), SafeName.of("e\u0301"));
        assertEquals("Backdoor Injector", SafeName.of("Backdoor Injector"));
        assertEquals("Top-k Remover", SafeName.of("Top-k Remover"));
    }

    @Test
    void metanodesAndNodesOfOneNameKeepTheirFoldersApart() throws Exception {
        final Path workflow = Folders.copy(Run.FILES.resolve("Metanodes and components"), folder.resolve("w"));
        try (var files = Files.walk(workflow)) {
            for (Path file : files.filter(f -> f.endsWith("settings.xml") || f.endsWith("workflow.knime")).toList()) {
                Files.writeString(file, Files.readString(file).replaceAll("(key=\"(?:node-)?name\" type=\"xstring\" value=\")[A-Z][^\"]*\"", "$1Same\""));
            }
        }
        final Run run = Run.of(workflow, folder.resolve("out"));
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final Set<String> names = new HashSet<>();
        below(folder.resolve("out")).stream().filter(n -> n.startsWith("Same")).forEach(n -> assertTrue(names.add(n.toLowerCase(Locale.ROOT))));
        assertEquals(5, names.size(), names.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(\"http://x\")", "+1+1", "-1+1", "@SUM(1)", "\tx", "\r=1", "\n=1", "'=1", "''-x", "\uff1d1", "-", "=", "-1e", "+"})
    void formulasAreWrittenAsText(final String text) {
        assertEquals("'" + text, CsvText.write(text));
        assertEquals(text, CsvText.read(CsvText.write(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1.5", "+7", "-1e-3", "x=1", "'quoted'", "'", "", " =", "train#5", "rows/1"})
    void otherTextsAreWrittenAsTheyAre(final String text) {
        assertEquals(text, CsvText.write(text));
        assertEquals(text, CsvText.read(text));
    }

    @Test
    void classesThatAreFormulasDoNotRunInASpreadsheet() throws Exception {
        final byte[] png = ImageCodec.encodePng(new byte[3 * 8 * 8], new ImageShape(3, 8, 8));
        final List<String> classes = List.of("-1", "=HYPERLINK(1)", "@x\u001b[31m", "a;=1+1");
        for (String name : classes) {
            Files.createDirectories(folder.resolve("images").resolve(name));
            Files.write(folder.resolve("images").resolve(name).resolve("0.png"), png);
        }
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Labelled Image Reader"), folder.resolve("out"), "-option=1,path," + folder.resolve("images") + ",String",
            "-option=1,format,CLASS_FOLDERS,String", "-option=1,classes,,String", "-option=1,imagesPerClass,0,int", "-option=1,mergedClasses,,String");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> rows = run.table("Labelled Image Reader (#1)", "Images");
        assertEquals(List.of("-1", "'=HYPERLINK(1)", "'@x\u001b[31m", "a;=1+1"), rows.stream().map(r -> r.get("Label")).toList());
        assertEquals(classes, rows.stream().map(r -> CsvText.read(r.get("Label"))).toList());
        assertTrue(rows.stream().skip(1).limit(2).allMatch(r -> r.get("Row ID").startsWith("'")), rows.toString());
        final String last = Files.readAllLines(run.out().resolve("Labelled Image Reader (#1)/Images.csv")).get(4);
        assertTrue(last.startsWith("\"a;=1+1/0.png\",\"") && last.endsWith(",\"a;=1+1\""), "a semicolon parts cells in many countries: " + last);
        assertFalse(run.text().contains("\u001b"), run.text());
    }

    @Test
    void controlCharactersAreSeenAndNotObeyed() {
        assertEquals("a\\u001B[31mb", VisibleText.of("a\u001b[31mb"));
        assertEquals("a\\u009B2J", VisibleText.of("a\u009b2J"));
        assertEquals("\\r\\u0008\\u007F\\u0000", VisibleText.of("\r\b\u007f\0"));
        assertEquals("\\u202Egnp\\u2066\\u200F\\u061C", VisibleText.of("\u202egnp\u2066\u200f\u061c"));
        assertEquals("\\u{E0041}\\uD800", VisibleText.of("\udb40\udc41\ud800"));
        assertEquals("two\nlines\t\u00e9\u6f22\ud83d\ude00", VisibleText.of("two\nlines\t\u00e9\u6f22\ud83d\ude00"));
        assertEquals("two\\nlines\\t", VisibleText.line("two\nlines\t"));
    }

    @Test
    void theNearestNameIsSuggested() {
        final List<String> names = List.of("epochs", "epsilon", "seed");
        assertEquals("; did you mean 'epochs'?", NearestName.suggestion("epoch", names));
        assertEquals("; did you mean 'epsilon'?", NearestName.suggestion("Epsilion", names));
        assertEquals(".", NearestName.suggestion("colour", names));
        assertEquals(".", NearestName.suggestion("", List.of()));
    }
}
