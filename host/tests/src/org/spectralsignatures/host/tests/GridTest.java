package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.host.app.BatchApplication;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.app.Grid;
import org.spectralsignatures.host.app.GridFile;
import org.spectralsignatures.host.app.RefusedException;
import org.spectralsignatures.host.workflow.WorkflowVariable;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;

/** Grids of runs, with the workflow 'Paper Table 2' on generated images of two classes, 16 x 16 pixels. */
class GridTest {

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("Paper Table 2");

    @TempDir
    Path folder;

    @BeforeEach
    void images() throws Exception {
        final var generator = new SyntheticImageGenerator(new SyntheticOptions(2, 16, 1));
        for (String part : List.of("train", "test")) {
            for (int c = 0; c < 2; c++) {
                final Path target = Files.createDirectories(folder.resolve("images").resolve(part).resolve("c" + c));
                for (int i = 0; i < 40; i++) {
                    Files.write(target.resolve(i + ".png"), ImageCodec.encodePng(generator.image(part.equals("test"), c, i), generator.shape()));
                }
            }
        }
    }

    private Run grid(final String content, final String out, final String... more) throws Exception {
        final Path file = folder.resolve("grid.csv");
        Files.writeString(file, content);
        final var options = new ArrayList<String>(List.of("-grid", file.toString(), "-workflow.variable=path," + folder.resolve("images") + ",String",
            "-workflow.variable=classes,,String", "-workflow.variable=epochs,1,int", "-workflow.variable=batch_size,16,int"));
        options.addAll(List.of(more));
        return Run.of(WORKFLOW, folder.resolve(out), options.toArray(String[]::new));
    }

    private static List<CSVRecord> results(final Run run) throws Exception {
        try (var reader = Files.newBufferedReader(run.out().resolve("results.csv"))) {
            return CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build().parse(reader).getRecords();
        }
    }

    private static final String TWO = "sample,target,trigger_seed,note,10%|Pois 1 (paper)\nc0,c1,1,first,89.8\nc1,c0,2,second,92.0\n";

    @Test
    void longTextsAreCutOnTheConsoleAndWholeInTheFile() throws Exception {
        final Path file = folder.resolve("notes.csv");
        Files.writeString(file, "#what,#short\n" + "\u00e9".repeat(300) + "," + "s".repeat(60) + "\n");
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Synthetic Image Generator"), folder.resolve("out"), "-grid", file.toString());
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertTrue(results(run).stream().allMatch(r -> r.get("what").equals("\u00e9".repeat(300))));
        assertTrue(run.text().contains(" " + "\u00e9".repeat(59) + "\u2026 "), run.text());
        assertTrue(run.text().contains(" " + "s".repeat(60) + " "), run.text());
        assertFalse(run.text().contains("\u00e9".repeat(60)), run.text());
    }

