package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.host.files.PartialFile;
import org.spectralsignatures.host.text.CsvText;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/**
 * Runs a workflow once for each row of a {@link Grid} and collects what its last node concludes, or else the last table of that node. Runs that already have
 * their results in the folder are skipped, so that the same command goes on where it was interrupted; a folder with results of
 * another workflow, grid or other options is refused.
 */
final class GridRun {

    private final BatchOptions m_options;

    private final WorkflowRun m_runner;

    /** The file that says what the results in a folder belong to. */
    static final String CLAIM = "grid.properties";

    private final PrintStream m_out;

    GridRun(final BatchOptions options, final WorkflowRun runner, final PrintStream out) {
        m_options = options;
        m_runner = runner;
        m_out = out;
    }

    ExitCode run() throws IOException, WorkflowLoadException, InterruptedException {
        final GridFile file = GridFile.read(m_options.grid());
        final Workflow workflow = m_runner.load(m_options);
        final var grid = new Grid(file, workflow.variables());
        grid.notes().forEach(note -> m_out.println("NOTE   " + note));
        m_options.variables().stream().map(WorkflowVariable::name).filter(grid.variableNames()::contains).distinct()
            .forEach(name -> m_out.println("NOTE   the grid sets the variable '" + name + "', so that -workflow.variable has no effect on it"));
        final Path folder = m_options.out();
        if (!Files.exists(folder.resolve(CLAIM))) {
            new OutputFolder(folder).removeOld(m_out);
        }
        Files.createDirectories(folder);
        claim(folder, workflow, grid);
        final var results = new GridResults(folder.resolve("results.csv"));
        final Set<String> resultRows = new HashSet<>();
        int failed = 0;
        int done = 0;
        double seconds = 0;
        for (int run = 1; run <= grid.runs() && !m_runner.isCancelled(); run++) {
            if (results.has(run)) {
                m_out.println("Run %d of %d: results are there".formatted(run, grid.runs()));
                continue;
            }
            m_out.println("Run %d of %d: %s%s".formatted(run, grid.runs(), describe(grid.variables(run)),
                done == 0 ? "" : String.format(Locale.ROOT, " (about %.0f min left)", seconds / done * (grid.runs() - run + 1) / 60)));
            final long start = System.nanoTime();
            final WorkflowRun.Result result = m_runner.run(m_options.with(grid.variables(run), folder.resolve("run " + run)));
            if (result.code() == ExitCode.SUCCESS && result.last() != null) {
                final double time = (System.nanoTime() - start) / 1e9;
                result.last().forEach(row -> resultRows.add(row.getKey().getString()));
                results.add(run, columns(grid, result.last()), lines(grid, run, result.last(), time));
                seconds += time;
                done++;
            } else {
                failed++;
            }
        }
        if (!resultRows.isEmpty()) {
            grid.withoutRow(resultRows).forEach(header -> m_out.println("NOTE   the figures of the column '" + header
                + "' stand nowhere, since the results have no such row; they have " + String.join(", ", resultRows)));
        }
        results.print(m_out);
        m_out.println("%s; %d of %d runs have results in %s".formatted(m_runner.isCancelled() ? "Cancelled" : "Done",
            (int)IntStream.rangeClosed(1, grid.runs()).filter(results::has).count(), grid.runs(),
            folder.resolve("results.csv")));
        return failed == 0 && !m_runner.isCancelled() ? ExitCode.SUCCESS : ExitCode.EXECUTION;
    }

    private static String describe(final List<WorkflowVariable> variables) {
        return String.join(", ", variables.stream().map(v -> v.name() + " " + v.value()).toList());
    }

    private static List<String> columns(final Grid grid, final BufferedDataTable table) {
        final var columns = new ArrayList<String>(grid.resultColumns());
        columns.add("Row ID");
        columns.addAll(List.of(table.getDataTableSpec().getColumnNames()));
        columns.add("Seconds");
        return columns.stream().map(CsvText::write).toList();
    }

    private static List<List<String>> lines(final Grid grid, final int run, final BufferedDataTable table, final double seconds) {
        final var lines = new ArrayList<List<String>>();
        for (DataRow row : table) {
            final String key = row.getKey().getString();
            final var line = new ArrayList<String>();
            grid.resultColumns().forEach(column -> line.add(CsvText.write(grid.beside(run, column, key))));
            line.add(CsvText.write(key));
            for (DataCell cell : row) {
                line.add(TableOutput.csv(cell));
            }
            line.add(String.format(Locale.ROOT, "%.0f", seconds));
            lines.add(line);
        }
        return lines;
    }

    /** Notes what the results in the folder belong to, or checks that it is the same. */
    private void claim(final Path folder, final Workflow workflow, final Grid grid) throws IOException {
        final var now = new Properties();
        now.setProperty("workflow", digest(workflow.folder()));
        now.setProperty("variables", workflow.describeVariables());
        now.setProperty("grid", grid.toString());
        now.setProperty("options", m_options.variables() + " " + m_options.overrides());
        final Path file = folder.resolve(CLAIM);
        if (Files.exists(file)) {
            final var before = new Properties();
            try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                before.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new RefusedException("'" + file + "' is damaged (" + e.getMessage() + "): choose another folder, or delete it.");
            }
            for (Map.Entry<Object, Object> entry : now.entrySet()) {
                if (!entry.getValue().equals(before.get(entry.getKey()))) {
                    throw new RefusedException("'%s' holds results of another %s: choose another folder, or delete it.".formatted(folder,
                        entry.getKey().equals("options") || entry.getKey().equals("variables") ? "set of options" : entry.getKey()));
                }
            }
        } else {
            try (var partial = new PartialFile(file)) {
                try (var out = partial.text()) {
                    now.store(out, "What the results in this folder belong to");
                }
                partial.complete();
            }
        }
    }

    /** Of the workflow and the settings of its nodes, those in metanodes and components too. */
    private static String digest(final Path workflow) throws IOException {
        try (var files = Files.walk(workflow)) {
            final var digest = MessageDigest.getInstance("SHA-256");
            files.filter(f -> f.endsWith("workflow.knime") || f.endsWith("settings.xml")).sorted().forEach(f -> {
                try {
                    digest.update(Files.readAllBytes(f));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
