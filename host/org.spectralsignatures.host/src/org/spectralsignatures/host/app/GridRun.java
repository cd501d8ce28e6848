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
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/**
 * Runs a workflow once for each row of a {@link Grid} and collects the last table of its last node. Runs that already have
 * their results in the folder are skipped, so that the same command goes on where it was interrupted; a folder with results of
 * another workflow, grid or other options is refused.
 */
final class GridRun {

    private final BatchOptions m_options;

    private final WorkflowRun m_runner;

    private final PrintStream m_out;

    GridRun(final BatchOptions options, final WorkflowRun runner, final PrintStream out) {
        m_options = options;
        m_runner = runner;
        m_out = out;
    }

    ExitCode run() throws IOException, WorkflowLoadException, InterruptedException {
        final Grid grid = Grid.read(m_options.grid());
        final Workflow workflow = m_runner.load(m_options);
        final List<List<WorkflowVariable>> variables = new ArrayList<>();
        for (int row = 0; row < grid.rows().size(); row++) {
            variables.add(grid.variables(row, workflow.variables()));
        }
        final Path folder = Files.createDirectories(m_options.out());
        claim(folder, workflow, grid);
        final var results = new GridResults(folder.resolve("results.csv"));
        int failed = 0;
        int done = 0;
        double seconds = 0;
        for (int run = 1; run <= grid.rows().size() && !m_runner.isCancelled(); run++) {
            if (results.has(run)) {
                m_out.println("Run %d of %d: results are there".formatted(run, grid.rows().size()));
                continue;
            }
            m_out.println("Run %d of %d: %s%s".formatted(run, grid.rows().size(), describe(variables.get(run - 1)),
                done == 0 ? "" : String.format(Locale.ROOT, " (about %.0f min left)", seconds / done * (grid.rows().size() - run + 1) / 60)));
            final long start = System.nanoTime();
            final WorkflowRun.Result result = m_runner.run(m_options.with(variables.get(run - 1), folder.resolve("run " + run)));
            if (result.code() == ExitCode.SUCCESS && result.last() != null) {
                final double time = (System.nanoTime() - start) / 1e9;
                results.add(run, columns(grid, result.last()), lines(grid, run - 1, result.last(), time));
                seconds += time;
                done++;
            } else {
                failed++;
            }
        }
        results.print(m_out);
        m_out.println("%s; %d of %d runs have results in %s".formatted(m_runner.isCancelled() ? "Cancelled" : "Done",
            (int)IntStream.rangeClosed(1, grid.rows().size()).filter(results::has).count(), grid.rows().size(),
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
        return columns;
    }

    private static List<List<String>> lines(final Grid grid, final int run, final BufferedDataTable table, final double seconds) {
        final var lines = new ArrayList<List<String>>();
        for (DataRow row : table) {
            final String key = row.getKey().getString();
            final var line = new ArrayList<String>();
            grid.resultColumns().forEach(column -> line.add(grid.beside(run, column, key)));
            line.add(key);
            for (DataCell cell : row) {
                line.add(cell.isMissing() ? "" : cell.toString());
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
        now.setProperty("grid", grid.rows().toString());
        now.setProperty("options", m_options.variables() + " " + m_options.overrides());
        final Path file = folder.resolve("grid.properties");
        if (Files.exists(file)) {
            final var before = new Properties();
            try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                before.load(in);
            }
            for (Map.Entry<Object, Object> entry : now.entrySet()) {
                if (!entry.getValue().equals(before.get(entry.getKey()))) {
                    throw new GridException("'%s' holds results of another %s: choose another folder, or delete it.".formatted(folder,
                        entry.getKey().equals("options") || entry.getKey().equals("variables") ? "set of options" : entry.getKey()));
                }
            }
        } else {
            try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                now.store(out, "What the results in this folder belong to");
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
