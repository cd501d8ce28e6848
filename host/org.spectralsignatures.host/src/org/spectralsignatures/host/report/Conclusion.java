package org.spectralsignatures.host.report;

import java.util.ArrayList;
import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.text.VisibleText;
import org.spectralsignatures.host.workflow.WorkflowNode;

/**
 * What a workflow comes to in words that everybody understands: a table at an output port named {@value #PORT}. The first column of each
 * row is a sentence, the second, if there is one, says what to do next; both are texts. The name of the port is the whole convention: a run
 * prints such tables at its end and puts them on top of its report, whatever node made them.
 *
 * @param node that says so
 * @param statements the first rows of its table that have a sentence
 * @param more number of rows that are left out since there are too many; they stand in the table
 */
public record Conclusion(WorkflowNode node, List<Statement> statements, long more) {

    /** Name of the output port. */
    public static final String PORT = "Conclusion";

    private static final int ROWS = 20;

    private static final int LONGEST = 2000;

    /**
     * A row. Both texts are one line each, without anything that steers a terminal or turns the direction of writing, and of at most 2,000
     * characters.
     *
     * @param sentence what was found
     * @param next what to do next; null if nothing is said
     */
    public record Statement(String sentence, String next) {
    }

    /**
     * @param engine has the results of all nodes that were executed
     * @return what they conclude, in the order of the workflow; empty if no node does
     */
    public static List<Conclusion> of(final WorkflowEngine engine) {
        final var conclusions = new ArrayList<Conclusion>();
        for (WorkflowNode node : engine.nodes()) {
            final PortObject[] results = engine.results(node.id());
            for (int i = 0; results != null && i < results.length; i++) {
                if (isAt(node, i) && results[i] instanceof BufferedDataTable table) {
                    final Conclusion conclusion = read(node, table);
                    if (!conclusion.statements.isEmpty()) {
                        conclusions.add(conclusion);
                    }
                }
            }
        }
        return conclusions;
    }

    /** @return whether the port of this index, from 0, is one of conclusions */
    public static boolean isAt(final WorkflowNode node, final int port) {
        return PORT.equals(node.node().getFactory().getOutportName(port));
    }

    private static Conclusion read(final WorkflowNode node, final BufferedDataTable table) {
        final var statements = new ArrayList<Statement>();
        try (var rows = table.iterator()) {
            for (int i = 0; i < ROWS && rows.hasNext(); i++) {
                final DataRow row = rows.next();
                final String sentence = text(row, 0);
                if (sentence != null) {
                    statements.add(new Statement(sentence, text(row, 1)));
                }
            }
        }
        return new Conclusion(node, List.copyOf(statements), Math.max(0, table.size() - ROWS));
    }

    /** @return what stands in a cell; null for nothing, and for what is no text */
    private static String text(final DataRow row, final int column) {
        final DataCell cell = column < row.getNumCells() ? row.getCell(column) : null;
        if (cell == null || cell.isMissing() || !(cell instanceof StringValue value)) {
            return null;
        }
        final String line = VisibleText.line(value.getStringValue().strip().replaceAll("\\s+", " "));
        final boolean fits = line.codePointCount(0, line.length()) <= LONGEST;
        return line.isEmpty() ? null : fits ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "\u2026";
    }
}
