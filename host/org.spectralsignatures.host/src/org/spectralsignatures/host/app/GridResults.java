package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.files.PartialFile;
import org.spectralsignatures.host.text.CsvLines;

/** The one table that collects the results of all runs of a grid; the file is replaced as a whole after each run. */
final class GridResults {

    private static final String RUN = "Run";

    private static final int WIDEST = 60;

    private final Path m_file;

    private List<String> m_header;

    private final List<List<String>> m_lines = new ArrayList<>();

    private final TreeSet<Integer> m_done = new TreeSet<>();

    /** Takes up the results of an earlier time if there are some. */
    GridResults(final Path file) throws IOException {
        m_file = file;
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8); var csv = CSVFormat.RFC4180.parse(reader)) {
                for (CSVRecord record : csv) {
                    if (m_header == null) {
                        m_header = record.toList();
                        if (record.size() == 0 || !RUN.equals(record.get(0))) {
                            throw new RefusedException("'" + file + "' holds no results of a grid: choose another folder.");
                        }
                    } else if (record.size() != m_header.size()) {
                        throw new RefusedException("'%s', line %d: %d cells, but the header has %d: choose another folder, or delete the line.".formatted(file,
                            csv.getCurrentLineNumber(), record.size(), m_header.size()));
                    } else {
                        m_lines.add(record.toList());
                        m_done.add(Integer.valueOf(record.get(0)));
                    }
                }
            } catch (NumberFormatException e) {
                throw new RefusedException("'" + file + "' holds no results of a grid: choose another folder.");
            } catch (IOException | UncheckedIOException | IllegalStateException e) {
                throw new RefusedException("The earlier results cannot be read: '" + file + "': " + FileProblem.describe(e));
            }
        }
    }

    /** @return whether a run has its results */
    boolean has(final int run) {
        return m_done.contains(run);
    }

    /** Adds the results of a run and writes the file. */
    void add(final int run, final List<String> columns, final List<List<String>> lines) throws IOException {
        final List<String> header = new ArrayList<>(List.of(RUN));
        header.addAll(columns);
        if (m_header == null) {
            m_header = header;
        } else if (!m_header.equals(header)) {
            throw new RefusedException("The results of run %d have other columns than '%s': choose another folder.".formatted(run, m_file));
        }
        int at = 0;
        while (at < m_lines.size() && Integer.parseInt(m_lines.get(at).get(0)) < run) {
            at++;
        }
        for (List<String> line : lines) {
            final List<String> whole = new ArrayList<>(List.of(Integer.toString(run)));
            whole.addAll(line);
            m_lines.add(at++, whole);
        }
        m_done.add(run);
        try (var partial = new PartialFile(m_file)) {
            try (var csv = new CsvLines(partial.text())) {
                csv.write(m_header);
                for (List<String> line : m_lines) {
                    csv.write(line);
                }
            }
            partial.complete();
        }
    }

    /** Shows all results, if there are some; sentences are cut, since the file has them whole. */
    void print(final PrintStream out) {
        if (m_header != null) {
            final List<List<String>> lines = new ArrayList<>(List.of(m_header));
            lines.addAll(m_lines);
            TableOutput.print(lines.stream().map(line -> line.stream().map(GridResults::cut).toList()).toList(), out);
        }
    }

    private static String cut(final String text) {
        return text.codePointCount(0, text.length()) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "\u2026";
    }
}