    @Test
    void collectsAllRunsAndGoesOnWhereItStopped() throws Exception {
        final Run run = grid(TWO, "out");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> rows = results(run);
        assertEquals(List.of("1 c0 first 5% ", "1 c0 first 10% 89.8", "2 c1 second 5% ", "2 c1 second 10% 92.0"), rows.stream()
            .map(r -> String.join(" ", r.get("Run"), r.get("sample"), r.get("note"), r.get("Row ID"), r.get("Pois 1 (paper)"))).toList());
        assertEquals(List.of("2", "4", "2", "4"), rows.stream().map(r -> r.get("Poison")).toList());
        assertEquals(2, run.text().lines().filter(l -> l.startsWith("Workflow")).count());
        // as if it had been interrupted in the second run
        final Path file = run.out().resolve("results.csv");
        final List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 3));
        final Run again = grid(TWO, "out");
        assertEquals(ExitCode.SUCCESS, again.code(), again.text());
        assertEquals(1, again.text().lines().filter(l -> l.startsWith("Workflow")).count());
        assertTrue(again.text().contains("Run 1 of 2: results are there"), again.text());
        final List<CSVRecord> same = results(again);
        for (int i = 0; i < 4; i++) {
            for (String column : List.of("Nat 1", "Pois 1", "Poison left", "Nat 2", "Pois 2", "Std Pois")) {
                assertEquals(rows.get(i).get(column), same.get(i).get(column), column);
            }
        }
        final Run other = grid(TWO, "out", "-workflow.variable=seed,2,int");
        assertEquals(ExitCode.USAGE, other.code());
        assertTrue(other.errors().get(0).contains("results of another set of options"), other.text());
        final Run otherGrid = grid(TWO.replace("first", "changed"), "out");
        assertTrue(otherGrid.errors().get(0).contains("results of another grid"), otherGrid.text());
    }

    @Test
    void failedRunsAreTriedAgainAndTheOthersKept() throws Exception {
        final String content = "sample,target\nc0,nowhere\nc1,c0\n";
        final Run run = grid(content, "out");
        assertEquals(ExitCode.EXECUTION, run.code(), run.text());
        assertEquals(List.of("2", "2"), results(run).stream().map(r -> r.get("Run")).toList());
        assertTrue(run.text().contains("1 of 2 runs have results"), run.text());
        final Run again = grid(content, "out");
        assertEquals(ExitCode.EXECUTION, again.code());
        assertTrue(again.text().contains("Run 2 of 2: results are there"), again.text());
    }

    @Test
    void stopsWhenAskedTo() throws Exception {
        Files.writeString(folder.resolve("grid.csv"), TWO);
        final var bytes = new ByteArrayOutputStream();
        final var application = new BatchApplication();
        final var code = new ExitCode[1];
        final var thread = new Thread(() -> {
            try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
                code[0] = application.run(List.of(WORKFLOW.toString(), "-grid", folder.resolve("grid.csv").toString(), "-out",
                    folder.resolve("out").toString(), "-workflow.variable=path," + folder.resolve("images") + ",String",
                    "-workflow.variable=classes,,String", "-workflow.variable=epochs,100000,int"), out, false);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        for (int i = 0; i < 300 && !bytes.toString(StandardCharsets.UTF_8).contains("start  ResNet Learner"); i++) {
            Thread.sleep(100);
        }
        final long start = System.nanoTime();
        application.stop();
        thread.join(20_000);
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(15), "still running");
        final String text = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(ExitCode.EXECUTION, code[0], text);
        assertTrue(text.contains("Cancelled; 0 of 2 runs have results"), text);
        assertFalse(Files.exists(folder.resolve("out/results.csv")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', value = { //
        "sample,trigger_seed\\nc0,one -> grid.csv', line 2 (row 1), column 2 ('trigger_seed'): 'one' of 'trigger_seed' is no INTEGER", //
        "sample,trigger_seed\\nc0,1\\nc1, -> line 3 (row 2), column 2 ('trigger_seed'): the cell is empty", //
        "sample,target\\nc0 -> grid.csv', line 2 (row 1): 1 cells, but the header has 2 columns", //
        "sample,target\\nc0,c1,c1 -> grid.csv', line 2 (row 1): 3 cells, but the header has 2 columns", //
        "sample,target\\n -> has no rows", //
        "\\n -> is empty", //
        "sample,epoch\\nc0,1 -> grid.csv', line 1, column 2 ('epoch'): the workflow has no variable of this name; did you mean 'epochs'?", //
        "sample,nothing\\nc0,1 -> named '#nothing' or 'note:nothing'", //
        "sample,target,sample\\nc0,c1,c0 -> line 1, column 3 ('sample'): column 1 has the same name", //
        "sample,,target\\nc0,x,c1 -> line 1, column 2: it has no name", //
        "sample,note\\n\"c0,x\\nc1,y -> grid.csv', line 2: a quote is opened here and not closed", //
        "sample,note\\n\"c0\"x,y -> grid.csv', line 2: something follows a closing quote", //
        "sample,#\\nc0,x -> a note needs a name", //
        "sample,note\\nc0,x\u0000y -> is no text", //
    })
    void gridsThatCannotBeUsed(final String content, final String message) throws Exception {
        final Run run = grid(content.replace("\\n", "\n"), "a");
        assertEquals(ExitCode.USAGE, run.code(), run.text());
        assertEquals(1, run.errors().size(), run.text());
        assertTrue(run.errors().get(0).contains(message), run.text());
        assertFalse(Files.exists(folder.resolve("a")), "nothing is made before the grid is known to be right");
    }

    @Test
    void gridsThatDoNotExist() throws Exception {
        final Run missing = Run.of(WORKFLOW, folder.resolve("d"), "-grid", folder.resolve("none.csv").toString());
        assertEquals(ExitCode.USAGE, missing.code());
        assertTrue(missing.errors().get(0).contains("none.csv' does not exist"), missing.text());
        assertTrue(Run.of(WORKFLOW, folder.resolve("d"), "-grid", folder.toString()).errors().get(0).contains("is no file"));
    }

    private static final Map<String, WorkflowVariable> KNOWN = Map.of("images", WorkflowVariable.parse("images", "1", "int"),
        "name", WorkflowVariable.parse("name", "", "String"));

    private static byte[] bytes(final String text, final Charset charset, final int... mark) {
        final var out = new ByteArrayOutputStream();
        Arrays.stream(mark).forEach(out::write);
        out.writeBytes(text.getBytes(charset));
        return out.toByteArray();
    }

    @Test
    void gridsAreReadAsSpreadsheetsWriteThem() throws Exception {
        final String commas = "images,name,note\n2,\u00e9t\u00e9,a\n3,\"x;y\",b\n";
        final String semicolons = "images;name;note\n2;\u00e9t\u00e9;a\n3;\"x;y\";b\n";
        final List<byte[]> files = List.of(bytes(commas, StandardCharsets.UTF_8), bytes(commas, StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
            bytes(commas.replace("\n", "\r\n"), StandardCharsets.ISO_8859_1), bytes(semicolons, StandardCharsets.UTF_8),
            bytes("sep=;\r\n" + semicolons, StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf), bytes(semicolons, StandardCharsets.UTF_16LE, 0xff, 0xfe),
            bytes(semicolons, StandardCharsets.UTF_16BE, 0xfe, 0xff), bytes("images\tname\t#note\n\n2\t\u00e9t\u00e9\ta\n3\tx;y\tb\n", StandardCharsets.UTF_8));
        for (byte[] file : files) {
            final var grid = new Grid(GridFile.read(Files.write(folder.resolve("g.csv"), file)), KNOWN);
            assertEquals(2, grid.runs());
            assertEquals(List.of(new WorkflowVariable("images", "INTEGER", "2"), new WorkflowVariable("name", "STRING", "\u00e9t\u00e9")), grid.variables(1));
            assertEquals("x;y", grid.variables(2).get(1).value());
            assertEquals(List.of("images", "name", "note"), grid.resultColumns());
            assertEquals(file == files.get(2) ? 1 : 0, grid.notes().size());
        }
    }

    @Test
    void linesAreCountedAsInTheFile() throws Exception {
        for (String start : List.of("images,name\n", "sep=,\nimages,name\n", "\n\nimages,name\n")) {
            final String content = start + "\n1,\"two\nlines\"\n\nx,y\n";
            final Path file = Files.writeString(folder.resolve("g.csv"), content);
            final int line = content.substring(0, content.indexOf("x,y")).split("\n", -1).length;
            assertTrue(assertThrows(RefusedException.class, () -> new Grid(GridFile.read(file), KNOWN)).getMessage().contains("line " + line + " (row 2)"), start);
        }
    }
}
