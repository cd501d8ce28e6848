package org.spectralsignatures.host.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.host.app.BatchApplication;
import org.spectralsignatures.host.app.ExitCode;

/**
 * One run of a workflow by the batch application.
 *
 * @param code how it ended
 * @param text what the user saw
 * @param out where the tables are
 */
record Run(ExitCode code, String text, Path out) {

    static final Path WORKFLOWS = Path.of(System.getProperty("spectralsignatures.workflows"));

    /** Workflows that only the tests load. */
    static final Path FILES = Path.of(System.getProperty("spectralsignatures.root"), "host", "tests", "workflows");

    /** Runs with these arguments alone. */
    static Run of(final String... arguments) {
        final var bytes = new ByteArrayOutputStream();
        final ExitCode code;
        try (var print = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            code = new BatchApplication().run(List.of(arguments), print, false);
        }
        return new Run(code, bytes.toString(StandardCharsets.UTF_8), null);
    }

    static Run of(final Path workflow, final Path out, final String... options) throws Exception {
        final var arguments = new ArrayList<String>(List.of(workflow.toString(), "-reset", "-out", out.toString()));
        arguments.addAll(List.of(options));
        final Run run = of(arguments.toArray(String[]::new));
        return new Run(run.code(), run.text(), out);
    }

    /** @return the lines that report errors */
    List<String> errors() {
        return text.lines().filter(l -> l.startsWith("ERROR")).toList();
    }

    List<CSVRecord> table(final String node, final String port) throws IOException {
        try (var reader = Files.newBufferedReader(out.resolve(node).resolve(port + ".csv"))) {
            return CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build().parse(reader).getRecords();
        }
    }
}
