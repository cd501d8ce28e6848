package org.spectralsignatures.host.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.host.text.NearestName;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/**
 * A table of runs. A column named as a workflow variable sets it; one named {@code ROW|NAME} is copied as NAME beside that row of the
 * results; a note ({@code note}, {@code note:NAME} or {@code #NAME}) is copied as NAME beside all rows of the run. Others are refused.
 */
public final class Grid {

    private static final String NOTE = "note";

    private static final char ROW = '|';

    private enum Kind {
        VARIABLE, FIGURE, NOTE
    }

    /**
     * A column.
     *
     * @param header as it stands in the file
     * @param row of the results that a figure stands beside, null for all
     * @param name in the results
     */
    private record Column(Kind kind, String header, String row, String name) {
    }

    private final GridFile m_file;

    private final Map<String, WorkflowVariable> m_known;

    private final List<Column> m_columns = new ArrayList<>();

    /**
     * @param file has the header in its first line
     * @param known the workflow's variables
     * @throws RefusedException if a column or a cell is wrong; the message names file, line and column
     */
    public Grid(final GridFile file, final Map<String, WorkflowVariable> known) {
        m_file = file;
        m_known = known;
        if (file.lines().isEmpty()) {
            throw new RefusedException("The grid '" + file.file() + "' is empty: its first line names the columns.");
        }
        final Map<String, Integer> seen = new HashMap<>();
        final List<String> header = file.lines().get(0);
        for (int c = 0; c < header.size(); c++) {
            final Integer before = seen.put(header.get(c), c);
            if (before != null && !header.get(c).isEmpty()) {
                throw refused(0, c, "column %d has the same name.".formatted(before + 1));
            }
            m_columns.add(column(c, header.get(c)));
        }
        if (file.lines().size() == 1) {
            throw new RefusedException("The grid '" + file.file() + "' has no rows.");
        }
        for (int run = 1; run < file.lines().size(); run++) {
            final int cells = file.lines().get(run).size();
            if (cells != header.size()) {
                throw new RefusedException("'%s', line %d (row %d): %d cells, but the header has %d columns.".formatted(file.file(), file.numbers().get(run),
                    run, cells, header.size()));
            }
            variables(run);
        }
    }

    private RefusedException refused(final int line, final int column, final String problem) {
        final String header = m_file.lines().get(0).get(column);
        return new RefusedException("'%s', line %d%s, column %d%s: %s".formatted(m_file.file(), m_file.numbers().get(line),
            line == 0 ? "" : " (row " + line + ")", column + 1, header.isEmpty() ? "" : " ('" + header + "')", problem));
    }

    private Column column(final int index, final String header) {
        final int bar = header.indexOf(ROW);
        if (m_known.containsKey(header)) {
            if (m_known.get(header).value() == null) {
                throw refused(0, index, "the workflow's variable of this name is a " + m_known.get(header).type() + ", which a cell cannot hold.");
            }
            return new Column(Kind.VARIABLE, header, null, header);
        } else if (header.equalsIgnoreCase(NOTE) || header.regionMatches(true, 0, NOTE + ":", 0, NOTE.length() + 1) || header.startsWith("#")) {
            final String name = header.equalsIgnoreCase(NOTE) ? header : header.substring(header.startsWith("#") ? 1 : NOTE.length() + 1).trim();
            if (name.isEmpty()) {
                throw refused(0, index, "a note needs a name: '#NAME' or 'note:NAME'.");
            }
            return new Column(Kind.NOTE, header, null, name);
        } else if (bar > 0 && bar + 1 < header.length()) {
            return new Column(Kind.FIGURE, header, header.substring(0, bar).trim(), header.substring(bar + 1).trim());
        } else if (header.isEmpty()) {
            throw refused(0, index, "it has no name.");
        }
        throw refused(0, index, "the workflow has no variable of this name" + NearestName.suggestion(header, m_known.keySet()) + " It has "
            + (m_known.isEmpty() ? "none" : String.join(", ", m_known.keySet())) + "; a column that sets nothing is named '#" + header + "' or 'note:" + header + "'.");
    }

    /** @return number of runs */
    public int runs() {
        return m_file.lines().size() - 1;
    }

    /** @return what had to be guessed, for people */
    public List<String> notes() {
        return m_file.notes();
    }

    /** @return names of the variables that the grid sets */
    List<String> variableNames() {
        return m_columns.stream().filter(c -> c.kind == Kind.VARIABLE).map(Column::header).toList();
    }

    /** @return values for the workflow's variables from one row, counted from 1 */
    public List<WorkflowVariable> variables(final int run) {
        final var variables = new ArrayList<WorkflowVariable>();
        for (int c = 0; c < m_columns.size(); c++) {
            final Column column = m_columns.get(c);
            if (column.kind == Kind.VARIABLE) {
                final String type = m_known.get(column.header).type();
                final String text = m_file.lines().get(run).get(c);
                if (text.isEmpty() && !type.equals("STRING")) {
                    throw refused(run, c, "the cell is empty, but the variable is of the type " + type + ".");
                }
                try {
                    variables.add(WorkflowVariable.parse(column.header, text, type));
                } catch (IllegalArgumentException e) {
                    throw refused(run, c, e.getMessage());
                }
            }
        }
        return variables;
    }

    /** @return names of the columns that stand beside the results */
    public List<String> resultColumns() {
        return m_columns.stream().map(Column::name).distinct().toList();
    }

    /** @return what stands in such a column beside a row of the results of a run */
    String beside(final int run, final String name, final String resultRow) {
        String text = "";
        for (int c = 0; c < m_columns.size(); c++) {
            final Column column = m_columns.get(c);
            if (column.name.equals(name) && (column.row == null || column.row.equals(resultRow))) {
                text = m_file.lines().get(run).get(c);
            }
        }
        return text;
    }

    /** @return the headers of figures whose row is none of these */
    List<String> withoutRow(final Set<String> resultRows) {
        final Set<String> rows = new HashSet<>(resultRows);
        return m_columns.stream().filter(c -> c.kind == Kind.FIGURE && !rows.contains(c.row)).map(Column::header).toList();
    }

    /** @return the cells of all runs, for comparison with an earlier grid */
    @Override
    public String toString() {
        return m_file.lines().toString();
    }
}
